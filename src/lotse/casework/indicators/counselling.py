"""The indicators of the Migrationsberatung (model.md §10.2): what happened in the period, and steps before and after."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat, Replace
from django.db.models.lookups import GreaterThan, LessThan

from lotse.casework.enums import Achievement
from lotse.casework.indicators.integration import SHEET_THEN, said
from lotse.casework.indicators.populations import cases_of, courses_of
from lotse.casework.models import CourseParticipation, PlanStep
from lotse.casework.outcome_template import FIRST, LAST, LIVELIHOOD, MBE
from lotse.facts.defined import YES_NO, Counted, choice
from lotse.facts.registry import Period

SET, SHEET, PROGRAMME = "counselling", "counselling", MBE
BY_COURSE = "bamf_integration"


def happened(key: str) -> Any:
    """An event with its day in the period, on the newest sheet; who has no sheet was not asked."""
    name = f"sheet_last__answers__{key}"

    def cell(period: Period) -> Case:
        days = {f"{name}__gte": period.start.isoformat(), f"{name}__lte": period.end.isoformat()}
        return choice((Q(**days), "yes"), (Q(sheet_last__isnull=False), "no"))

    return cell


def changed(key: str) -> Any:
    """Steps from 1 to 5, a higher one is better; both must be known."""
    first, last = (KeyTextTransform(f"{key}{when}", SHEET_THEN) for when in (FIRST, LAST))

    def cell(_period: Period) -> Case:
        is_known = Q(**{f"{SHEET_THEN}__{key}{when}__isnull": False for when in (FIRST, LAST)})
        return choice(
            (is_known & Q(GreaterThan(last, first)), "better"),
            (is_known & Q(LessThan(last, first)), "worse"),
            (is_known, "same"),
        )

    return cell


def goals_reached(period: Period) -> Any:
    """Of the steps whose result was established by the key date. Both questions are dear; each is asked once."""
    steps = PlanStep.objects.filter(goal__plan__case_id=OuterRef("pk"), achieved_on__lte=period.key_date)
    missed = choice((Exists(steps.exclude(achieved=Achievement.YES)), "-"))
    found = Concat(missed, choice((Exists(steps.filter(achieved__in=(Achievement.YES, Achievement.PARTLY))), "+")))
    for pieces, cell in (("-+", "partly"), ("-", "none"), ("+", "all")):
        found = Replace(found, Value(pieces), Value(cell))
    return found


def in_course(*, integration: bool) -> Any:
    def cell(period: Period) -> Case:
        over = Q(finished_on__lt=period.start) | Q(dropped_out_on__lt=period.start)
        courses = CourseParticipation.objects.filter(client_id=OuterRef("client_id"), began_on__lte=period.end)
        kind = Q(kind=BY_COURSE)
        return choice(
            (Exists(courses.filter(kind if integration else ~kind).exclude(over)), "yes"),
            (Exists(courses), "no"),
            (Q(part_a_then__isnull=False), "no"),
        )

    return cell


def recognised(_period: Period) -> Case:
    names = [f"part_a_then__answers__{of}_recognition" for of in ("school", "occupation", "study")]
    is_yes, is_known = Q(), Q()
    for name in names:
        is_yes |= Q(**{name: "yes"})
        is_known |= Q(**{f"{name}__isnull": False})
    return choice((is_yes, "yes"), (is_known, "no"))


def course_completed(period: Period) -> Case:
    courses = CourseParticipation.objects.filter(client_id=OuterRef("client_id"))
    days = (period.start, period.end)
    return choice(
        (Exists(courses.filter(finished_on__range=days)), "yes"),
        (Exists(courses.filter(dropped_out_on__range=days)), "no"),
        (Exists(courses.filter(began_on__lte=period.end)), "running"),
        (Q(part_a_then__isnull=False), "no_course"),
    )


def _livelihood(period: Period) -> Case:
    return said("livelihood", *[key for key in LIVELIHOOD if key != "none"])(period)  # type: ignore[no-any-return]


def how_it_ended(_period: Period) -> Case:
    return choice((Q(dropped_out_on__isnull=False), "dropped_out"), otherwise="finished")


OF_MBE = cases_of("counselling_cases", MBE)
CHANGE = {"better": "besser", "same": "gleich", "worse": "schlechter"}
REACHED = {"all": "alle", "partly": "zum Teil", "none": "keines"}
COMPLETED = {"yes": "beendet", "no": "abgebrochen", "running": "läuft oder war früher", "no_course": "kein Kurs"}
EVENTS = (
    "status_secured", "plan_done", "labour_market", "job_placement", "measure", "applies", "contract", "subsidised_job",
    "qualification", "careers_advice", "placed",
)  # fmt: skip

COUNTED = {
    **{key: Counted(OF_MBE, happened(key), YES_NO) for key in EVENTS},
    **{key: Counted(OF_MBE, changed(key), CHANGE) for key in ("coping", "problems", "own_contribution", "crisis")},
    "goals_reached": Counted(OF_MBE, goals_reached, REACHED),
    "livelihood": Counted(OF_MBE, _livelihood, YES_NO),
    "integration_course": Counted(OF_MBE, in_course(integration=True), YES_NO),
    "other_course": Counted(OF_MBE, in_course(integration=False), YES_NO),
    "recognised": Counted(OF_MBE, recognised, YES_NO),
    "dropouts": Counted(
        courses_of("counselling_courses", MBE), how_it_ended, {"finished": "beendet", "dropped_out": "abgebrochen"}
    ),
    "course_completed": Counted(OF_MBE, course_completed, COMPLETED),
}
