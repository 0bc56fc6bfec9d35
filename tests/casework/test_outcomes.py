from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.file import Outdated
from lotse.casework.actions.outcomes import record_outcomes
from lotse.casework.models import OutcomeSheet, PartA
from lotse.casework.outcome_template import CURRENT, ITEMS, answers_in_words, column_labels, items_for
from lotse.casework.queries.outcomes import filled_in, known_events
from lotse.core.errors import NotAllowed
from lotse.programmes.models import Programme
from tests.factories import casework as make

TODAY = timezone.localdate()
YESTERDAY = make.days_ago(1)


def sheet(world, case, on=TODAY, by=None, revision=None, **given):
    return record_outcomes(by=by or world.counsellor.actor, case=case, on=on, given=given, revision=revision)


def part_a(case, **answers):
    client = case.client
    dates = {
        "agreement_on": client.agreement_on,
        "recording_on": client.recording_on,
        "competence_on": client.competence_on,
    }
    return PartA.objects.create(
        organisation=case.organisation, client=client, case=case, template_version="integrationsplan-2021-01-28",
        recorded_on=make.days_ago(5), answers=answers, **dates,
    )  # fmt: skip


def test_a_sheet_keeps_what_was_said_and_names_the_fields_in_the_log(world):
    made = sheet(world, make.case(world), contract=f"{YESTERDAY}", livelihood="work", applies="")

    assert (made.answers, made.template_version) == ({"contract": f"{YESTERDAY}", "livelihood": "work"}, CURRENT)
    assert Event.objects.get(key="outcome.recorded").fields == ["contract", "livelihood"]


def test_a_new_day_makes_a_new_sheet_and_the_same_day_corrects_it(world):
    case = make.case(world)
    first = sheet(world, case, on=YESTERDAY, livelihood="benefits", contract=f"{YESTERDAY}")
    second = sheet(world, case, livelihood="work")
    third = sheet(world, case, livelihood="family_work")

    assert (second.pk == first.pk, third.pk == second.pk) == (False, True)
    assert OutcomeSheet.objects.get(pk=first.pk).answers["livelihood"] == "benefits"
    assert third.answers == {"livelihood": "family_work", "contract": f"{YESTERDAY}"}


def test_who_saves_second_sees_both(world):
    case = make.case(world)
    made = sheet(world, case, livelihood="work")
    sheet(world, case, livelihood="none", revision=made.revision)
    with pytest.raises(Outdated):
        sheet(world, case, livelihood="benefits", revision=made.revision)


@pytest.mark.parametrize(("given", "on", "field"), [
    ({"contract": f"{TODAY + timedelta(days=1)}"}, TODAY, "contract"),
    ({"contract": f"{make.days_ago(31)}"}, TODAY, "contract"),
    ({}, TODAY + timedelta(days=1), "on"),
    ({}, make.days_ago(31), "on"),
])  # fmt: skip
def test_days_lie_between_first_contact_and_today(world, given, on, field):
    with pytest.raises(ValidationError) as refused:
        sheet(world, make.case(world), on=on, **given)
    assert list(refused.value.message_dict) == [field]


def test_nothing_is_recorded_without_agreement_and_consent(world):
    with pytest.raises(ValidationError):
        sheet(world, make.case(world, consented=False, tier=None), livelihood="work")


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "outsider"])
def test_who_does_not_counsel_the_person_records_nothing(world, persona):
    case = make.case(world)
    with pytest.raises(NotAllowed):
        sheet(world, case, by=world.personas[persona].actor, livelihood="work")


def test_what_the_file_tells_is_filled_in(world):
    case = make.case(world)
    part_a(case, employed=True)
    course = make.course(world, of=case.client, kind="esf_bamf")
    type(course).objects.update(began_on=make.days_ago(4))

    known = known_events(case)

    assert {key: (k.on, k.source) for key, k in known.items()} == {
        "contract": (make.days_ago(5), "Teil A"),
        "measure": (make.days_ago(4), "Kurse"),
    }
    assert filled_in(case, items_for("mbe"), known, TODAY)["contract"] == make.days_ago(5)


def test_what_was_left_empty_since_is_not_filled_in_again(world):
    case = make.case(world)
    part_a(case, employed=True)
    sheet(world, case, applies=f"{YESTERDAY}")
    assert filled_in(case, items_for("mbe"), known_events(case), TODAY)["contract"] == ""


def test_each_programme_asks_its_own(world):
    other = {item.key for item in items_for("sbf")}
    assert other == {"livelihood", "citizenship", "measure"}
    assert {i.key for i in items_for("mbe")} | {i.key for i in items_for("intman")} == {i.key for i in ITEMS}
    assert {i.key for i in items_for("intman")} - other == {"association", "hobby"}


def test_every_answer_has_words(world):
    answers = {"livelihood": "work", "hobby": "yes", "contract": "2026-03-04", "crisis_first": "1", "crisis_last": "5"}
    assert [(label, words) for _name, label, words in answers_in_words(CURRENT, answers)] == [
        ("Wovon lebt die Person vor allem?", "eigene Arbeit"),
        ("Regelmäßiges Hobby?", "ja"),
        ("Arbeitsvertrag unterschrieben", "04.03.2026"),
        ("Meistert Krisen selbst, zu Beginn", "gar nicht"),
        ("Meistert Krisen selbst, zuletzt", "sehr gut"),
    ]
    assert column_labels()["crisis_last"] == "Meistert Krisen selbst, zuletzt"


def test_the_page_saves_and_shows_it_to_the_technical_lead(world, login):
    case = make.case(world)
    url = f"/akte/{case.client.public_id}/wirkung/"
    web = login(world.counsellor)

    answer = web.post(url, {"on": f"{TODAY}", "livelihood": "work", "contract": f"{YESTERDAY}", "crisis_first": "2"})

    assert (answer.status_code, answer["Location"]) == (302, url)
    assert OutcomeSheet.objects.get().answers == {"livelihood": "work", "contract": f"{YESTERDAY}", "crisis_first": "2"}
    assert f'value="{YESTERDAY}"' in web.get(url).content.decode()
    read = login(world.technical_lead).get(url).content.decode()
    assert "eigene Arbeit" in read


def test_the_page_says_what_to_do_where_there_is_no_case(world, login):
    client = make.person(world)
    text = login(world.counsellor).get(f"/akte/{client.public_id}/wirkung/").content.decode()
    assert "Erstkontakt eintragen" in text


def test_the_integrationsmanagement_is_asked_other_things(world, login):
    intman = Programme.objects.create(code="intman", name="Integrationsmanagement")
    client = make.case(world, programme=intman).client
    text = login(world.counsellor).get(f"/akte/{client.public_id}/wirkung/").content.decode()
    assert ("Regelmäßiges Hobby?" in text, "Arbeitsvertrag" in text) == (True, False)
