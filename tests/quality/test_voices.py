"""Suggestions are answered; complaints are confirmed and answered in time, and whom they are about sees nothing of them."""

import pytest

from lotse.core.errors import NotAllowed
from lotse.quality import rules
from lotse.quality.actions import complaints as acts
from lotse.quality.actions import suggestions
from lotse.quality.enums import ImprovementSource, SuggestionResult
from lotse.quality.models import Complaint, Suggestion
from tests.factories import quality as catalogue
from tests.factories import quality_improvements as make
from tests.factories.quality_improvements import days
from tests.funding.refusing import refused


def who_sees(world, model):
    personas = {name: persona for name, persona in world.personas.items() if persona.person}
    return {name for name, persona in personas.items() if model.objects.visible_to(persona.actor).exists()}


# --- suggestions -----------------------------------------------------------------------------------------------------
def test_a_suggestion_is_read_by_who_made_it_and_who_keeps_quality(world):
    made = make.suggested(world)
    assert (made.raised_by, made.organisation) == (world.counsellor.person, world.nordstadt)
    assert who_sees(world, Suggestion) == {"counsellor", "technical_lead", "carrier_manager"}


@pytest.mark.parametrize("name", ["funder"])
def test_nobody_from_outside_suggests(world, name):
    with pytest.raises(NotAllowed):
        make.suggested(world, by=getattr(world, name))


def test_taken_up_it_is_an_improvement(world):
    made = make.suggested(world)
    values = {"plan": "Vier Stühle kaufen.", "owner": world.colleague.person, "due_on": days(20)}
    row = suggestions.take_up(by=world.technical_lead.actor, suggestion=made, answer="Gute Idee.", **values)
    improvement = row.improvement
    assert (row.result, row.answer, row.answered_by) == (
        SuggestionResult.TAKEN, "Gute Idee.", world.technical_lead.person,
    )  # fmt: skip
    assert (improvement.source, improvement.title, improvement.finding, improvement.owner) == (
        ImprovementSource.SUGGESTION, made.title, made.text, world.colleague.person,
    )  # fmt: skip


def test_declined_with_a_reason(world):
    made, by = make.suggested(world), world.technical_lead.actor
    assert refused(lambda: suggestions.decline(by=by, suggestion=made, answer=" ")) == [suggestions.WHY]
    assert suggestions.decline(by=by, suggestion=made, answer="Brandschutz.").result == SuggestionResult.DECLINED
    assert refused(lambda: suggestions.decline(by=by, suggestion=made, answer="Nein.")) == [suggestions.ANSWERED]


@pytest.mark.parametrize("name", ["counsellor", "sysadmin", "coordinator", "outsider"])
def test_answered_by_who_keeps_quality_alone(world, name):
    made = make.suggested(world)
    with pytest.raises(NotAllowed):
        suggestions.decline(by=getattr(world, name).actor, suggestion=made, answer="Nein.")


# --- complaints ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("QM-22")
def test_the_answer_is_due_in_fourteen_days(world):
    row = make.taken_down(world, received_on=days(-3))
    assert (row.answer_due_on, rules.answer_due(days(0))) == (days(11), days(14))


def test_what_was_said_lies_sealed(world):
    row = make.taken_down(world)
    fresh = Complaint.objects.get(pk=row.pk)
    assert (fresh.text, fresh.text_german) == ("Kimse telefona bakmıyor.", "Niemand geht ans Telefon.")
    stored = Complaint.objects.values_list("text_german", "reply_to").get()
    assert b"Telefon" not in bytes(stored[0])
    assert b"Dienstag" not in bytes(stored[1])


def test_seen_by_who_keeps_quality_and_who_handles_it(world):
    make.taken_down(world, handled_by=world.colleague)
    assert who_sees(world, Complaint) == {"colleague", "technical_lead", "carrier_manager"}


@pytest.mark.rule("QM-21")
def test_whom_it_is_about_never_sees_it_whatever_her_role(world):
    make.taken_down(world, handled_by=world.colleague, about=world.technical_lead)
    assert who_sees(world, Complaint) == {"colleague", "carrier_manager"}


