"""Two people save the same: whoever comes second sees both versions, loses nothing and chooses."""

import re

import pytest
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions import cases, plans
from lotse.casework.actions.clients import add_household_member, update_household_member
from lotse.casework.actions.contacts import record_contact, update_contact
from lotse.casework.actions.parts_a import answers_of, save_chapter
from lotse.casework.enums import Achievement, PlanState
from lotse.casework.models import CounsellingCase, PartA, PlanGoal, PlanStep, SupportPlan
from lotse.core.models import Draft
from tests.factories import casework as make


@pytest.fixture
def plan(world):
    return make.plan(world)


@pytest.fixture
def step(world, plan):
    return make.step(world, make.goal(world, plan), text="Bewerbung schreiben", notes="")


def form_of(web, url):
    """What a browser would send back: hidden fields and values as the page shows them."""
    return web.get(url).context["form"].initial


def posted(form, **typed):
    values = {"text": "", "who": "client", "agreed_on": "2026-01-02", "revision": form["revision"], **typed}
    return {name: value for name, value in values.items() if value is not None}


def address(plan, tail):
    return f"/akte/{plan.client.public_id}/plan/{tail}"


def test_second_save_of_a_step_shows_both_versions_and_saves_nothing(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    shown = form_of(web, url)
    plans.update_step(by=world.counsellor.actor, step=step, text="Lebenslauf schreiben", notes="eilt")

    answer = web.post(url, posted(shown, text="Drei Bewerbungen schreiben", agreed_on=shown["agreed_on"].isoformat()))

    conflict = answer.context["conflict"]
    assert [(row.name, row.mine, row.other) for row in conflict.rows] == [
        ("text", "Drei Bewerbungen schreiben", "Lebenslauf schreiben"),
        ("notes", "–", "eilt"),
    ]
    assert "Counsellor Beispiel hat einen Arbeitsschritt geändert" in conflict.last_change
    assert PlanStep.objects.get().text == "Lebenslauf schreiben"
    assert "Drei Bewerbungen schreiben</textarea>" in answer.content.decode()


def test_each_field_takes_the_version_that_was_chosen(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    shown = form_of(web, url)
    plans.update_step(by=world.counsellor.actor, step=step, text="Lebenslauf schreiben", notes="eilt")
    typed = posted(shown, text="Drei Bewerbungen schreiben", agreed_on=shown["agreed_on"].isoformat())
    conflict = web.post(url, typed)
    revision = re.search(r'name="revision" value="(\d+)"', conflict.content.decode()).group(1)

    chosen = {"other_version": "saved", "choose-text": "mine", "choose-notes": "other"}
    answer = web.post(url, {**typed, "revision": revision, **chosen})

    assert answer.status_code == 302
    stored = PlanStep.objects.get()
    assert (stored.text, stored.notes) == ("Drei Bewerbungen schreiben", "eilt")


def test_a_third_save_in_between_is_shown_again(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    shown = form_of(web, url)
    typed = posted(shown, text="Mein Text", agreed_on=shown["agreed_on"].isoformat())
    plans.update_step(by=world.counsellor.actor, step=step, text="Zweiter")
    web.post(url, typed)
    plans.update_step(by=world.counsellor.actor, step=step, text="Dritter")

    answer = web.post(url, {**typed, "revision": shown["revision"] + 1, "other_version": "saved"})

    assert [row.other for row in answer.context["conflict"].rows] == ["Dritter"]


@pytest.mark.parametrize(("tail", "data"), [
    ("umfeld/", {"environment": ["work"]}), ("ziel/", {"area": "work", "goal": "find_work"}),
    ("vereinbaren/", {"on": "2026-01-05"}), ("stand/", {"key_date": "2026-01-05", "value": "departed"}),
    ("ueberarbeiten/", {"on": "2026-01-05"}), ("beenden/", {"state": "departed"}),
    ("aushaendigen/", {"on": "2026-01-05", "language": "ar"}), ("unterschriften/", {"on": "2026-01-05"}),
])  # fmt: skip
def test_every_form_of_the_plan_notices_another_save(world, login, plan, tail, data):
    web = login(world.counsellor)
    plans.answer_environment(by=world.counsellor.actor, plan=plan, environment=["family"])

    answer = web.post(address(plan, tail), {**data, "revision": plan.revision})

    assert answer.status_code == 200
    assert "Inzwischen wurde gespeichert." in answer.content.decode()
    fresh = SupportPlan.objects.get()
    assert (fresh.state, fresh.environment, fresh.goals.count()) == (PlanState.DRAFT, ["family"], 0)


def test_buttons_on_the_plan_notice_another_save(world, login, plan, step):
    web = login(world.counsellor)
    seen = SupportPlan.objects.get().revision
    plans.answer_environment(by=world.counsellor.actor, plan=plan, environment=["family"])

    web.post(address(plan, f"schritt/{step.public_id}/ergebnis/"), {"achieved": "yes", "revision": seen})
    web.post(address(plan, f"schritt/{step.public_id}/streichen/"), {"revision": seen})
    web.post(address(plan, f"ziel/{step.goal.public_id}/streichen/"), {"revision": seen})

    assert PlanStep.objects.get().achieved == Achievement.IN_PROGRESS
    assert "Inzwischen hat jemand anderes gespeichert" in web.get(address(plan, "")).content.decode()


def test_goals_and_steps_of_a_draft_can_be_struck_out(world, login, plan, step):
    web = login(world.counsellor)

    web.post(address(plan, f"schritt/{step.public_id}/streichen/"))
    web.post(address(plan, f"ziel/{step.goal.public_id}/streichen/"))

    assert (PlanStep.objects.count(), PlanGoal.objects.count()) == (0, 0)


def test_steps_of_one_file_are_not_found_under_another(world, login, plan, step):
    other = make.plan(world, of=make.case(world, client=make.person(world, last_name="Andere")))
    web = login(world.counsellor)

    codes = {
        web.get(address(other, tail)).status_code
        for tail in (
            f"schritt/{step.public_id}/",
            f"schritt/{step.public_id}/festhalten/",
            f"ziel/{step.goal.public_id}/",
        )
    }

    assert codes == {404}


def test_both_versions_of_a_chapter_are_shown_in_words(world, login):
    by, case = world.counsellor.actor, make.case(world)
    save_chapter(by=by, case=case, chapter_key="mobility", given={"driving_licence": True})
    url = f"/akte/{case.client.public_id}/teil-a/mobility/"
    save_chapter(by=by, case=case, chapter_key="mobility", given={"driving_licence": False})

    answer = login(world.counsellor).post(url, {"driving_licence": "true", "car_available": "true", "revision": 1})

    rows = {row.name: (row.mine, row.other) for row in answer.context["conflict"].rows}
    assert rows == {"driving_licence": ("ja", "nein"), "car_available": ("ja", "nicht erhoben")}
    assert answers_of(PartA.objects.get()) == {"driving_licence": False}


@pytest.mark.parametrize(("tail", "data"), [
    ("naechster-schritt/", {"next_step_on": "2026-12-01", "next_step": "anrufen"}), ("phase/", {"phase": "monitoring"}),
    ("beratungsart/", {"tier": "basic_counselling", "since": "2026-11-01"}), ("zielgruppe/", {"target_group": ""}),
    ("verlaengern/", {"until": "2035-01-01", "reason": "krank"}),
    ("abschluss/auswertung/", {"on": "2026-11-01", "evaluation": "gut"}),
    ("abschluss/beenden/", {"on": "2026-11-01", "state": "aborted", "reason": "contact_lost"}),
    ("erstkontakt/aendern/", {}),
])  # fmt: skip
def test_every_form_of_the_case_notices_another_save(world, login, tail, data):
    case = make.case(world)
    seen = CounsellingCase.objects.get().revision
    cases.set_next_step(
        by=world.counsellor.actor, case=case, next_step_on=timezone.localdate(), next_step="vom anderen"
    )
    if tail == "erstkontakt/aendern/":
        data = {"programme": world.mbe.public_id, "first_contact_on": make.days_ago(30).isoformat(), "channel": "phone", "access_route": "own_initiative", "decided_jointly": "true"}  # fmt: skip

    answer = login(world.counsellor).post(f"/akte/{case.client.public_id}/{tail}", {**data, "revision": seen})

    assert answer.context["conflict"] is not None
    assert CounsellingCase.objects.get().next_step == "vom anderen"


def test_both_versions_of_person_and_household_member_are_shown(world, login):
    case = make.case(world)
    client, by, web = case.client, world.counsellor.actor, login(world.counsellor)
    member = add_household_member(by=by, client=client, relation="child", name="Ali")
    update_household_member(by=by, member=member, name="Aliye")

    answer = web.post(
        f"/akte/{client.public_id}/haushalt/{member.public_id}/", {"relation": "child", "name": "Ala", "revision": 1}
    )
    assert [(r.mine, r.other) for r in answer.context["conflict"].rows] == [("Ala", "Aliye")]

    web.post(f"/akte/{client.public_id}/person/", {"first_name": "Mira", "last_name": "Neu", "revision": 1})
    answer = web.post(f"/akte/{client.public_id}/person/", {"first_name": "Mira", "last_name": "Spät", "revision": 1})
    assert [(r.mine, r.other) for r in answer.context["conflict"].rows] == [("Spät", "Neu")]


def test_both_versions_of_a_contact_are_shown(world, login):
    case, by, today = make.case(world), world.counsellor.actor, timezone.localdate()
    contact = record_contact(by=by, case=case, on=today, channel="phone", topics=["housing"])
    update_contact(by=by, contact=contact, on=make.days_ago(1), channel="phone", topics=["family"], note="Neu")
    typed = {"on": today.isoformat(), "channel": "phone", "topics": ["housing"], "note": "Meins", "revision": 1}
    web, url = login(world.counsellor), f"/akte/{case.client.public_id}/kontakt/{contact.public_id}/"

    answer = web.post(url, typed)
    rows = {r.name: r.other for r in answer.context["conflict"].rows}
    assert rows == {"on": f"{make.days_ago(1):%d.%m.%Y}", "topics": "Familie", "note": "Neu"}
    web.post(url, {**typed, "revision": 2, "other_version": "saved", "choose-topics": "other", "choose-on": "other"})

    contact.refresh_from_db()
    assert (contact.note, [t.topic for t in contact.topics.all()]) == ("Meins", ["family"])
    assert CounsellingCase.objects.get().last_contact_on == make.days_ago(1)


def keep(web, client, form, typed, revision=""):
    return web.post(
        "/entwurf/", {**typed, "draft_form": form, "draft_object": client.public_id, "draft_revision": revision}
    )


def test_a_draft_on_an_older_version_is_shown_beside_the_saved_one(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    revision = form_of(web, url)["revision"]
    keep(web, plan.client, f"step.{step.public_id}", {"text": "Mein Entwurf", "revision": revision})
    plans.update_step(by=world.counsellor.actor, step=step, text="Lebenslauf schreiben")

    page = web.get(url)

    assert [(r.mine, r.other) for r in page.context["conflict"].rows] == [("Mein Entwurf", "Lebenslauf schreiben")]
    assert f'name="revision" value="{revision + 1}"' in page.content.decode()


def test_two_windows_see_both_drafts_and_nothing_is_saved(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    key, shown = f"step.{step.public_id}", form_of(web, url)
    assert keep(web, plan.client, key, {"text": "Fenster eins"}).status_code == 200
    assert keep(web, plan.client, key, {"text": "Fenster zwei"}).status_code == 409

    page = web.post(url, {"text": "Fenster zwei", "compare": "draft", "revision": shown["revision"]})

    rows = {r.name: (r.mine, r.other) for r in page.context["conflict"].rows}
    assert rows["text"] == ("Fenster zwei", "Fenster eins")
    assert 'data-draft-revision="1"' in page.content.decode()
    assert (PlanStep.objects.get().text, Draft.objects.count()) == ("Bewerbung schreiben", 1)


def test_the_draft_of_the_other_window_can_be_chosen(world, login, plan, step):
    web, url = login(world.counsellor), address(plan, f"schritt/{step.public_id}/")
    shown = form_of(web, url)
    keep(web, plan.client, f"step.{step.public_id}", {"text": "Fenster eins"})

    typed = posted(shown, text="Fenster zwei", agreed_on=shown["agreed_on"].isoformat())
    web.post(url, {**typed, "other_version": "draft", "choose-text": "other"})

    assert (PlanStep.objects.get().text, Draft.objects.count()) == ("Fenster eins", 0)


def test_what_is_sent_to_an_ended_case_is_refused_with_the_text_kept(world, login):
    case = make.case(world)
    ended = {"state": "aborted", "on": timezone.localdate(), "reason": "contact_lost"}
    cases.end_otherwise(by=world.counsellor.actor, case=case, **ended)
    typed = {"on": timezone.localdate().isoformat(), "channel": "phone", "topics": ["housing"], "note": "Langer Text"}

    answer = login(world.counsellor).post(f"/akte/{case.client.public_id}/kontakt/", typed)

    page = answer.content.decode()
    assert "Dieser Fall ist beendet." in page
    assert "Langer Text</textarea>" in page


def test_acknowledged_warnings_stand_in_the_log(world, login):
    client = make.person(world)
    typed = {
        "programme": world.mbe.public_id, "first_contact_on": timezone.localdate().isoformat(), "channel": "phone",
        "access_route": "own_initiative", "decided_jointly": "false",
    }  # fmt: skip
    web, url = login(world.counsellor), f"/akte/{client.public_id}/erstkontakt/"

    assert "CL-08" in web.post(url, typed).content.decode()
    assert web.post(url, {**typed, "acknowledged": ["CL-08"]}).status_code == 302

    assert Event.objects.get(key="case.opened").details["warnings"] == ["CL-08"]
