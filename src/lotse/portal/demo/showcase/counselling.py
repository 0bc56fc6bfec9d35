"""One file that has it all along the path: advice on the programme, analyses, plan, phase, a step that is due."""

from datetime import date, time

from lotse.casework.actions.calendar import arrange
from lotse.casework.actions.cases import set_phase, set_target_group
from lotse.casework.actions.contacts import record_assessment
from lotse.casework.actions.eligibility import keep_advice
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.plans import (
    add_goal,
    add_step,
    agree,
    answer_environment,
    begin_plan,
    hand_out,
    set_achievement,
    sign,
)
from lotse.casework.actions.scans import add_scan
from lotse.casework.enums import Achievement, Who
from lotse.casework.models import Client, CounsellingCase, PlanGoal, SupportPlan
from lotse.casework.queries import current_case
from lotse.casework.queries.eligibility import counselling_programmes, known_of
from lotse.portal.demo.showcase.papers import signed_sheet
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.eligibility.advice import advise


def tell(stage: Stage) -> None:
    case = _olena(stage)
    _plan(stage, case)
    _newcomer(stage)


def _olena(stage: Stage) -> CounsellingCase:
    case = stage.file(
        "Olena Beispielko", "Möchte wieder als Erzieherin arbeiten und sucht einen Deutschkurs.", days=210, gender="w",
        birth_date=date(1988, 4, 17), country_of_origin="ua", nationalities=["ua"], contact_language="uk", informed_language="uk",
        interpreter_needed=True, phone="0150 555 1201", email="olena@person.example", entered_germany_on=stage.ago(800),
        permanent_status_on=stage.ago(700),
    )  # fmt: skip
    by = stage.mara.actor
    _advise(stage, case.client)
    save_chapter(by=by, case=case, chapter_key="german", given={"german_level": "a2"})
    save_chapter(by=by, case=case, chapter_key="occupation", given={"occupation": "Erzieherin"})
    record_assessment(
        by=by, case=case, kind="social", conducted_on=stage.ago(200), strengths="Organisiert den Alltag der Familie allein.",
        resources="Eine Nachbarin hilft beim Übersetzen.", environment="Lebt mit der Mutter und einem Kind.",
        needs="Kurs mit Kinderbetreuung, Anerkennung des Abschlusses.",
    )  # fmt: skip
    stage.talk(case, "Zeugnisse gesichtet, Anerkennungsstelle genannt.", 60, ["education_recognition"])
    stage.talk(case, "Bescheid zum Kurs besprochen.", 12, ["education_recognition", "social_law"])
    set_phase(by=by, case=case, phase="implementation")
    case.refresh_from_db()
    set_target_group(by=by, case=case, target_group="tg_new_permanent", has_course_duty=True)
    stage.next_step(case, "Unterlagen für die Anerkennung durchsehen", 1)
    arrange(
        by=by, client=case.client, person=stage.mara.person, site=stage.site, on=stage.ahead(3), begins=time(14, 30), minutes=60,
        purpose="plan", room="Raum 2",
    )  # fmt: skip
    return case


def _advise(stage: Stage, client: Client, chosen: str = "", reason: str = "") -> None:
    """What the rules say, and what was chosen; nothing chosen: as suggested."""
    programmes, by = counselling_programmes(), stage.mara.actor
    known = known_of(by, client, current_case(client), stage.today, has_room=True)
    advice = advise(known, stage.today, programmes)
    suggested = programmes[advice.suggested.programme] if advice.suggested else None
    picked = programmes[chosen] if chosen else suggested
    keep_advice(by=by, client=client, advice=advice, suggested=suggested, chosen=picked, reason=reason)


def _plan(stage: Stage, case: CounsellingCase) -> None:
    by = stage.mara.actor
    plan = begin_plan(by=by, case=case, on=stage.ago(190), municipality_code=stage.site.municipality_code)
    answer_environment(by=by, plan=plan, environment=["family", "friends"])
    work = add_goal(by=by, plan=plan, area="work", goal="find_work")
    german = add_goal(by=by, plan=plan, area="orientation", goal="know_town")
    _steps(stage, work, german)
    agree(by=by, plan=plan, on=stage.ago(185))
    hand_out(by=by, plan=plan, on=stage.ago(185), language="uk")
    sign(by=by, plan=plan, on=stage.ago(185))
    _keep_sheet(stage, plan)


def _steps(stage: Stage, work: PlanGoal, german: PlanGoal) -> None:
    by, agreed = stage.mara.actor, {"agreed_on": stage.ago(188)}
    done = add_step(
        by=by, goal=work, text="Zeugnisse übersetzen lassen", who=Who.CLIENT, due_on=stage.ago(120), services=["recognition_office"], **agreed,
    )  # fmt: skip
    add_step(
        by=by, goal=work, text="Antrag auf Anerkennung stellen", who=Who.COUNSELLOR, due_on=stage.ahead(3), **agreed
    )
    add_step(
        by=by, goal=german, text="Stadtplan und Fahrkarte besorgen", who=Who.CLIENT, due_on=stage.ahead(40), **agreed
    )
    set_achievement(by=by, step=done, achieved=Achievement.YES, on=stage.ago(118))


def _keep_sheet(stage: Stage, plan: SupportPlan) -> None:
    with signed_sheet(stage.mara.actor, "Förderplan, unterschrieben") as received:
        add_scan(by=stage.mara.actor, plan=plan, received=received)


def _newcomer(stage: Stage) -> None:
    """Another programme is chosen than the one suggested, and why is told."""
    client = stage.person(
        "Samir Erdacht", days=6, birth_date=date(1979, 9, 2), gender="m", country_of_origin="sy", nationalities=["sy"],
        contact_language="ar", entered_germany_on=stage.ago(240), permanent_status_on=None, phone="0150 555 1202",
    )  # fmt: skip
    stage.consent(client, days=6)
    _advise(stage, client, "sbf", "Das Verfahren läuft noch. Er wird zuerst dazu beraten.")
    stage.next_step(stage.case(client, "Fragen zum Asylverfahren.", days=5, programme="sbf"), "Anhörung vorbereiten", 2)
