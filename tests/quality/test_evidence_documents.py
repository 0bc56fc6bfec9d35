"""Documents that prove criteria: a time of their own, versions, an owner, an expiry; one for many criteria."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.documents.enums import Compartment
from lotse.documents.models import StoredFile
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.organisations.ties import ties_of
from lotse.quality.actions import evidence_documents as acts
from lotse.quality.actions.frameworks import link_criteria
from lotse.quality.models import Criterion, EvidenceDocument, EvidenceLink
from lotse.quality.queries import evidence_documents as queries
from lotse.quality.queries.living import living
from lotse.quality.queries.today import work_items
from tests.factories import quality as make
from tests.factories import quality_evidence as proofs

TODAY = timezone.localdate


def test_a_document_proves_a_time_which_is_not_the_day_of_the_upload(world, criterion):
    found = proofs.document(world, criterion=criterion)
    version = found.versions.get()
    assert (
        (found.begins_on, found.ends_on) == (version.begins_on, version.ends_on) == (proofs.days(-300), proofs.days(-1))
    )
    assert version.created_at.date() > found.ends_on
    assert len(version.file.sha256) == 64
    assert found.links.get().criterion == criterion


@pytest.mark.parametrize(("mode", "place"), [("submit", Compartment.EVIDENCE), ("on_site_only", Compartment.ON_SITE)])
def test_what_is_shown_on_site_only_lies_apart_and_may_not_leave(world, mode, place):
    found = proofs.document(world, mode=mode)
    assert (found.versions.get().file.compartment, found.may_leave) == (place, mode == "submit")


def test_only_who_keeps_quality_files_a_document_and_only_for_people_of_the_house(world, framework):
    for somebody in (world.counsellor, world.coordinator, world.sysadmin):
        with pytest.raises(NotAllowed):
            proofs.document(world, by=somebody)
    with pytest.raises(ValidationError, match="Zuständig ist"):
        proofs.document(world, owner=world.outsider.person)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("wrong", "said"), [
    ({"ends_on": proofs.days(-400)}, "Das Ende liegt vor dem Beginn."),
    ({"expires_on": proofs.days(-400)}, "läuft ab, bevor"),
])  # fmt: skip
def test_days_out_of_order_are_refused(world, wrong, said):
    with pytest.raises(ValidationError, match=said):
        proofs.document(world, **wrong)


@pytest.mark.rule("QM-14")
def test_a_document_is_renewed_by_its_owner_and_by_who_keeps_quality(world):
    found = proofs.document(world)
    with pytest.raises(NotAllowed):
        proofs.renewed(world, found, by=world.colleague)
    proofs.renewed(world, found, by=world.counsellor)
    fresh = proofs.renewed(world, found, by=world.technical_lead, expires_on=None)
    assert [row.number for row in fresh.versions.all()] == [3, 2, 1]
    assert (fresh.expires_on, fresh.begins_on) == (None, proofs.days(0))


def test_a_version_that_was_replaced_gets_its_clock_and_stays_readable(world):
    found = proofs.document(world)
    proofs.renewed(world, found)
    new, old = (row.file for row in found.versions.all())
    assert new.keep_until is None
    assert old.keep_until > proofs.days(365 * 5)
    assert old.is_readable


def test_the_second_of_two_who_renew_is_told(world):
    found = proofs.document(world)
    proofs.renewed(world, found, revision=1)
    with pytest.raises(ValidationError, match="jemand anderes"):
        proofs.renewed(world, found, revision=1)


def test_one_document_proves_many_criteria_of_every_catalogue(world, framework, criterion):
    other = make.small(world, key="anderes")
    found = proofs.document(world, criterion=criterion)
    by, second = world.carrier_manager.actor, Criterion.objects.get(framework=other, slug="b-3")
    acts.link_document(by=by, document=found, criterion=second)
    assert found.links.count() == 2
    with pytest.raises(ValidationError, match="steht schon"):
        acts.link_document(by=by, document=found, criterion=second)
    acts.unlink_document(by=by, link=found.links.get(criterion=second))
    assert [row.criterion for row in EvidenceLink.objects.all()] == [criterion]


def test_a_mapped_criterion_shows_the_document_too(world, framework, criterion):
    other = make.small(world, key="anderes")
    mapped = Criterion.objects.get(framework=other, slug="b-3")
    by = world.carrier_manager.actor
    link_criteria(by=by, criterion=criterion, other=mapped)
    found = proofs.document(world, criterion=criterion)
    assert living(by, other, [mapped], TODAY()).of(mapped).documents == [found]
    assert living(by, framework, [criterion], TODAY()).of(criterion).documents == [found]


def test_a_document_of_another_carrier_cannot_be_put_beside_a_criterion(world, criterion):
    found = proofs.document(world)
    EvidenceDocument.objects.update(organisation=world.suedstadt)
    found.refresh_from_db()
    with pytest.raises(NotAllowed):
        acts.link_document(by=world.carrier_manager.actor, document=found, criterion=criterion)


def test_what_was_filed_by_mistake_goes_with_its_files(world, criterion):
    found = proofs.document(world, criterion=criterion)
    proofs.renewed(world, found)
    with pytest.raises(NotAllowed):
        acts.remove_document(by=world.counsellor.actor, document=found)
    acts.remove_document(by=world.carrier_manager.actor, document=found)
    assert not EvidenceDocument.objects.exists()
    assert all(stored.deleted_at for stored in StoredFile.objects.all())


def test_documents_are_seen_by_who_keeps_quality_and_by_their_owner(world):
    found = proofs.document(world)
    seen = {
        name: list(EvidenceDocument.objects.visible_to(who.actor)) for name, who in world.personas.items() if who.person
    }
    assert {name for name, rows in seen.items() if rows == [found]} == {
        "counsellor",
        "technical_lead",
        "carrier_manager",
    }


@pytest.mark.parametrize(("state", "wanted"), [
    ("", {"alt", "bald", "frisch", "immer"}), ("gueltig", {"frisch", "immer"}), ("bald", {"bald"}), ("abgelaufen", {"alt"}),
    ("ohne", {"alt", "bald", "immer"}), ("unsinn", {"alt", "bald", "frisch", "immer"}),
])  # fmt: skip
def test_the_list_is_narrowed_by_state(world, criterion, state, wanted):
    for title, expires in (("alt", -1), ("bald", 60), ("immer", None)):
        proofs.document(world, title=title, expires_on=proofs.days(expires) if expires is not None else None)
    proofs.document(world, title="frisch", expires_on=proofs.days(61), criterion=criterion)
    actor = world.carrier_manager.actor
    assert {row.title for row in queries.documents(actor, state, TODAY())} == wanted
    assert queries.counted(actor, TODAY()) == {"": 4, "gueltig": 2, "bald": 1, "abgelaufen": 1, "ohne": 3}


def test_heute_names_own_documents_that_expire_within_sixty_days(world, django_assert_num_queries):
    proofs.document(world, expires_on=proofs.days(61))
    assert work_items(world.counsellor.actor, TODAY()) == []
    proofs.document(world, title="Leitbild", expires_on=proofs.days(60))
    (line,) = work_items(world.counsellor.actor, TODAY())
    assert (line.title, line.sentence) == ("Nachweis: Leitbild", f"läuft ab am {proofs.days(60):%d.%m.%Y}")
    assert work_items(world.carrier_manager.actor, TODAY()) == []
    proofs.document(world, title="Alt", expires_on=proofs.days(-5))
    actor = world.counsellor.actor
    with django_assert_num_queries(1):
        (line,) = work_items(actor, TODAY())
    assert line.title == "2 Nachweise laufen ab"


def test_who_leaves_hands_her_documents_over_first(world):
    found, by = proofs.document(world), world.carrier_manager.actor
    assert [(tie.label, tie.count) for tie in ties_of(world.counsellor.person)] == [("Nachweisunterlage", 1)]
    acts.change_document(by=by, document=found, owner=world.technical_lead.person, revision=1)
    assert ties_of(world.counsellor.person) == []
    with pytest.raises(ValidationError, match="Zuständig ist"):
        acts.change_document(by=by, document=found, owner=world.outsider.person)


# --- in figures ------------------------------------------------------------------------------------------------------
def cells(world, key, who="technical_lead", day=None):
    period = Period(proofs.days(-90), day or TODAY())
    (found,) = evaluate([fact(key)], Question(getattr(world, who).actor, period))
    return {cell.key: cell.count for cell in found.cells if cell.count}


def test_documents_are_counted_fresh_and_expired(world):
    for expires in (10, -1, -100, -500):
        proofs.document(world, expires_on=proofs.days(expires), begins_on=proofs.days(-900))
    proofs.document(world, expires_on=None)
    assert cells(world, "quality.evidence_fresh") == {"fresh": 1, "expired": 3, "lasting": 1}
    assert cells(world, "quality.evidence_expired") == {"recent": 1, "year": 1, "longer": 1}
    assert cells(world, "quality.evidence_fresh", "coordinator") == {"fresh": 1, "expired": 3, "lasting": 1}
    assert cells(world, "quality.evidence_fresh", "outsider") == {}


def test_a_criterion_is_proven_by_a_valid_document_also_through_a_link(world, framework, criterion):
    other = make.small(world, key="anderes")
    link_criteria(
        by=world.carrier_manager.actor, criterion=criterion, other=Criterion.objects.get(framework=other, slug="b-3")
    )
    found = proofs.document(world, criterion=criterion)
    assert cells(world, "quality.criteria_proven") == {"yes": 2, "no": 4}
    EvidenceDocument.objects.filter(pk=found.pk).update(expires_on=proofs.days(-1))
    assert cells(world, "quality.criteria_proven") == {"no": 6}


def test_a_criterion_is_proven_by_a_confirmed_figure(world):
    make.awo(world)
    proofs.met(proofs.team(world), proofs.last_quarter())
    proofs.read(world)
    proofs.confirmed(world, "mi-3-f", "minuted")
    assert cells(world, "quality.criteria_proven") == {"yes": 1, "no": 47}
