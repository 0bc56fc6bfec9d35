"""What counselling brought about: families in the Integrationsmanagement since last year, and some of the Migrationsberatung."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.courses import add_course, begin_course, finish_course
from lotse.casework.actions.moves import record_move
from lotse.casework.actions.outcomes import record_outcomes
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.enums import Attends
from lotse.casework.models import CounsellingCase
from lotse.casework.models.accommodation import SHARED
from lotse.facts.actions import rate, set_value
from lotse.portal.demo.showcase.stage import Stage

AT_HOME = "independent_decentral"
RUNS = "runs"
STATUSES = ("ne_26_3", "ae_25_1", "ae_25_2_gfk")
CHILD_AT = {2: Attends.DAYCARE, 5: Attends.DAYCARE, 9: Attends.SCHOOL}


@dataclass(frozen=True)
class Family:
    """`then` and `now`: what they live on. `course`: the level reached, or that it still runs. `child`: how old."""

    name: str
    language: str
    then: str
    now: str = ""
    association: bool = False
    hobby: bool = True
    is_at_home: bool = True
    course: str = ""
    child: int = 0


FAMILIES = (
    Family("Rojin Stellwand", "ar", "benefits", "work_and_benefits", association=True, course="b1", child=5),
    Family("Idris Papphaus", "ar", "benefits", "work", course="b2", child=9),
    Family("Marta Szenario", "uk", "work", association=True, child=2, course=RUNS),
    Family("Emre Kulissenberg", "tr", "work", course="b1"),
    Family("Shirin Probebau", "fa", "benefits", hobby=False, is_at_home=False, child=2, course=RUNS),
    Family("Goran Attrappe", "de", "family_work", association=True, child=9, course=RUNS),
    Family("Salma Modellhof", "ar", "benefits", hobby=False, is_at_home=False, child=5, course=RUNS),
    Family("Pavel Entwurfski", "uk", "work", "work", association=True),
    Family("Fatou Musterina", "en", "work_and_benefits", "work", course="a2", child=9),
    Family("Ilyas Beispielov", "prs", "benefits", hobby=False, is_at_home=False, course=RUNS),
    Family("Irina Phantomova", "uk", "other_income", association=True, child=5),
    Family("Dawit Scheinberg", "ti", "family_work", "work", course="b1", is_at_home=False, child=2),
)
IN_WORK = {"work", "work_and_benefits"}
EVENTS = ("status_secured", "labour_market", "applies", "measure", "contract")
# Files of other stories: steps at the beginning and now, of coping, problems, own contribution and crises.
COUNSELLED = {
    "Olena Beispielko": ("2413", "4434"), "Nadia Kulissé": ("2212", "3323"), "Dilan Phantasi": ("3213", "3313"),
    "Tigist Papierli": ("1212", "3222"), "Dawit Jemandova": ("3312", "2312"), "Hanna Erdacht": ("2222", "4433"),
}  # fmt: skip
# Indicator → how last year was rated, and this year.
RATED = {"network.cooperation": (2, 3), "network.coordination": (2, 2), "network.offer": (3,), "network.mission": (2,)}
REASONS = {
    2: "Es gibt Absprachen, aber nur zwischen einzelnen Personen.",
    3: "Feste Ansprechpersonen bei Jobcenter und Ausländerbehörde. Mit den Schulen noch nicht.",
}
STEPS = ("coping", "problems", "own_contribution", "crisis")


def tell(stage: Stage) -> None:
    for number, family in enumerate(FAMILIES):
        _family(stage, family, number)
    for number, (name, (first, last)) in enumerate(COUNSELLED.items()):
        _counselled(stage, name, first, last, number)
    _decided(stage)


def _family(stage: Stage, family: Family, number: int) -> None:
    begun = date(stage.last_year, 2 + number % 4, 3 + number)
    days = (stage.today - begun).days
    client = stage.person(family.name, days=days, contact_language=family.language)
    stage.consent(client, days=days)
    case = stage.case(client, "Ankommen in der Stadt.", days=days, programme="intman")
    record_move(by=stage.mara.actor, client=client, kind=AT_HOME if family.is_at_home else SHARED, since=begun)
    status = {"residence_status": STATUSES[number % len(STATUSES)]}
    save_chapter(by=stage.mara.actor, case=case, chapter_key="personal", given=status)
    is_employed = (family.now or family.then) in IN_WORK
    save_chapter(by=stage.mara.actor, case=case, chapter_key="work", given={"employed": is_employed})
    _child(stage, case, family)
    _course(stage, case, family, begun)
    _sheets(stage, case, family)
    stage.next_step(case, "Integrationsplan besprechen", 15 + 3 * number)


def _child(stage: Stage, case: CounsellingCase, family: Family) -> None:
    if family.child:
        add_household_member(
            by=stage.mara.actor, client=case.client, relation="child", name=f"Kind {family.name.split()[1]}",
            birth_date=date(stage.today.year - family.child, 1, 1), attends=CHILD_AT[family.child] if family.is_at_home else Attends.NOTHING,
        )  # fmt: skip


def _course(stage: Stage, case: CounsellingCase, family: Family, begun: date) -> None:
    if family.course:
        by = stage.mara.actor
        course = add_course(
            by=by, client=case.client, provider=stage.partners["school"], kind="bamf_integration", starts_on=begun
        )
        begin_course(by=by, course=course, on=begun)
        if family.course != RUNS:
            finish_course(by=by, course=course, on=date(stage.last_year, 11, 20), level_reached=family.course)


def _sheets(stage: Stage, case: CounsellingCase, family: Family) -> None:
    """One of last year; where something has changed, another one."""
    by, said = stage.mara.actor, {True: "yes", False: "no"}
    given = {"livelihood": family.then, "association": said[family.association], "hobby": said[family.hobby]}
    sheet = record_outcomes(by=by, case=case, on=date(stage.last_year, 10, 12), given=given)
    if family.now:
        now = {**given, "livelihood": family.now, "hobby": "yes"}
        record_outcomes(by=by, case=case, on=stage.ago(3), given=now, revision=sheet.revision)


def _counselled(stage: Stage, name: str, first: str, last: str, number: int) -> None:
    case = _told_of(stage, name)
    given: Mapping[str, str] = {
        "livelihood": "work" if number % 2 else "benefits",
        EVENTS[number % len(EVENTS)]: f"{stage.ago(9 + number)}",
        **{f"{step}_first": sign for step, sign in zip(STEPS, first, strict=True)},
        **{f"{step}_last": sign for step, sign in zip(STEPS, last, strict=True)},
    }
    record_outcomes(by=stage.mara.actor, case=case, on=stage.ago(2), given=given)


def _told_of(stage: Stage, name: str) -> CounsellingCase:
    """The mass of files may hold the same name."""
    first, last = name.split(" ", 1)
    rows = CounsellingCase.objects.filter(client__first_name=first, client__last_name=last)
    return rows.filter(client__responsible=stage.mara.person, programme__code="mbe").latest("pk")


def _decided(stage: Stage) -> None:
    by = stage.helin.actor
    set_value(by=by, key="integration.language_level", value="a2", valid_from=date(stage.last_year, 1, 1))
    for who in (stage.helin, stage.district.lead):
        for indicator, ratings in RATED.items():
            for year, rating in zip((stage.last_year, stage.today.year), ratings, strict=False):
                rate(
                    by=who.actor,
                    indicator=indicator,
                    year=year,
                    rating=rating,
                    reason=REASONS[rating],
                    today=stage.today,
                )
