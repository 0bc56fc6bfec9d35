"""Agreements: prepared, agreed, looked at again, ended at any time; each its own document."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions import agreements as acts
from lotse.casework.actions.consents import withdraw
from lotse.casework.agreement_papers import agreement_paper
from lotse.casework.enums import Act, AgreementEnd, AgreementKind, ConsentState
from lotse.casework.models import Agreement, Consent
from lotse.casework.queries.agreements import my_questions
from lotse.core.errors import NotAllowed
from lotse.documents.rendering import render_pdf
from lotse.partners.models import Partner
from tests.documents.files import PROGRAM, pdf, upload
from tests.documents.reading import words_of
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def draft(world):
    return make.agreement(world)


@pytest.fixture
def in_force(world):
    return make.agreement(world, agreed=True)


@pytest.fixture
def working(world):
    return make.agreement(world, kind=AgreementKind.WORKING, partners=[make.partner(world)])


def agree(world, agreement, **more):
    values = {"on": TODAY(), "language": "de", **more}
    return acts.agree_agreement(by=world.counsellor.actor, agreement=agreement, **values)


def take_part(world, agreement, given=True):
    return acts.record_participation(
        by=world.counsellor.actor, agreement=agreement, given=given, decided_on=TODAY(), language="de", text_version="1",
        form="written",
    )  # fmt: skip


@pytest.mark.rule("CL-02")
def test_nothing_is_agreed_before_counselling_agreement_and_consent(world):
    with pytest.raises(ValidationError, match="Einwilligung"):
        make.agreement(world, make.case(world, consented=False))


def test_agreed_it_holds_until_somebody_ends_it(world, draft):
    found = agree(world, draft, review_on=TODAY() + timedelta(days=90))
    assert (found.is_in_force, found.review_on) == (True, TODAY() + timedelta(days=90))
    with pytest.raises(ValidationError, match="gilt schon"):
        agree(world, draft)
    with pytest.raises(ValidationError, match="gilt schon"):
        acts.change_agreement(by=world.counsellor.actor, agreement=found, goal="anders")

    ended = acts.end_agreement(by=world.counsellor.actor, agreement=found, on=TODAY(), reason=AgreementEnd.CLIENT_WISH)
    assert (ended.is_in_force, ended.end_reason) == (False, "client_wish")
    with pytest.raises(ValidationError, match="nicht mehr"):
        acts.end_agreement(by=world.counsellor.actor, agreement=found, on=TODAY(), reason=AgreementEnd.HOUSE)


def test_dates_are_in_order(world, draft, in_force):
    with pytest.raises(ValidationError, match="Zukunft"):
        agree(world, draft, on=TODAY() + timedelta(days=1))
    with pytest.raises(ValidationError, match="nach der Vereinbarung"):
        agree(world, draft, review_on=TODAY())
    with pytest.raises(ValidationError, match="vor der Vereinbarung"):
        acts.end_agreement(
            by=world.counsellor.actor, agreement=in_force, on=make.days_ago(5), reason=AgreementEnd.HOUSE
        )


def test_a_new_version_replaces_the_former_when_it_is_agreed(world, in_force):
    new = acts.revise_agreement(by=world.counsellor.actor, agreement=in_force)
    assert (new.version, new.goal, new.is_in_force, Agreement.objects.get(pk=in_force.pk).is_in_force) == (
        2, in_force.goal, False, True,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="schon in Vorbereitung"):
        acts.revise_agreement(by=world.counsellor.actor, agreement=in_force)

    agree(world, new)
    former = Agreement.objects.get(pk=in_force.pk)
    assert (former.end_reason, former.ended_on) == ("revised", TODAY())


def test_one_integration_agreement_holds_in_a_case(world, in_force):
    second = make.agreement(world, in_force.case)
    with pytest.raises(ValidationError, match="gilt schon eine Integrationsvereinbarung"):
        agree(world, second)


def test_a_review_is_dated_and_sets_the_next(world, in_force):
    next_one = TODAY() + timedelta(days=60)
    acts.review_agreement(
        by=world.counsellor.actor, agreement=in_force, on=TODAY(), note="Läuft gut.", review_on=next_one
    )
    found = Agreement.objects.get()
    assert (found.review_on, found.reviews.get().note) == (next_one, "Läuft gut.")


def test_reviews_stand_on_heute_a_week_before(world, in_force, login):
    soon = TODAY() + timedelta(days=10)
    acts.review_agreement(by=world.counsellor.actor, agreement=in_force, on=TODAY(), note="Gut.", review_on=soon)
    actor = world.counsellor.actor
    assert my_questions(actor, TODAY()) == []
    assert [(row.what, row.name) for row in my_questions(actor, TODAY() + timedelta(days=3))] == [
        ("agreement", "Mira Özdemir")
    ]
    assert my_questions(world.colleague.actor, soon) == []
    acts.end_agreement(by=actor, agreement=in_force, on=TODAY(), reason=AgreementEnd.FULFILLED)
    assert my_questions(actor, soon) == []


@pytest.mark.parametrize("who", ["colleague", "technical_lead", "outsider"])
def test_nobody_else_agrees_reviews_or_ends(world, draft, in_force, who):
    by = getattr(world, who).actor
    for act in (
        lambda: acts.draft_agreement(by=by, case=draft.case, kind=AgreementKind.INTEGRATION, **make.PARTS),
        lambda: acts.change_agreement(by=by, agreement=draft, goal="x"),
        lambda: acts.agree_agreement(by=by, agreement=draft, on=TODAY(), language="de"),
        lambda: acts.review_agreement(by=by, agreement=in_force, on=TODAY(), note="x"),
        lambda: acts.revise_agreement(by=by, agreement=in_force),
        lambda: acts.end_agreement(by=by, agreement=in_force, on=TODAY(), reason=AgreementEnd.HOUSE),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- with others -----------------------------------------------------------------------------------------------


def test_a_working_agreement_has_a_partner_of_this_house(world):
    with pytest.raises(ValidationError, match="mindestens einen Partner"):
        make.agreement(world, kind=AgreementKind.WORKING)
    foreign = Partner.objects.create(organisation=world.suedstadt, name="Fremd", category="housing")
    with pytest.raises(ValidationError, match="Partner gibt es nicht"):
        make.agreement(world, kind=AgreementKind.WORKING, partners=[foreign])


@pytest.mark.rule("DP-03")
def test_each_partner_takes_part_with_the_persons_consent(world, working):
    with pytest.raises(ValidationError, match="Mieterberatung"):
        agree(world, working)
    take_part(world, working, given=False)
    with pytest.raises(ValidationError, match="Mieterberatung"):
        agree(world, working)
    take_part(world, working)
    assert agree(world, working).is_in_force
    with pytest.raises(ValidationError, match="liegt die Einwilligung schon vor"):
        take_part(world, working)


@pytest.mark.rule("DP-03")
@pytest.mark.parametrize(("consent", "may"), [
    ({}, True), ({"scope": ["contact"]}, False), ({"recipient_id": 8}, False), ({"state": ConsentState.WITHDRAWN}, False),
])  # fmt: skip
def test_taking_part_is_a_consent_of_its_own(consent, may):
    given = {"act": Act.DISCLOSURE, "state": ConsentState.GIVEN, "recipient_id": 7, "scope": ["working_agreement"]}
    assert rules.may_take_part([Consent(**{**given, **consent})], 7) is may


@pytest.mark.rule("DP-12")
@pytest.mark.parametrize(("act", "ended"), [
    (Act.DISCLOSURE, {"working"}), (Act.AGREEMENT, {"working", "integration"}), (Act.RECORDING, {"working", "integration"}),
    (Act.COMPETENCE, set()),
])  # fmt: skip
def test_a_withdrawal_ends_what_stood_on_it(world, in_force, act, ended):
    working = make.agreement(world, in_force.case, kind=AgreementKind.WORKING, partners=[make.partner(world)])
    take_part(world, working)
    agree(world, working)

    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=act), on=TODAY())

    assert set(Agreement.objects.filter(end_reason="withdrawn").values_list("kind", flat=True)) == ended


# --- on paper --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [
    ("de", ["Integrationsvereinbarung", "Das macht die Beratungsstelle", "Kurs suchen"]),
    ("tr", ["Uyum anlaşması", "Das mache ich", "Zum Kurs gehen"]),
    ("ar", ["Integrationsvereinbarung", "Deutsch lernen"]),
])  # fmt: skip
def test_the_paper_says_what_both_sides_do(in_force, language, words):
    printed = words_of(render_pdf(agreement_paper(in_force, language)))
    assert [word for word in words if word not in printed] == []


def test_a_working_agreement_is_signed_by_every_partner(world, working):
    assert "Mieterberatung" in words_of(render_pdf(agreement_paper(working, "de")))


def page(agreement, *more):
    return "/".join([f"/akte/{agreement.client.public_id}/vereinbarungen/{agreement.public_id}", *more, ""])


def test_the_signed_copy_is_filed_read_and_deleted(world, in_force, login):
    web = login(world.counsellor)
    refused = web.post(page(in_force, "blatt"), {"file": upload(PROGRAM, "virus.pdf")})
    assert "kein PDF" in refused.content.decode()
    assert web.post(page(in_force, "blatt"), {"file": upload(pdf("Unterschrift"), "Blatt.pdf")}).status_code == 302
    assert web.get(page(in_force, "blatt", "datei")).content == pdf("Unterschrift")
    assert (
        "schon in der Akte" in web.post(page(in_force, "blatt"), {"file": upload(pdf("2"), "b.pdf")}).content.decode()
    )
    assert login(world.outsider).get(page(in_force, "blatt", "datei")).status_code == 404

    web.post(page(in_force, "blatt", "loeschen"), {"reason": "mistake"})
    assert web.get(page(in_force, "blatt", "datei")).status_code == 404
    assert web.post(page(in_force, "blatt"), {"file": upload(pdf("3"), "c.pdf")}).status_code == 302


def test_a_draft_takes_no_signed_copy(world, draft, login):
    answer = login(world.counsellor).post(page(draft, "blatt"), {"file": upload(pdf("x"), "x.pdf")})
    assert "wann vereinbart" in answer.content.decode()


# --- pages -----------------------------------------------------------------------------------------------------


def test_from_the_first_word_to_the_agreement_in_the_browser(world, login):
    web, client = login(world.counsellor), make.case(world).client
    make.partner(world)
    new = f"/akte/{client.public_id}/vereinbarungen/neu/working/"
    partner = Partner.objects.get()
    answer = web.post(new, {**make.PARTS, "partners": [partner.public_id], "others_part": "Vermieter anrufen"})
    found = Agreement.objects.get()
    assert answer["Location"] == page(found)
    assert "Einwilligung festhalten" in web.get(page(found)).content.decode()

    decision = {"given": "yes", "decided_on": f"{TODAY()}", "language": "de", "form": "written"}
    web.post(page(found, "beteiligte"), decision)
    web.post(page(found, "schliessen"), {"on": f"{TODAY()}", "language": "tr", "revision": "1"})
    assert Agreement.objects.get().is_in_force


def test_two_people_agree_at_once_and_the_second_is_told(world, draft):
    acts.change_agreement(by=world.counsellor.actor, agreement=draft, goal="Neu", revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        agree(world, draft, revision=1)


def test_an_unknown_kind_is_not_found(world, login):
    client = make.case(world).client
    assert login(world.counsellor).get(f"/akte/{client.public_id}/vereinbarungen/neu/gibtesnicht/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_agreements_does_not_grow(world, login, django_assert_num_queries, count):
    case = make.case(world)
    for _ in range(count):
        make.agreement(world, case)
    web = login(world.counsellor)
    address = f"/akte/{case.client.public_id}/vereinbarungen/"
    web.get(address)
    with django_assert_num_queries(7):
        web.get(address)
