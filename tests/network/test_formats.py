"""Formats, who belongs to them, what was agreed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.correspondence.delivery import message
from lotse.correspondence.models import OutgoingMail
from lotse.network.actions.charters import share_charter, write_charter
from lotse.network.actions.formats import add_member, change_format, change_member, end_format, end_member
from lotse.network.enums import Function
from lotse.network.models import Charter, Member, NetworkFormat, Sending
from lotse.network.queries.formats import get_format, members_of, search_formats
from tests.factories import network as make

PARTS = {"participants": "Träger", "goals": "Ziele", "rhythm": "je Quartal", "organising": "die Stabsstelle"}


@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "carrier_manager", "sysadmin", "outsider"])
def test_only_who_organises_begins_and_changes(world, persona):
    by = world.personas[persona].actor
    with pytest.raises(NotAllowed):
        make.format_of(world, by=by)
    with pytest.raises(NotAllowed):
        change_format(by=by, format=make.format_of(world), name="Anders")


def test_who_saves_second_is_told(world):
    made = make.format_of(world)
    change_format(by=world.coordinator.actor, format=made, revision=1, name="Neu")
    with pytest.raises(ValidationError, match="jemand anderes"):
        change_format(by=world.coordinator.actor, format=made, revision=1, name="Anders")


def test_a_member_is_tied_to_the_person_only_by_the_address_of_an_account(world):
    made = make.format_of(world)
    known = make.member(world, made, world.outsider)
    foreign = make.stranger(world, made)
    assert (known.person, known.name, foreign.person) == (world.outsider.person, "Outsider Beispiel", None)


def test_a_colleague_of_the_own_house_is_picked_and_her_address_known(world):
    made = make.format_of(world)
    added = add_member(by=world.coordinator.actor, format=made, colleague=world.funder.person, function=Function.MEMBER)
    assert (added.person, added.email) == (world.funder.person, "funder@lotse.example")


def test_nobody_belongs_twice(world):
    made = make.format_of(world)
    make.stranger(world, made)
    with pytest.raises(ValidationError, match="gehört schon dazu"):
        make.stranger(world, made, email="WOLF@stadt.example")


def test_another_address_may_be_another_person(world):
    member = make.stranger(world, make.format_of(world))
    parts = {"name": member.name, "institution": "", "function": Function.MEMBER}
    change_member(by=world.coordinator.actor, member=member, email="outsider@lotse.example", **parts)
    assert Member.objects.get().person == world.outsider.person


@pytest.mark.rule("DP-08")
@pytest.mark.parametrize("more", [{"function": Function.ORGANISER}, {"email": "wolf@stadt.example"}])
def test_a_place_inside_needs_an_account_and_is_not_for_who_organises(world, more):
    made = make.format_of(world, "intman_forum")
    values = {"name": "X", "email": "counsellor@lotse.example", "function": Function.MEMBER, **more}
    with pytest.raises(ValidationError, match="Teil 1"):
        add_member(by=world.coordinator.actor, format=made, in_inner_part=True, **values)


def test_no_place_inside_where_there_is_no_inside(world):
    made = make.format_of(world)
    with pytest.raises(ValidationError, match="keinen geschützten Teil"):
        make.member(world, made, world.counsellor, in_inner_part=True)


def test_members_see_the_format_others_of_other_houses_do_not(world):
    from django.http import Http404

    made = make.round_of(world)
    assert get_format(world.outsider.actor, made.public_id) == made
    for stranger in (world.colleague, world.technical_lead, world.sysadmin):
        with pytest.raises(Http404):
            get_format(stranger.actor, made.public_id)


def test_search_finds_by_any_word(world):
    made = make.round_of(world, name="Runde im Westen")
    assert search_formats(world.outsider.actor, "westen") == [made]
    assert search_formats(world.colleague.actor, "westen") == []
    assert search_formats(world.outsider.actor, "") == []


@pytest.mark.rule("NW-03")
def test_the_page_says_when_nobody_speaks(world, login):
    made = make.forum_of(world)
    url = f"/netzwerk/formate/{made.public_id}/"
    assert "niemand als Sprecher*in benannt" in login(world.coordinator).get(url).content.decode()
    member = Member.objects.get(person=world.counsellor.person)
    Member.objects.filter(pk=member.pk).update(function=Function.SPEAKER)
    assert "niemand als Sprecher*in benannt" not in login(world.coordinator).get(url).content.decode()


def test_members_leave_and_formats_end(world):
    made = make.round_of(world)
    today = timezone.localdate()
    end_member(by=world.coordinator.actor, member=Member.objects.get(email="wolf@stadt.example"), on=today)
    end_format(by=world.coordinator.actor, format=made, on=today)
    assert not NetworkFormat.objects.running().exists()
    with pytest.raises(ValidationError, match="beendet"):
        make.stranger(world, made, "Neu", "neu@stadt.example")
    assert len(members_of(world.coordinator.actor, made)) == 4  # until the end of that day


@pytest.mark.rule("NW-01")
@pytest.mark.parametrize("missing", PARTS)
def test_a_charter_has_all_four_parts(world, missing):
    with pytest.raises(ValidationError, match="gehören hinein"):
        write_charter(by=world.coordinator.actor, format=make.format_of(world), **{**PARTS, missing: ""})


@pytest.mark.rule("NW-01")
def test_what_is_agreed_stays_and_a_change_is_a_new_version(world):
    made, by, today = make.round_of(world), world.coordinator.actor, timezone.localdate()
    draft = write_charter(by=by, format=made, **PARTS)
    agreed = write_charter(by=by, format=made, **{**PARTS, "goals": "Andere"}, agreed_on=today)
    newer = write_charter(by=by, format=made, **PARTS)
    assert (draft.pk, agreed.version, newer.version) == (agreed.pk, 1, 2)
    assert Charter.objects.get(version=1).goals == "Andere"


@pytest.mark.rule("NW-01")
def test_a_charter_is_shared_with_every_member_as_pdf(world):
    made, by = make.round_of(world), world.coordinator.actor
    make.stranger(world, made, "Ohne Adresse", "")
    charter = write_charter(by=by, format=made, **PARTS, agreed_on=timezone.localdate())
    share_charter(by=by, charter=charter)

    charter.refresh_from_db()
    assert (charter.shared_with, Sending.objects.filter(email="").get().name) == (4, "Ohne Adresse")
    (name, content, kind) = message(OutgoingMail.objects.first()).attachments[0]
    assert (name, content[:5], kind) == ("vereinbarung.pdf", b"%PDF-", "application/pdf")


def test_a_draft_is_not_shared(world):
    made, by = make.round_of(world), world.coordinator.actor
    draft = write_charter(by=by, format=made, **PARTS)
    with pytest.raises(ValidationError, match="was vereinbart ist"):
        share_charter(by=by, charter=draft)
