"""The indicators of the Integrationsmanagement (model.md §10.1), as far as the product records what they need."""

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q

from lotse.casework.enums import Attends
from lotse.casework.facts import years_before
from lotse.casework.indicators.populations import children_of, households_of, persons_of
from lotse.casework.models import CourseParticipation, HouseholdMember, OutcomeSheet
from lotse.casework.outcome_template import BY_WORK, INTEGRATION, WITHOUT_BENEFITS
from lotse.casework.queries.outcomes import GERMAN, SETTLED, VOCATIONAL, status_keys
from lotse.catalogues.loader import catalogue
from lotse.core.dates import months_before
from lotse.facts.defined import YES_NO, Counted, choice
from lotse.facts.registry import Period, part_of
from lotse.facts.values import value, whole

SET, SHEET, PROGRAMME = "integration", "integration", INTEGRATION
AT_HOME = "independent_decentral"
SHEET_THEN = "sheet_then__answers"


def said(key: str, *yes: str) -> Any:
    """A choice on the sheet of the key date."""
    name = f"{SHEET_THEN}__{key}"
    return lambda _period: choice((Q(**{f"{name}__in": yes}), "yes"), (Q(**{f"{name}__isnull": False}), "no"))


def settled(period: Period) -> Case:
    applied = Q(sheet_last__answers__citizenship__lte=period.key_date.isoformat())
    return choice(
        (Q(status_then__status__in=status_keys(SETTLED, GERMAN)), "settled"),
        (applied, "applied"),
        (Q(status_then__isnull=False), "no"),
    )


def housing(_period: Period) -> Case:
    return choice((Q(home_then__kind=AT_HOME), "yes"), (Q(home_then__isnull=False), "no"))


def employed(_period: Period) -> Case:
    name = "part_a_then__answers__employed"
    return choice((Q(**{name: True}), "yes"), (Q(**{name: False}), "no"))


def household_works(period: Period) -> Case:
    """Anybody of the household; the person herself is joined already."""
    own = f"{SHEET_THEN}__livelihood"
    newer = Q(recorded_on__gt=OuterRef("recorded_on")) | Q(recorded_on=OuterRef("recorded_on"), pk__gt=OuterRef("pk"))
    until = OutcomeSheet.objects.filter(recorded_on__lte=period.key_date)
    home = until.filter(client__household_id=OuterRef("client__household_id"), client__merged_into=None)
    home = home.filter(~Exists(until.filter(newer, client_id=OuterRef("client_id"))))
    return choice(
        (Q(**{f"{own}__in": BY_WORK}), "yes"),
        (Exists(home.filter(answers__livelihood__in=BY_WORK)), "yes"),
        (Q(**{f"{own}__isnull": False}), "no"),
        (Exists(home.filter(answers__livelihood__isnull=False)), "no"),
    )


def language_course(period: Period) -> Case:
    levels = list(catalogue("german_level").entries)
    enough = levels[levels.index(value(period, "integration.language_level")) :]
    courses = CourseParticipation.objects.filter(client_id=OuterRef("client_id"))
    done = courses.filter(finished_on__lte=period.key_date)
    return choice(
        (Exists(done.filter(level_reached__in=enough)), "yes"),
        (Exists(done.filter(level_reached="")), ""),
        (Exists(courses.filter(began_on__lte=period.key_date)), "no"),
        (Q(part_a_then__isnull=False), "no"),
    )


def measures(period: Period) -> Case:
    """Vocational courses that ran in the months up to the key date."""
    since = months_before(period.key_date, whole(period, "integration.measures_months"))
    running = Q(finished_on=None, dropped_out_on=None) | Q(finished_on__gte=since) | Q(dropped_out_on__gte=since)
    courses = CourseParticipation.objects.filter(running, client_id=OuterRef("client_id"), kind__in=VOCATIONAL)
    counted = courses.filter(began_on__lte=period.key_date).order_by().values("client_id").annotate(n=Count("pk"))
    enough = Exists(counted.filter(n__gte=whole(period, "integration.measures_least")))
    return choice((enough, "yes"), (Q(part_a_then__isnull=False), "no"))


