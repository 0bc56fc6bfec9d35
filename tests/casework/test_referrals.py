"""A client is referred to a partner: agreed first, answered by the partner, ended by a withdrawal."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions import referral_answers as answers
from lotse.casework.actions import referrals as acts
from lotse.casework.actions.consents import record_decision, request_consent, withdraw
from lotse.casework.actions.handovers import offer_handover
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.referral_answers import Addressee
from lotse.casework.enums import Act, ConsentState, DeclineReason, ReferralState
from lotse.casework.models import Client, Consent, Handover, Referral, ReferralQuestion
from lotse.casework.queries.referrals import expired_referrals_exist, my_referrals_to_do
from lotse.casework.referral_content import sections_of, stored_sections
from lotse.casework.states import REFERRAL
from lotse.core.errors import NotAllowed
from lotse.correspondence.links import LinkInvalid
from lotse.correspondence.models import OutgoingMail, SignedLink
from lotse.organisations.actor import SystemActor
from lotse.partners.models import Partner
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def draft(world):
    return make.referral(world)


@pytest.fixture
def sent(world, draft):
    return make.sent(world, draft)


@pytest.fixture
def partner(sent):
    return Addressee.of(sent.partner)


@pytest.fixture
def seen(world, sent, partner):
    code = acts.make_code(by=world.counsellor.actor, referral=sent)
    assert answers.try_code(by=partner, referral=sent, code=code)
    return Referral.objects.get()


def accept(partner, referral, **more):
    return answers.accept_referral(by=partner, referral=referral, name="Frau Wolf", **more)


def decline(partner, referral, **more):
    values = {"name": "Frau Wolf", "reason": DeclineReason.NO_CAPACITY, **more}
    return answers.decline_referral(by=partner, referral=referral, **values)


def state():
    return Referral.objects.get().state


# --- the life of a referral ------------------------------------------------------------------------------------


def test_a_referral_goes_from_draft_to_one_of_four_ends():
    s = ReferralState
    ends = {s.ACCEPTED, s.DECLINED, s.EXPIRED, s.CANCELLED}
    begun = {s.DRAFT: {s.SENT, s.CANCELLED}, s.SENT: {s.SEEN, s.EXPIRED, s.CANCELLED}, s.SEEN: ends}
    assert begun | dict.fromkeys(ends, frozenset()) == REFERRAL


@pytest.mark.rule("CL-07")
def test_a_referral_names_partner_purpose_and_what_is_told(world, draft):
    found = Referral.objects.get()
    assert (found.partner.name, found.purpose, found.sections) == (
        "Mieterberatung",
        make.PURPOSE,
        ["contact", "concern"],
    )
    assert found.case == found.client.cases.get()


@pytest.mark.rule("CL-02")
def test_nobody_is_referred_before_agreement_and_consent(world):
    client = make.case(world, consented=False).client
    with pytest.raises(ValidationError, match="Einwilligung"):
        make.referral(world, client=client, agreed=False)


def test_without_an_open_case_nobody_is_referred(world):
    client = make.decide(world, make.person(world))
    with pytest.raises(ValidationError, match="offenen Fall"):
        make.referral(world, client=client, agreed=False)


@pytest.mark.parametrize("sections", [[], ["part_a.health"], ["gibtesnicht"], ["contact", "goals"]])
def test_only_what_is_there_and_open_can_be_chosen(world, sections):
    with pytest.raises(ValidationError):
        make.referral(world, agreed=False, sections=sections)
    assert not Referral.objects.exists()


def test_a_partner_of_another_house_is_none(world):
    foreign = Partner.objects.create(organisation=world.suedstadt, name="Fremd", category="housing")
    with pytest.raises(ValidationError, match="Partner gibt es nicht"):
        make.referral(world, to=foreign)


@pytest.mark.parametrize("who", ["colleague", "technical_lead", "outsider", "sysadmin"])
def test_nobody_else_refers_sends_or_makes_a_code(world, draft, who):
    by = getattr(world, who).actor
    for act in (
        lambda: acts.draft_referral(
            by=by, client=draft.client, partner=draft.partner, purpose="x", sections=["contact"]
        ),
        lambda: acts.change_referral(by=by, referral=draft, purpose="x"),
        lambda: acts.send_referral(by=by, referral=draft, recipient="post@mieter.example"),
        lambda: acts.make_code(by=by, referral=draft),
        lambda: acts.cancel_referral(by=by, referral=draft),
        lambda: acts.follow_up(by=by, referral=draft, remind_on=None),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- the consent to exactly this -------------------------------------------------------------------------------


@pytest.mark.rule("DP-03")
def test_without_consent_nothing_is_sent_and_the_way_out_is_said(world):
    draft = make.referral(world, agreed=False)
    with pytest.raises(ValidationError, match="zuerst ihre Einwilligung"):
        make.sent(world, draft)
    assert (state(), OutgoingMail.objects.count()) == ("draft", 0)


@pytest.mark.rule("DP-03")
def test_a_refused_consent_sends_nothing(world):
    draft = make.referral(world, agreed=False)
    make.disclose(world, draft, given=False)
    with pytest.raises(ValidationError, match="zuerst ihre Einwilligung"):
        make.sent(world, draft)


@pytest.mark.rule("DP-03")
@pytest.mark.parametrize(
    "change", [{"purpose": "Etwas anderes"}, {"sections": ["contact", "goals"]}, {"partner": "other"}]
)
def test_a_change_asks_for_the_consent_again(world, draft, change):
    make.goal(world, make.plan(world, of=draft.client.cases.get()))
    if "partner" in change:
        change = {"partner": make.partner(world, name="Schuldnerberatung")}
    changed = acts.change_referral(by=world.counsellor.actor, referral=draft, **change)
    assert acts.covering_consent(changed) is None


def test_telling_less_than_agreed_needs_no_new_consent(world, draft):
    changed = acts.change_referral(by=world.counsellor.actor, referral=draft, sections=["contact"])
    assert acts.covering_consent(changed) == Consent.objects.get(act=Act.DISCLOSURE)


@pytest.mark.rule("DP-03")
@pytest.mark.parametrize(("consent", "covered"), [
    ({}, True), ({"recipient_id": 8}, False), ({"purpose": "anderes"}, False), ({"scope": ["contact"]}, False),
    ({"scope": []}, False), ({"scope": ["goals", "concern", "contact"]}, True), ({"state": ConsentState.WITHDRAWN}, False),
    ({"act": Act.RECORDING}, False),
])  # fmt: skip
def test_a_disclosure_covers_what_it_names(consent, covered):
    given = {"act": Act.DISCLOSURE, "state": ConsentState.GIVEN, "recipient_id": 7, "purpose": "Wohnung"}
    referral = Referral(partner_id=7, purpose="Wohnung", sections=["contact", "concern"])
    assert rules.covers_referral(Consent(**{**given, "scope": ["contact", "concern"], **consent}), referral) is covered


@pytest.mark.rule("DP-03")
def test_a_question_to_another_recipient_is_not_answered_by_this_one(world, draft):
    other = make.partner(world, name="Schuldnerberatung")
    request_consent(
        by=world.counsellor.actor, client=draft.client, act=Act.DISCLOSURE, requested_on=TODAY(), language="de",
        text_version="1", recipient=other, purpose="Schulden",
    )  # fmt: skip
    make.disclose(world, draft)
    assert Consent.objects.get(recipient=other).state == ConsentState.REQUESTED


@pytest.mark.rule("DP-03")
def test_database_knows_no_referral_sent_without_consent(world, sent):
    with pytest.raises(IntegrityError, match="referral_sent_with_consent"), transaction.atomic():
        Referral.objects.update(consent=None)


# --- what is told ----------------------------------------------------------------------------------------------


@pytest.fixture
def whole_file(world):
    """A file with something in every kind of section."""
    case = make.case(world, client=make.person(world, phone="0711 999"))
    make.goal(world, make.plan(world, of=case))
    make.decide(world, case.client, Act.HEALTH)
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="occupation", given={"occupation": "Köchin"})
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="health", given={"disability": True})
    return Client.objects.get()


def test_exactly_the_chosen_sections_leave_the_house(world, whole_file):
    sent = make.sent(world, client=whole_file, sections=["contact", "part_a.occupation"])
    told = stored_sections(sent.content)
    assert [section.key for section in told] == ["contact", "part_a.occupation"]
    assert told[1].rows == (("Beruf", "Köchin"),)


def test_what_was_told_stays_as_it_was_told(world, whole_file):
    sent = make.sent(world, client=whole_file, sections=["part_a.occupation"])
    save_chapter(by=world.counsellor.actor, case=sent.case, chapter_key="occupation", given={"occupation": "Ärztin"})
    assert stored_sections(Referral.objects.get().content)[0].rows == (("Beruf", "Köchin"),)


@pytest.mark.rule("DP-11")
def test_health_is_told_only_with_its_own_consent(world, whole_file):
    assert "part_a.health" in [section.key for section in sections_of(whole_file)]
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.HEALTH), on=TODAY())
    assert "part_a.health" not in [section.key for section in sections_of(Client.objects.get())]


@pytest.mark.rule("DP-11")
@pytest.mark.parametrize(("dates", "open_ones"), [
    ({}, ["contact"]), ({"competence_on": 1}, ["contact", "part_a.work"]), ({"health_on": 1}, ["contact"]),
    ({"competence_on": 1, "health_on": 1}, ["contact", "part_a.work", "part_a.health"]),
    ({"competence_on": 1, "health_on": 1, "restricted_on": 1}, []),
])  # fmt: skip
def test_a_section_is_open_to_others_as_within_the_house(dates, open_ones):
    client = Client(agreement_on=TODAY(), recording_on=TODAY(), **dict.fromkeys(dates, TODAY()))
    asked = ("contact", "part_a.work", "part_a.health")
    assert [section for section in asked if rules.section_is_open(client, section)] == open_ones


# --- mail, link and code ---------------------------------------------------------------------------------------


def test_the_mail_names_nobody(world, sent):
    mail = OutgoingMail.objects.get(letter="casework.referral")
    assert (mail.recipient, mail.subject) == ("post@mieter.example", "Anfrage einer Beratungsstelle")
    assert sent.client.last_name not in mail.body
    assert str(sent.client.number) not in mail.body.split("?t=")[0]


@pytest.mark.rule("RF-01")
def test_neither_token_nor_code_is_stored(world, sent):
    code = acts.make_code(by=world.counsellor.actor, referral=sent)
    found = Referral.objects.get()
    assert code not in found.code_hash
    assert make.token_in_mail() not in str(SignedLink.objects.values_list().get())
    assert timedelta(days=13) < found.link.valid_until - timezone.now() <= timedelta(days=14)


@pytest.mark.rule("RF-01")
def test_before_a_code_was_made_no_code_opens(world, sent, partner):
    assert [answers.try_code(by=partner, referral=sent, code=code) for code in ("", "00000000")] == [False, False]
    assert Referral.objects.get().wrong_codes == 0


def test_the_first_look_is_noted_once(world, seen, partner):
    first = seen.seen_at
    code = acts.make_code(by=world.counsellor.actor, referral=seen)
    answers.try_code(by=partner, referral=seen, code=code)
    assert (state(), Referral.objects.get().seen_at) == ("seen", first)


@pytest.mark.rule("RF-03")
def test_five_wrong_codes_lock_the_link_even_for_the_right_one(world, sent, partner, mailoutbox):
    code = acts.make_code(by=world.counsellor.actor, referral=sent)
    tries = [answers.try_code(by=partner, referral=sent, code="1") for _ in range(6)]

    assert tries == [False] * 6
    assert not answers.try_code(by=partner, referral=sent, code=code)
    found = Referral.objects.get()
    assert (found.wrong_codes, found.remind_on, found.state) == (5, TODAY(), "sent")


@pytest.mark.rule("RF-03")
@pytest.mark.parametrize(("tries", "locked"), [(0, False), (4, False), (5, True)])
def test_the_fifth_wrong_code_locks(tries, locked):
    assert rules.code_is_locked(Referral(wrong_codes=tries)) is locked


@pytest.mark.rule("RF-03")
def test_a_right_code_forgets_the_wrong_ones(world, sent, partner):
    code = acts.make_code(by=world.counsellor.actor, referral=sent)
    for guess in ("1", "2", "3", "4", code):
        answers.try_code(by=partner, referral=sent, code=guess)
    assert (state(), Referral.objects.get().wrong_codes) == ("seen", 0)


@pytest.mark.rule("RF-03")
def test_a_new_code_unlocks_and_ends_the_former(world, sent, partner):
    first = acts.make_code(by=world.counsellor.actor, referral=sent)
    for _ in range(5):
        answers.try_code(by=partner, referral=sent, code="1")
    second = acts.make_code(by=world.counsellor.actor, referral=sent)
    assert first != second
    assert [answers.try_code(by=partner, referral=sent, code=code) for code in (first, second)] == [False, True]


def test_a_new_mail_ends_the_former_link_and_its_code(world, sent, partner):
    code = acts.make_code(by=world.counsellor.actor, referral=sent)
    former = sent.link
    acts.renew_link(by=world.counsellor.actor, referral=sent, recipient="neu@mieter.example")
    found = Referral.objects.get()
    assert (found.recipient, found.code_hash) == ("neu@mieter.example", "")
    assert SignedLink.objects.get(pk=former.pk).revoked_at is not None
    assert not answers.try_code(by=partner, referral=sent, code=code)


# --- answers ---------------------------------------------------------------------------------------------------


def test_accepted_with_a_first_appointment(world, seen, partner, mailoutbox, django_capture_on_commit_callbacks):
    when = timezone.now() + timedelta(days=3)
    with django_capture_on_commit_callbacks(execute=True):
        accept(partner, seen, appointment_at=when, place="Marktplatz 1")
    found = Referral.objects.get()
    assert (found.state, found.answered_by, found.appointment_at, found.appointment_place) == (
        "accepted", "Frau Wolf", when, "Marktplatz 1",
    )  # fmt: skip
    assert [(mail.to, seen.client.last_name in mail.body) for mail in mailoutbox] == [
        (["counsellor@lotse.example"], False)
    ]


def test_an_appointment_in_the_past_is_refused(world, seen, partner):
    with pytest.raises(ValidationError, match="Vergangenheit"):
        accept(partner, seen, appointment_at=timezone.now() - timedelta(hours=1))


def test_declined_with_reason_closes_the_link(world, seen, partner):
    decline(partner, seen, note="Warteliste bis März.")
    found = Referral.objects.get()
    assert (found.state, found.decline_reason, found.answer_note) == ("declined", "no_capacity", "Warteliste bis März.")
    assert not rules.is_open_to_partner(found)


@pytest.mark.parametrize("second", [accept, decline])
@pytest.mark.parametrize("first", [accept, decline])
def test_an_answer_is_given_once(world, seen, partner, first, second):
    first(partner, seen)
    with pytest.raises((ValidationError, LinkInvalid)):
        second(partner, seen)


def test_nobody_answers_before_the_code(world, sent, partner):
    with pytest.raises(ValidationError):
        accept(partner, sent)
    assert state() == "sent"


def test_a_question_waits_for_the_counsellor_and_is_answered_on_the_same_page(world, seen, partner):
    question = answers.ask_back(by=partner, referral=seen, name="Frau Wolf", text="Wie viele Kinder?")
    assert [row.public_id for row in my_referrals_to_do(world.counsellor.actor, TODAY())] == [seen.public_id]
    with pytest.raises(ValidationError, match="schon da"):
        answers.ask_back(by=partner, referral=seen, name="Frau Wolf", text="Und wie alt?")

    acts.answer_question(by=world.counsellor.actor, question=question, reply="Zwei.")
    assert ReferralQuestion.objects.get().reply == "Zwei."
    assert my_referrals_to_do(world.counsellor.actor, TODAY()) == []
    with pytest.raises(ValidationError, match="schon beantwortet"):
        acts.answer_question(by=world.counsellor.actor, question=question, reply="Drei.")


# --- silence ---------------------------------------------------------------------------------------------------


def test_silence_becomes_a_task_after_five_days(world, sent):
    actor = world.counsellor.actor
    assert my_referrals_to_do(actor, TODAY() + timedelta(days=4)) == []
    assert my_referrals_to_do(actor, TODAY() + timedelta(days=5)) == [sent]
    assert my_referrals_to_do(world.colleague.actor, TODAY() + timedelta(days=5)) == []


@pytest.mark.parametrize(("until", "left"), [(None, 0), (timedelta(days=9), 1)])
def test_followed_up_it_leaves_the_list_for_a_while_or_for_good(world, sent, until, left):
    day = TODAY() + until if until else None
    acts.follow_up(by=world.counsellor.actor, referral=sent, remind_on=day)
    assert my_referrals_to_do(world.counsellor.actor, TODAY() + timedelta(days=5)) == []
    assert len(my_referrals_to_do(world.counsellor.actor, TODAY() + timedelta(days=9))) == left


def expire():
    SignedLink.objects.update(created_at=timezone.now() - timedelta(days=20), valid_until=timezone.now())


def test_after_two_weeks_it_expires_and_the_counsellor_is_told(world, sent):
    assert not expired_referrals_exist()
    expire()
    assert expired_referrals_exist()
    assert answers.expire_referrals(by=SystemActor("Fristende")) == 1
    assert (state(), [row.state for row in my_referrals_to_do(world.counsellor.actor, TODAY())]) == (
        "expired",
        ["expired"],
    )
    assert not expired_referrals_exist()


@pytest.mark.rule("RF-02")
def test_an_expired_link_takes_neither_code_nor_answer(world, seen, partner):
    expire()
    for act in (lambda: answers.try_code(by=partner, referral=seen, code="1"), lambda: accept(partner, seen)):
        with pytest.raises(LinkInvalid):
            act()


# --- withdrawal ------------------------------------------------------------------------------------------------


def take_back(world, act):
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=act), on=TODAY())


@pytest.mark.rule("RF-02")
@pytest.mark.parametrize("act", [Act.DISCLOSURE, Act.RECORDING])
def test_a_withdrawal_closes_the_link_at_once(world, seen, partner, act):
    take_back(world, act)
    found = Referral.objects.get()
    assert (found.state, found.code_hash, found.link.revoked_at is None) == ("cancelled", "", False)
    with pytest.raises(LinkInvalid):
        accept(partner, seen)


@pytest.mark.rule("RF-02")
def test_an_answered_referral_keeps_its_answer_and_loses_its_link(world, seen, partner):
    accept(partner, seen)
    take_back(world, Act.DISCLOSURE)
    found = Referral.objects.get()
    assert (found.state, found.remind_on, rules.is_open_to_partner(found)) == ("accepted", None, False)


@pytest.mark.rule("DP-11")
def test_withdrawn_health_closes_a_link_that_told_of_it_and_no_other(world, whole_file):
    with_health = make.sent(world, client=whole_file, sections=["part_a.health"])
    without = make.sent(
        world, make.referral(world, client=whole_file, sections=["contact"], to=make.partner(world, name="Kita"))
    )
    take_back(world, Act.HEALTH)
    states = [Referral.objects.get(pk=row.pk).state for row in (with_health, without)]
    assert states == ["cancelled", "sent"]


def test_a_draft_survives_and_asks_for_consent_again(world, draft):
    take_back(world, Act.DISCLOSURE)
    assert state() == "draft"
    with pytest.raises(ValidationError, match="zuerst ihre Einwilligung"):
        make.sent(world, draft)


@pytest.mark.rule("DP-12")
def test_a_withdrawal_ends_an_offered_handover_and_the_file_stays(world, draft):
    offer_handover(
        by=world.counsellor.actor, client=draft.client, to=world.colleague.person, reason="staff_change", on=TODAY(),
        client_present=True,
    )  # fmt: skip
    take_back(world, Act.RECORDING)
    assert Handover.objects.get().state == "withdrawn"
    assert Client.objects.get().responsible_id == world.counsellor.person.pk


@pytest.mark.rule("RF-02")
@pytest.mark.parametrize(("change", "is_open"), [
    ({}, True), ({"state": "seen"}, True), ({"state": "accepted"}, True), ({"state": "draft"}, False),
    ({"state": "declined"}, False), ({"state": "expired"}, False), ({"state": "cancelled"}, False), ({"link": None}, False),
    ({"consent": None}, False), ({"consent": Consent(state="withdrawn")}, False),
    ({"client": Client(restricted_on=TODAY())}, False),
    ({"link": SignedLink(valid_until=timezone.now() - timedelta(minutes=1))}, False),
    ({"link": SignedLink(valid_until=timezone.now() + timedelta(days=1), revoked_at=timezone.now())}, False),
])  # fmt: skip
def test_a_partner_reads_while_everything_holds(change, is_open):
    link = SignedLink(valid_until=timezone.now() + timedelta(days=1))
    values = {"state": "sent", "link": link, "consent": Consent(state="given"), "client": Client(), **change}
    assert rules.is_open_to_partner(Referral(**values)) is is_open


def test_cancelled_by_the_counsellor_it_is_closed(world, seen, partner):
    acts.cancel_referral(by=world.counsellor.actor, referral=seen)
    assert state() == "cancelled"
    with pytest.raises(LinkInvalid):
        accept(partner, seen)
    with pytest.raises(ValidationError, match="nicht mehr offen"):
        acts.cancel_referral(by=world.counsellor.actor, referral=seen)


# --- log -------------------------------------------------------------------------------------------------------


def test_the_log_of_the_file_knows_who_tried_and_answered(world, seen, partner):
    answers.try_code(by=partner, referral=seen, code="falsch")
    decline(partner, seen)
    told = Event.objects.filter(file_ref=seen.client.public_id, actor_ref=seen.partner.public_id).order_by("id")
    assert [(e.key, e.details.get("right")) for e in told] == [
        ("referral.code_tried", True), ("referral.code_tried", False), ("referral.declined", None),
    ]  # fmt: skip
    assert {e.actor_label for e in told} == {"Mieterberatung (über den Link)"}


def test_the_same_act_may_be_asked_of_two_recipients(world, draft):
    record = {"decided_on": TODAY(), "language": "de", "text_version": "1", "form": "written", "scope": ["contact"]}
    other = make.partner(world, name="Schuldnerberatung")
    record_decision(
        by=world.counsellor.actor, client=draft.client, act=Act.DISCLOSURE, given=True, recipient=other, **record
    )
    assert Consent.objects.filter(act=Act.DISCLOSURE, state="given").count() == 2
