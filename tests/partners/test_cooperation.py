"""What is agreed with a partner: prepared by one, signed by who represents the carrier, looked at again, ended any time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions import courses
from lotse.casework.queries.courses import courses_of
from lotse.core.errors import NotAllowed
from lotse.documents.rendering import render_pdf
from lotse.organisations.ties import ties_of
from lotse.partners import rules
from lotse.partners.actions import cooperation as acts
from lotse.partners.enums import CooperationEnd, CooperationKind, CooperationState
from lotse.partners.models import CooperationAgreement, Partner
from lotse.partners.papers import TO_CHECK, cooperation_paper
from lotse.partners.patterns import pattern
from lotse.partners.queries.cooperation import agreed_providers, my_cooperations, providers_without_agreement
from tests.documents.files import pdf, upload
from tests.factories import casework as make
from tests.factories import cooperation
from tests.factories.casework import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def draft(world):
    return cooperation.agreed(world, signed=False)


@pytest.fixture
def in_force(world):
    return cooperation.agreed(world)


def state(agreement, day=None):
    agreement.refresh_from_db()
    return agreement.state_on(day or timezone.localdate())


def url(agreement, rest=""):
    return f"/partner/{agreement.partner.public_id}/vereinbarungen/{agreement.public_id}/{rest}"


def sign(world, agreement, persona="carrier_manager", on=None):
    on = on or days_ago(1)
    by = world.personas[persona].actor
    return acts.sign_cooperation(by=by, agreement=agreement, on=on, partner_signer="Frau Wolf", partner_signed_on=on)


# The way of an agreement


@pytest.mark.rule("QM-05")
def test_an_agreement_goes_from_draft_over_check_and_signature_into_force(world, by, draft):
    states = [state(draft)]
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    states.append(state(draft))
    sign(world, draft)
    states.append(state(draft))

    S = CooperationState
    assert states == [S.DRAFT, S.CHECKED, S.IN_FORCE]
    assert (draft.signed_by, draft.partner_signer) == (world.carrier_manager.person, "Frau Wolf")
    assert list(Event.objects.filter(object_ref=draft.public_id).order_by("id").values_list("key", flat=True)) == [
        "cooperation.drafted", "cooperation.checked", "cooperation.signed",
    ]  # fmt: skip


def test_state_follows_from_the_days(world):
    coming = cooperation.agreed(world, valid_from=days_ago(-10))
    over = cooperation.agreed(world, valid_to=days_ago(1))
    last_day = cooperation.agreed(world, valid_to=days_ago(0))
    assert [state(row) for row in (coming, over, last_day)] == [
        CooperationState.COMING, CooperationState.EXPIRED, CooperationState.IN_FORCE,
    ]  # fmt: skip


@pytest.mark.rule("QM-05")
def test_nobody_signs_before_the_contract_was_checked(world, draft):
    with pytest.raises(ValidationError, match="Zuerst wird der Vertrag geprüft"):
        sign(world, draft)
    assert state(draft) == CooperationState.DRAFT


@pytest.mark.rule("QM-05")
def test_an_agreement_is_signed_once(world, in_force):
    with pytest.raises(ValidationError, match="einmal unterschrieben"):
        sign(world, in_force)


@pytest.mark.rule("QM-05")
@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "sysadmin", "outsider", "coordinator"])
def test_only_who_represents_the_carrier_signs(world, by, draft, persona):
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    with pytest.raises(NotAllowed, match="Geschäftsführung"):
        sign(world, draft, persona)
    assert state(draft) == CooperationState.CHECKED


@pytest.mark.rule("QM-05")
def test_management_of_another_carrier_does_not_sign(world, draft):
    from dataclasses import replace

    stranger = replace(world.carrier_manager.actor, organisation_id=world.suedstadt.pk)
    assert (
        rules.signs(stranger, draft.organisation_id),
        rules.signs(world.carrier_manager.actor, draft.organisation_id),
    ) == (False, True)


@pytest.mark.rule("QM-05")
@pytest.mark.parametrize("persona", ["carrier_manager", "sysadmin", "outsider", "coordinator", "dpo"])
def test_who_does_not_look_after_these_partners_prepares_nothing(world, draft, persona):
    actor = world.personas[persona].actor
    for act in (
        lambda: cooperation.agreed(world, by=actor, signed=False),
        lambda: acts.change_cooperation(by=actor, agreement=draft, subject="x"),
        lambda: acts.check_cooperation(by=actor, agreement=draft, checked_by="x", on=days_ago(1)),
        lambda: acts.drop_cooperation(by=actor, agreement=draft),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert CooperationAgreement.objects.get().subject == draft.subject


@pytest.mark.rule("QM-05")
def test_partners_are_looked_at_by_who_keeps_them_and_who_signs(world):
    seen = {name: rules.looks(persona.actor) for name, persona in world.personas.items() if persona.person}
    assert {name for name, may in seen.items() if may} == {
        "counsellor", "colleague", "technical_lead", "carrier_manager", "specialist", "coordinator", "outsider",
    }  # fmt: skip


@pytest.mark.rule("QM-05")
def test_changed_words_are_checked_again(world, by, draft):
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    acts.change_cooperation(by=by, agreement=draft, subject=draft.subject)
    kept = state(draft)
    acts.change_cooperation(by=by, agreement=draft, our_part="Mehr Stunden")
    assert (kept, state(draft), draft.checked_by) == (CooperationState.CHECKED, CooperationState.DRAFT, "")


def test_a_signed_agreement_is_not_changed_but_revised(world, by, in_force):
    for act in (
        lambda: acts.change_cooperation(by=by, agreement=in_force, subject="Neu"),
        lambda: acts.check_cooperation(by=by, agreement=in_force, checked_by="x", on=days_ago(1)),
        lambda: acts.drop_cooperation(by=by, agreement=in_force),
    ):
        with pytest.raises(ValidationError, match="schon unterschrieben"):
            act()

    new = acts.revise_cooperation(by=by, agreement=in_force)

    assert (new.version, new.subject, new.our_part, new.replaces, state(in_force)) == (
        2, in_force.subject, in_force.our_part, in_force, CooperationState.IN_FORCE,
    )  # fmt: skip
    cooperation.signed_by_both(world, new, on=days_ago(0))
    assert (state(new), state(in_force), in_force.end_reason, in_force.ended_on) == (
        CooperationState.IN_FORCE, CooperationState.ENDED, CooperationEnd.REVISED, days_ago(0),
    )  # fmt: skip


def test_a_new_version_is_begun_once(by, in_force):
    acts.revise_cooperation(by=by, agreement=in_force)
    with pytest.raises(ValidationError, match="schon in Vorbereitung"):
        acts.revise_cooperation(by=by, agreement=in_force)


def test_a_new_version_does_not_end_before_it_begins(world, by):
    old = cooperation.agreed(world, valid_to=days_ago(1))
    assert acts.revise_cooperation(by=by, agreement=old).valid_to is None


def test_an_agreement_ends_any_time_with_a_reason(by, in_force):
    acts.end_cooperation(
        by=by, agreement=in_force, on=days_ago(0), reason=CooperationEnd.PARTNER, note="Kein Kurs mehr"
    )
    assert (state(in_force), in_force.end_note) == (CooperationState.ENDED, "Kein Kurs mehr")
    for act in (
        lambda: acts.end_cooperation(by=by, agreement=in_force, on=days_ago(0), reason=CooperationEnd.DONE),
        lambda: acts.review_cooperation(by=by, agreement=in_force, on=days_ago(0)),
        lambda: acts.revise_cooperation(by=by, agreement=in_force),
    ):
        with pytest.raises(ValidationError, match="schon beendet"):
            act()


@pytest.mark.rule("DA-01")
def test_what_has_happened_with_an_agreement_has_no_date_in_the_future(world, by, draft):
    soon = days_ago(-1)
    with pytest.raises(ValidationError, match="Zukunft"):
        acts.check_cooperation(by=by, agreement=draft, checked_by="x", on=soon)
    acts.check_cooperation(by=by, agreement=draft, checked_by="x", on=days_ago(1))
    with pytest.raises(ValidationError, match="Zukunft"):
        sign(world, draft, on=soon)


def test_a_draft_can_be_dropped(by, draft):
    acts.drop_cooperation(by=by, agreement=draft)
    assert (CooperationAgreement.objects.count(), Event.objects.filter(key="cooperation.dropped").count()) == (0, 1)


def test_two_at_once_do_not_overwrite_each_other(by, draft):
    acts.change_cooperation(by=by, agreement=draft, revision=1, subject="Erste")
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.change_cooperation(by=by, agreement=draft, revision=1, subject="Zweite")
    draft.refresh_from_db()
    assert draft.subject == "Erste"


def test_nobody_from_elsewhere_is_responsible(world, by, draft):
    with pytest.raises(ValidationError, match="eigenen Haus"):
        cooperation.agreed(world, signed=False, responsible=world.outsider.person)
    with pytest.raises(ValidationError, match="eigenen Haus"):
        acts.change_cooperation(by=by, agreement=draft, responsible=world.outsider.person)


# The signed sheet


def test_the_signed_sheet_is_kept_as_proof_and_its_clock_runs_from_the_end(world, by, in_force, login):
    web = login(world.counsellor)
    web.post(url(in_force, "ablegen/"), {"file": upload(pdf("Vertrag"), "vertrag.pdf")})
    in_force.refresh_from_db()
    kept = in_force.scan
    assert (kept.compartment, kept.retention_class, kept.keep_until) == ("evidence", "evidence", None)
    assert web.get(url(in_force, "unterschrieben/")).content == pdf("Vertrag")

    acts.end_cooperation(by=by, agreement=in_force, on=days_ago(0), reason=CooperationEnd.DONE)
    kept.refresh_from_db()
    assert kept.keep_until.year == days_ago(0).year + 10

    web.post(url(in_force, "loeschen/"), {"reason": "mistake"})
    assert (web.get(url(in_force, "unterschrieben/")).status_code, web.get(url(in_force)).status_code) == (404, 200)


def test_only_a_signed_agreement_has_a_signed_sheet(world, by, draft, login):
    page = login(world.counsellor).post(url(draft, "ablegen/"), {"file": upload(pdf("x"), "x.pdf")})
    assert "Bitte zuerst festhalten, wer wann unterschrieben hat." in page.content.decode()
    with pytest.raises(ValidationError, match="kein Blatt"):
        acts.delete_cooperation_scan(by=by, agreement=draft, reason="mistake")


# The paper


def test_the_paper_is_marked_as_an_example_until_it_was_checked(by, draft):
    first = cooperation_paper(draft)
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    draft.refresh_from_db()
    later = cooperation_paper(draft)

    assert (first.watermark, later.watermark) == ("Muster", "")
    assert [TO_CHECK in str(paper.blocks) for paper in (first, later)] == [True, False]
    assert render_pdf(first).startswith(b"%PDF")


def test_a_new_agreement_starts_from_the_organisations_own_pattern(world):
    start = {kind: pattern(world.nordstadt.pk, kind) for kind in CooperationKind}
    assert {kind: found["subject"] for kind, found in start.items()} == {
        CooperationKind.COURSE: "Sozialpädagogische Begleitung rund um den Integrationskurs",
        CooperationKind.OPENING: "Interkulturelle Öffnung der Einrichtung",
        CooperationKind.MEASURE: "",
    }
    assert "eingewilligt" in start[CooperationKind.COURSE]["at_risk"]


# Providers without an agreement


@pytest.mark.rule("CL-22")
def test_a_course_with_a_provider_without_agreement_is_pointed_out_and_goes_on(world, by, login):
    course = make.course(world, starts_on=days_ago(60), ends_on=days_ago(-60))
    shown = login(world.counsellor).get(f"/akte/{course.client.public_id}/kurse/").content.decode()
    assert ("keine gültige Vereinbarung" in shown, "Mi 2.3 a)" in shown) == (True, True)

    courses.begin_course(by=by, course=course, on=days_ago(50))
    cooperation.agreed(world, to=course.provider)
    (card,) = courses_of(course.client, days_ago(0))
    assert (card.course.phase, card.lacks_agreement) == ("during", False)


@pytest.mark.rule("CL-22")
def test_after_a_course_no_agreement_is_missed(world, by):
    course = make.course(world, starts_on=days_ago(60), ends_on=days_ago(10))
    courses.begin_course(by=by, course=course, on=days_ago(50))
    (during,) = courses_of(course.client, days_ago(0))
    courses.finish_course(by=by, course=course, on=days_ago(1))
    (after,) = courses_of(course.client, days_ago(0))
    assert (during.lacks_agreement, after.lacks_agreement) == (True, False)


@pytest.mark.rule("CL-22")
def test_only_an_agreement_about_courses_in_force_counts(world, by):
    today, provider = days_ago(0), make.provider(world)
    found = []
    for more in (
        {"kind": CooperationKind.OPENING},
        {"signed": False},
        {"valid_from": days_ago(-1)},
        {"valid_to": days_ago(1)},
    ):
        cooperation.agreed(world, **more)
        found.append(agreed_providers({provider.pk}, today))
    ended = cooperation.agreed(world)
    found.append(agreed_providers({provider.pk}, today))
    acts.end_cooperation(by=by, agreement=ended, on=today, reason=CooperationEnd.DONE)
    found.append(agreed_providers({provider.pk}, today))
    assert found == [set(), set(), set(), set(), {provider.pk}, set()]


@pytest.mark.rule("CL-22")
def test_providers_without_agreement_are_listed_for_who_may_make_one(world, by, login):
    without, agreed = make.provider(world), make.provider(world, "Sprachschule Süd")
    make.partner(world)
    Partner.objects.create(organisation=world.suedstadt, name="Fremde Schule", category="course_provider")
    Partner.objects.create(
        organisation=world.nordstadt, name="Früher", category="course_provider", ended_on=days_ago(1)
    )
    cooperation.agreed(world, to=agreed)

    assert list(providers_without_agreement(by, days_ago(0))) == [without]
    web = login(world.counsellor)
    assert "Mit einem Kursträger ist nichts vereinbart." in web.get("/partner/").content.decode()
    listed = web.get("/partner/?nur=ohne-vereinbarung").content.decode()
    assert [name in listed for name in ("Sprachschule Nord", "Sprachschule Süd", "Mieterberatung")] == [
        True,
        False,
        False,
    ]


@pytest.mark.rule("CL-22")
@pytest.mark.parametrize(("category", "is_agreed", "lacks"), [
    ("course_provider", False, True), ("course_provider", True, False), ("housing", False, False),
])  # fmt: skip
def test_a_course_provider_without_agreement_lacks_one(category, is_agreed, lacks):
    assert rules.lacks_agreement([category], is_agreed) is lacks


# Today


def test_who_is_responsible_sees_what_is_to_be_talked_about_again(world, by, in_force):
    today = days_ago(0)
    due = {}
    for days in (8, 7):
        CooperationAgreement.objects.update(review_on=days_ago(-days))
        due[days] = my_cooperations(by, today)
    assert due == {8: [], 7: [in_force]}
    assert my_cooperations(world.colleague.actor, today) == []

    acts.review_cooperation(by=by, agreement=in_force, on=today, review_on=today + timedelta(days=300))
    assert my_cooperations(by, today) == []


def test_who_is_responsible_is_told_a_month_before_the_end(world, by):
    ending = cooperation.agreed(world, valid_to=days_ago(-30))
    assert my_cooperations(by, days_ago(0)) == [ending]
    acts.revise_cooperation(by=by, agreement=ending)
    assert my_cooperations(by, days_ago(0)) == []


def test_who_signs_sees_what_waits_for_the_signature(world, by, draft, login):
    manager = world.carrier_manager.actor
    before = my_cooperations(manager, days_ago(0))
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    after = my_cooperations(manager, days_ago(0))
    assert (before, after, my_cooperations(by, days_ago(0))) == ([], [draft], [])
    assert url(draft) in login(world.carrier_manager).get("/").content.decode()


def test_the_review_stands_on_the_page_of_the_day(world, in_force, login):
    CooperationAgreement.objects.update(review_on=days_ago(0))
    shown = {
        name: url(in_force) in login(world.personas[name]).get("/").content.decode()
        for name in ("counsellor", "colleague", "specialist")
    }
    assert shown == {"counsellor": True, "colleague": False, "specialist": False}


def test_nobody_leaves_while_responsible_for_an_agreement(world, in_force):
    assert [(tie.label, tie.count) for tie in ties_of(world.counsellor.person)] == [("Kooperationsvereinbarung", 1)]


# Pages


def test_an_agreement_is_prepared_on_its_page(world, login):
    partner, web = make.provider(world), login(world.counsellor)
    new = f"/partner/{partner.public_id}/vereinbarungen/neu/course_provider/"
    start = web.get(new).context["form"].initial
    typed = {name: value for name, value in start.items() if value}
    answer = web.post(new, {**typed, "presence": "Mo 10–12 Uhr", "valid_from": "2026-01-01", "valid_to": "2025-12-01"})
    assert "„Gilt bis“ liegt vor „gilt ab“." in answer.content.decode()
    web.post(new, {**typed, "presence": "Mo 10–12 Uhr", "valid_from": "2026-01-01"})
    made = CooperationAgreement.objects.get()
    assert (made.presence, made.responsible, made.kind) == ("Mo 10–12 Uhr", world.counsellor.person, "course_provider")


def test_the_page_offers_the_next_step_to_who_may_take_it(world, by, draft, login):
    offered = {}
    for name in ("counsellor", "carrier_manager"):
        web = login(world.personas[name])
        first = web.get(url(draft)).content.decode()
        offered[name] = ["Prüfung festhalten" in first]
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    for name in offered:
        offered[name].append("Unterschrift festhalten" in login(world.personas[name]).get(url(draft)).content.decode())
    assert offered == {"counsellor": [True, False], "carrier_manager": [False, True]}


def test_an_unknown_kind_is_not_found(world, login):
    partner = make.provider(world)
    assert login(world.counsellor).get(f"/partner/{partner.public_id}/vereinbarungen/neu/heirat/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_partner_does_not_grow(world, login, django_assert_num_queries, count):
    for _ in range(count):
        made = cooperation.agreed(world)
    web = login(world.counsellor)
    web.get(f"/partner/{made.partner.public_id}/")
    with django_assert_num_queries(19):
        web.get(f"/partner/{made.partner.public_id}/")


def test_a_partners_page_tells_of_my_own_referrals_only(world, login):
    partner = make.partner(world)
    make.sent(world, client=make.case(world).client, to=partner)
    make.referral(world, to=partner)
    theirs = {}
    for name in ("counsellor", "colleague", "specialist"):
        panels = login(world.personas[name]).get(f"/partner/{partner.public_id}/").context["panels"]
        theirs[name] = [dict(panel.rows) for panel in panels]
    mine = {"abgeschickt": 1, "angenommen": 0, "abgelehnt": 0, "ohne Antwort abgelaufen": 0}
    assert theirs == {"counsellor": [mine], "colleague": [], "specialist": []}


# Several partners in one agreement


@pytest.mark.rule("QM-05")
def test_an_agreement_of_several_is_in_force_when_every_partner_has_signed(world, by):
    other = make.partner(world)
    draft = cooperation.agreed(world, signed=False, further=[other])
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    for others in ({}, {other.public_id: ("", days_ago(1))}, {other.public_id: ("Herr Fuchs", None)}):
        with pytest.raises(ValidationError, match="Es fehlt die Unterschrift von Mieterberatung"):
            signed_by_all(world, draft, others)
    assert state(draft) == CooperationState.CHECKED

    signed_by_all(world, draft, {other.public_id: ("Herr Fuchs", days_ago(1))})

    party = draft.parties.get()
    assert (state(draft), party.signer, party.signed_on) == (CooperationState.IN_FORCE, "Herr Fuchs", days_ago(1))


def signed_by_all(world, agreement, others):
    first = {"on": days_ago(1), "partner_signer": "Frau Wolf", "partner_signed_on": days_ago(1)}
    return acts.sign_cooperation(by=world.carrier_manager.actor, agreement=agreement, others=others, **first)


@pytest.mark.rule("QM-05")
def test_another_partner_in_the_agreement_has_it_checked_again(world, by, draft):
    other = make.partner(world)
    acts.check_cooperation(by=by, agreement=draft, checked_by="Rechtsberatung", on=days_ago(3))
    acts.change_cooperation(by=by, agreement=draft, further=[])
    kept = state(draft)
    acts.change_cooperation(by=by, agreement=draft, further=[other])
    assert (kept, state(draft)) == (CooperationState.CHECKED, CooperationState.DRAFT)
    foreign = Partner.objects.create(organisation=world.suedstadt, name="Fremd", category="law")
    for wrong in (foreign, draft.partner):
        with pytest.raises(ValidationError, match="andere Partner"):
            acts.change_cooperation(by=by, agreement=draft, further=[wrong])


@pytest.mark.rule("CL-22")
def test_an_agreement_holds_for_everybody_named_in_it(world, by, login):
    make.partner(world)  # so that no two rows have the same id
    second = make.provider(world, "Sprachschule Süd")
    made = cooperation.agreed(world, signed=False, further=[second])
    acts.check_cooperation(by=by, agreement=made, checked_by="Rechtsberatung", on=days_ago(3))
    signed_by_all(world, made, {second.public_id: ("Herr Fuchs", days_ago(1))})
    assert agreed_providers({second.pk}, days_ago(0)) == {second.pk}
    assert list(providers_without_agreement(by, days_ago(0))) == []
    assert url(made) in login(world.counsellor).get(f"/partner/{second.public_id}/").content.decode()


def test_all_of_them_stand_on_the_paper_and_in_the_next_version(world, by):
    other = make.partner(world)
    made = cooperation.agreed(world, signed=False, further=[other])
    acts.check_cooperation(by=by, agreement=made, checked_by="Rechtsberatung", on=days_ago(3))
    signed_by_all(world, made, {other.public_id: ("Herr Fuchs", days_ago(1))})
    paper = str(cooperation_paper(made).blocks)
    new = acts.revise_cooperation(by=by, agreement=made)
    assert ("für Mieterberatung" in paper, [(p.partner, p.signer) for p in new.parties.all()]) == (True, [(other, "")])


def test_each_of_them_is_asked_for_on_the_page_of_signing(world, by, login):
    other = make.partner(world)
    web = login(world.counsellor)
    new = f"/partner/{make.provider(world).public_id}/vereinbarungen/neu/course_provider/"
    typed = {name: value for name, value in web.get(new).context["form"].initial.items() if value}
    web.post(new, {**typed, "further": [other.public_id], "valid_from": "2026-01-01"})
    made = CooperationAgreement.objects.get()
    acts.check_cooperation(by=by, agreement=made, checked_by="Rechtsberatung", on=days_ago(3))
    manager, day = login(world.carrier_manager), f"{days_ago(1)}"
    first = {"on": day, "partner_signer": "Frau Wolf", "partner_signed_on": day}
    refused = manager.post(url(made, "unterschrift/"), first).context["form"].errors
    manager.post(
        url(made, "unterschrift/"), {**first, f"signer-{other.public_id}": "Herr Fuchs", f"day-{other.public_id}": day}
    )
    assert (sorted(refused), state(made)) == (
        [f"day-{other.public_id}", f"signer-{other.public_id}"],
        CooperationState.IN_FORCE,
    )