# --- children --------------------------------------------------------------------------------------------------------
def aged(period: Period, least: int, below: int) -> Q:
    """Full years on the key date; who is not born yet is no child."""
    day = period.key_date
    born = Q(birth_date__lte=years_before(day, least)) if least else Q(birth_date__lte=day)
    return born & Q(birth_date__gt=years_before(day, below))


def of_school_age(period: Period) -> Q:
    return aged(period, whole(period, "integration.school_from"), whole(period, "integration.school_until"))


def after_school(period: Period) -> Q:
    return aged(period, whole(period, "integration.school_until"), 18)


def under_3(period: Period) -> Q:
    return aged(period, 0, 3)


def from_3(period: Period) -> Q:
    return aged(period, 3, whole(period, "integration.school_from"))


def attends(*where: Attends) -> Any:
    def cell(period: Period) -> Case:
        is_known = Q(attends_since=None) | Q(attends_since__lte=period.key_date)
        return choice((is_known & Q(attends__in=where), "yes"), (is_known & ~Q(attends=""), "no"))

    return cell


def school_degree(period: Period) -> Case:
    return choice((Q(school_degree_on__lte=period.key_date), "yes"), (~Q(attends=""), "no"))


def daycare_of_household(period: Period) -> Case:
    small = HouseholdMember.objects.filter(
        aged(period, 0, whole(period, "integration.school_from")),
        Q(left_household_on=None) | Q(left_household_on__gt=period.key_date),
        client__household_id=OuterRef("client__household_id"),
        client__merged_into=None,
        relation="child",
    )
    goes = Exists(small.filter(attends=Attends.DAYCARE))
    stays = Exists(small.exclude(attends__in=("", Attends.DAYCARE)))
    return choice(
        (~Exists(small), "no_children"),
        (Exists(small.filter(attends="")), ""),
        (Q(goes) & ~Q(stays), "all"),
        (Q(goes), "some"),
        otherwise="none",
    )


PERSONS = persons_of("integration_persons", PROGRAMME)
HOUSEHOLDS = households_of("integration_households", PROGRAMME)
CHILDREN = children_of("integration_children", PROGRAMME)
SETTLED_WORDS = {"settled": "auf Dauer hier", "applied": "Einbürgerung beantragt", "no": "nein"}
DAYCARE_WORDS = {"all": "alle", "some": "ein Teil", "none": "keines", "no_children": "keine kleinen Kinder"}

COUNTED = {
    "association": Counted(PERSONS, said("association", "yes"), YES_NO),
    "hobby": Counted(PERSONS, said("hobby", "yes"), YES_NO),
    "settled": Counted(PERSONS, settled, SETTLED_WORDS),
    "housing": Counted(PERSONS, housing, YES_NO),
    "own_income": Counted(PERSONS, said("livelihood", *WITHOUT_BENEFITS), YES_NO),
    "households": Counted(HOUSEHOLDS, household_works, YES_NO),
    "language_course": Counted(PERSONS, language_course, YES_NO),
    "employed": Counted(PERSONS, employed, YES_NO),
    "measures": Counted(PERSONS, measures, YES_NO),
    "school_degree": Counted(part_of(CHILDREN, "after_school", after_school), school_degree, YES_NO),
    "school": Counted(
        part_of(CHILDREN, "school_age", of_school_age), attends(Attends.SCHOOL, Attends.TRAINING), YES_NO
    ),
    "daycare_under_3": Counted(part_of(CHILDREN, "under_3", under_3), attends(Attends.DAYCARE), YES_NO),
    "daycare_from_3": Counted(part_of(CHILDREN, "from_3", from_3), attends(Attends.DAYCARE), YES_NO),
    "daycare_households": Counted(HOUSEHOLDS, daycare_of_household, DAYCARE_WORDS),
}
