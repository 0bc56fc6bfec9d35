"""The client statistics of the Migrationsberatung, as a proposal (facts §1.1): who is advised, at first and now."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q

from lotse.casework.facts import words_of
from lotse.casework.indicators.populations import cases_of
from lotse.casework.models import CourseParticipation, Referral, SupportPlan
from lotse.casework.outcome_template import LIVELIHOOD
from lotse.casework.regions import COUNTRIES, NOT_STATED, REGIONS
from lotse.casework.schedule import midnight
from lotse.catalogues.loader import catalogue
from lotse.facts.defined import YES_NO, Counted, choice
from lotse.facts.registry import Period

SET, SHEET, PROGRAMME = "situation", "situation", ""
GROUPS = {
    "german": "Deutsch",
    "free_movement": "Freizügigkeit",
    "settled": "Daueraufenthalt",
    "protection": "Schutz",
    "humanitarian": "weitere humanitäre Gründe",
    "family": "Familie",
    "work": "Arbeit und Ausbildung",
    "other": "Sonstige Titel",
    "in_procedure": "im Verfahren",
    "tolerated": "Duldung",
    "none": "ohne oder unbekannt",
}
DEGREE = {"yes": "ja", "no": "nein", "no_school": "keine Schule besucht"}
RECOGNITION = {"yes": "anerkannt", "pending": "in Beratung oder Bearbeitung", "no": "nicht anerkannt", "none": "ohne Berufsabschluss"}  # fmt: skip
WORK = {
    "full_time": "Vollzeit",
    "part_time": "Teilzeit",
    "minijob": "Minijob",
    "employed": "in Arbeit, Umfang offen",
    "apprenticeship": "in Ausbildung",
    "no": "nicht in Arbeit",
}
COURSE = {"before": "vor dem Kurs", "during": "im Kurs", "after": "Kurs vorbei", "none": "kein Kurs"}


def region(path: str) -> Callable[[Period], Case]:
    """The code of a country at a path."""

    def cell(_period: Period) -> Case:
        known = [(Q(**{f"{path}__in": codes}), name) for name, codes in COUNTRIES.items()]
        return choice((Q(**{f"{path}__in": NOT_STATED}) | Q(**{path: None}), ""), *known, otherwise="asia")

    return cell


def nationality(_period: Period) -> Case:
    """The first one; the column is a list."""
    return region("client__nationalities__0")(_period)


def status_group(_period: Period) -> Case:
    entries = catalogue("residence_status").entries.values()
    named = {group: key for key, group in GROUPS.items()}
    keys: dict[str, list[str]] = {key: [] for key in GROUPS}
    for entry in entries:
        keys[named[entry.group]].append(entry.key)
    return choice(*((Q(status_then__status__in=found), key) for key, found in keys.items() if found))


def school(_period: Period) -> Case:
    degree, attended = (f"part_a_then__answers__school_{name}" for name in ("degree", "attended"))
    return choice(
        (Q(**{degree: True}), "yes"), (Q(**{degree: False}), "no"), (Q(**{attended: False}), "no_school")
    )  # fmt: skip


def occupation(_period: Period) -> Case:
    """Of a vocational or a university degree, the better one."""
    base = "part_a_then__answers__"
    states = [f"{base}{of}_recognition" for of in ("occupation", "study")]

    def either(*values: str) -> Q:
        return Q(**{f"{states[0]}__in": values}) | Q(**{f"{states[1]}__in": values})

    has = Q(**{f"{base}occupation_certificate": True}) | Q(**{f"{base}study_degree": True})
    none = Q(**{f"{base}occupation_certificate": False}) | Q(**{f"{base}study_degree": False})
    return choice(
        (either("yes"), "yes"), (either("advising", "in_progress"), "pending"), (either("no"), "no"), (none & ~has, "none")
    )  # fmt: skip


def work(relation: str) -> Callable[[Period], Case]:
    base = f"{relation}__answers__"

    def cell(_period: Period) -> Case:
        extents = ((Q(**{f"{base}employed": True, f"{base}employment_extent": key}), key) for key in list(WORK)[:3])
        return choice(
            *extents,
            (Q(**{f"{base}employed": True}), "employed"),
            (Q(**{f"{base}apprenticeship": True}), "apprenticeship"),
            (Q(**{f"{base}employed": False}), "no"),
        )

    return cell


def livelihood(relation: str) -> Callable[[Period], Any]:
    name = f"{relation}__answers__livelihood"
    return lambda _period: choice(*((Q(**{name: key}), key) for key in LIVELIHOOD))


def integration_course(period: Period) -> Case:
    courses = CourseParticipation.objects.filter(client_id=OuterRef("client_id"), kind="bamf_integration")
    over = Q(finished_on__lte=period.key_date) | Q(dropped_out_on__lte=period.key_date)
    begun = courses.filter(began_on__lte=period.key_date)
    return choice(
        (Exists(begun.exclude(over)), "during"),
        (Exists(begun.filter(over)), "after"),
        (Exists(courses.filter(Q(began_on=None) | Q(began_on__gt=period.key_date))), "before"),
        otherwise="none",
    )


def has_plan(period: Period) -> Case:
    plans = SupportPlan.objects.filter(case_id=OuterRef("pk"), agreed_on__lte=period.key_date)
    return choice((Exists(plans), "yes"), otherwise="no")


def referred(period: Period) -> Case:
    sent = Referral.objects.filter(case_id=OuterRef("pk"), sent_at__gte=midnight(period.start))
    return choice((Exists(sent.filter(sent_at__lt=midnight(period.day_after))), "yes"), otherwise="no")


def _ended(period: Period) -> Any:
    return period.end


CASES = cases_of("situation")
ENDED = cases_of("situation_ended", ended_on__lte=_ended)

COUNTED = {
    "origin": Counted(CASES, region("client__country_of_origin"), REGIONS),
    "nationality": Counted(CASES, nationality, REGIONS),
    "status": Counted(CASES, status_group, GROUPS),
    "school": Counted(CASES, school, DEGREE),
    "occupation": Counted(CASES, occupation, RECOGNITION),
    "work_first": Counted(CASES, work("part_a_first"), WORK),
    "work_last": Counted(CASES, work("part_a_then"), WORK),
    "livelihood_first": Counted(CASES, livelihood("sheet_first"), LIVELIHOOD),
    "livelihood_last": Counted(CASES, livelihood("sheet_then"), LIVELIHOOD),
    "integration_course": Counted(CASES, integration_course, COURSE),
    "plan": Counted(CASES, has_plan, YES_NO),
    "referred": Counted(CASES, referred, YES_NO),
    "end_reason": Counted(ENDED, lambda _period: F("end_reason"), words_of("end_reason")),
}