@pytest.mark.rule("QM-21")
def test_whom_it_is_about_neither_takes_it_down_nor_handles_it(world):
    lead = world.technical_lead
    said = refused(lambda: make.taken_down(world, by=lead, handled_by=world.colleague, about=lead))
    assert said == [acts.HERSELF]
    assert refused(lambda: make.taken_down(world, handled_by=lead, about=lead)) == [acts.ABOUT]
    row = make.taken_down(world, handled_by=world.colleague, about=lead)
    for act in (
        lambda: acts.confirm_receipt(by=lead.actor, complaint=row),
        lambda: make.answered(world, row, by=lead),
        lambda: acts.improve(by=lead.actor, complaint=row, title="T", owner=lead.person, due_on=days(5)),
        lambda: acts.change_complaint(by=lead.actor, complaint=row, handled_by=lead.person, about_person=None),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_something_was_said(world):
    assert refused(lambda: make.taken_down(world, text=" ", text_german="")) == [acts.TEXT]
    assert make.taken_down(world, text_german="").text_german == ""


def test_it_did_not_come_tomorrow(world):
    assert refused(lambda: make.taken_down(world, received_on=days(1))) == [acts.FUTURE]


def test_handled_by_somebody_of_the_carrier(world):
    assert refused(lambda: make.taken_down(world, handled_by=world.outsider)) == [acts.NOT_HERE]


@pytest.mark.parametrize("name", ["counsellor", "sysadmin", "coordinator", "outsider"])
def test_taken_down_by_who_keeps_quality_alone(world, name):
    with pytest.raises(NotAllowed):
        make.taken_down(world, by=getattr(world, name))


def test_the_receipt_is_confirmed_once(world):
    row, by = make.taken_down(world, handled_by=world.colleague), world.colleague.actor
    assert acts.confirm_receipt(by=by, complaint=row).confirmed_on == days(0)
    assert refused(lambda: acts.confirm_receipt(by=by, complaint=row)) == [acts.CONFIRMED]


@pytest.mark.rule("QM-22")
@pytest.mark.parametrize(("came", "answered", "in_time"), [(-14, 0, True), (-15, 0, False), (-20, -6, True)])
def test_in_time_follows_from_the_days(world, came, answered, in_time):
    row = make.taken_down(world, received_on=days(came))
    assert row.was_in_time is False
    assert make.answered(world, row, on=days(answered)).was_in_time is in_time


def test_an_answer_has_words_and_a_result(world):
    row = make.taken_down(world)
    assert refused(lambda: make.answered(world, row, text=" ")) == [acts.SAY]
    assert refused(lambda: make.answered(world, row, result="")) == [acts.RESULT]
    assert refused(lambda: make.answered(world, row, on=days(1))) == [acts.FUTURE]
    assert refused(lambda: make.answered(world, row, on=days(-4))) == ["Die Antwort liegt vor dem Eingang."]
    done = make.answered(world, row)
    assert refused(lambda: make.answered(world, done)) == [acts.ANSWERED]


def test_praise_is_neither_right_nor_wrong(world):
    row = make.answered(world, make.taken_down(world, kind="praise"))
    assert (row.is_answered, row.result) == (True, "")


def test_answered_by_who_handles_it_and_not_by_others(world):
    row = make.taken_down(world, handled_by=world.colleague)
    with pytest.raises(NotAllowed):
        make.answered(world, row, by=world.counsellor)
    assert make.answered(world, row, by=world.colleague).is_answered


def test_it_becomes_an_improvement_without_what_was_said(world):
    row = make.taken_down(world, handled_by=world.colleague)
    values = {"title": "Telefonzeiten", "owner": world.counsellor.person, "due_on": days(20)}
    made = acts.improve(by=world.technical_lead.actor, complaint=row, **values)
    assert (made.source, made.finding, made.complaint) == (ImprovementSource.COMPLAINT, "", row)
    assert refused(lambda: acts.improve(by=world.technical_lead.actor, complaint=row, **values)) == [acts.HAS_ONE]


def test_another_takes_it_over(world):
    row = make.taken_down(world)
    words = {name: getattr(row, name) for name in acts.WORDS}
    values = {"handled_by": world.colleague.person, "about_person": world.technical_lead.person}
    fresh = acts.change_complaint(by=world.carrier_manager.actor, complaint=row, revision=1, **values, **words)
    assert (fresh.handled_by, fresh.about_person, fresh.revision) == (
        world.colleague.person, world.technical_lead.person, 2,
    )  # fmt: skip


def test_another_carrier_sees_nothing(world):
    make.taken_down(world)
    make.suggested(world)
    far = catalogue.far_manager(world)
    assert not Complaint.objects.visible_to(far.actor).exists()
    assert not Suggestion.objects.visible_to(far.actor).exists()
