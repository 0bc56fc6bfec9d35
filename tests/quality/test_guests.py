"""Guests of a procedure: invited for it alone, with a second factor, dated, revocable, every look written down."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.accounts.models import User
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.quality.actions import guests as acts
from lotse.quality.enums import Side
from lotse.quality.models import GuestAccess, Participant
from tests.factories import quality_certification as make
from tests.factories import quality_guests as guests

TODAY = timezone.localdate


@pytest.fixture
def procedure(world):
    return make.handed_in(world)


def room(certification, rest=""):
    return f"/gutachten/{certification.public_id}/{rest}"


def test_an_invitation_leads_to_an_account_that_needs_a_second_factor(
    world, procedure, client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        access = guests.invited(world, procedure)
    (mail,) = mailoutbox
    link = next(line for line in mail.body.splitlines() if "schluessel=" in line)
    path = link[link.index("/gutachten/") :]

    assert client.get(path).status_code == 200
    token = path.split("=")[1]
    words = {"schluessel": token, "password1": guests.PASSWORD, "password2": guests.PASSWORD}
    assert client.post("/gutachten/einladung/", words)["Location"] == "/konto/login/"

    access.refresh_from_db()
    assert access.user.email == "gerda@gast.example"
    assert access.user.must_use_second_factor
    assert client.get(path).status_code == 404  # once only


def test_nothing_is_seen_before_the_second_factor(world, procedure, login):
    newcomer = guests.guest(world, procedure, factor=False)
    web = login(newcomer)
    for path in ("/gutachten/", room(procedure), room(procedure, "checkliste/"), "/"):
        assert web.get(path)["Location"] == "/konto/"
    assert web.get("/konto/").status_code == 200


def test_the_room_is_hers(world, procedure, login):
    web = login(guests.guest(world, procedure))
    assert web.get("/")["Location"] == "/gutachten/"
    assert web.get("/gutachten/")["Location"] == room(procedure)
    page = web.get(room(procedure)).content.decode()
    assert "KV Nordstadt" in page
    assert "Hauptbereiche" not in page


def test_an_access_ends_by_itself(world, procedure, login):
    guest = guests.guest(world, procedure)
    web = login(guest)
    assert web.get(room(procedure)).status_code == 200
    Participant.objects.filter(pk=guest.access.participant_id).update(
        valid_to=TODAY() - timedelta(days=1), valid_from=TODAY() - timedelta(days=9)
    )
    assert web.get(room(procedure)).status_code == 404
    assert "Kein Verfahren ist gerade für Sie offen" in web.get("/gutachten/").content.decode()
    assert web.get("/qualitaet/").status_code == 404


def test_an_access_does_not_open_before_its_first_day(world, procedure, login):
    begins = TODAY() + timedelta(days=3)
    web = login(guests.guest(world, procedure, valid_from=begins))
    assert web.get(room(procedure)).status_code == 404


def test_revoking_ends_every_session_at_once(world, procedure, login):
    guest = guests.guest(world, procedure)
    web = login(guest)
    acts.revoke_guest(by=world.carrier_manager.actor, access=guest.access)
    assert web.get(room(procedure))["Location"].startswith("/konto/login/")
    again = login(Persona(guest))
    assert again.get(room(procedure)).status_code == 404
    assert again.get("/qualitaet/").status_code == 404


class Persona:
    def __init__(self, guest):
        self.user = User.objects.get(pk=guest.user.pk)


def test_a_revoked_member_no_longer_counts(world, procedure):
    guest = guests.board(world, procedure)
    assert Participant.objects.seated_on(TODAY()).filter(pk=guest.access.participant_id).exists()
    acts.revoke_guest(by=world.carrier_manager.actor, access=guest.access)
    assert not Participant.objects.seated_on(TODAY()).filter(pk=guest.access.participant_id).exists()
    with pytest.raises(ValidationError, match="entzogen"):
        acts.renew_guest_link(by=world.carrier_manager.actor, access=guest.access)


def test_another_procedure_does_not_exist(world, procedure, login):
    other = make.registered(world, framework=make.make.small(world, key="zweites"))
    web = login(guests.guest(world, procedure))
    for place in ("", "checkliste/", "rueckmeldung/", "besuch/", "auditbericht/"):
        assert web.get(room(other, place)).status_code == 404


@pytest.mark.rule("QM-09")
def test_somebody_with_two_procedures_joins_with_the_same_account(world, procedure, login):
    other = make.registered(world, framework=make.make.small(world, key="zweites"))
    guest = guests.guest(world, procedure)
    second = guests.joined(guests.invited(world, other), password=None)
    assert second.user == guest.user
    page = login(guest).get("/gutachten/").content.decode()
    assert procedure.number in page
    assert other.number in page


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"valid_to": TODAY() + timedelta(days=600)}, "höchstens 18 Monate"),
        ({"valid_from": TODAY() - timedelta(days=9), "valid_to": TODAY() - timedelta(days=1)}, "schon vorbei"),
        ({"email": "Counsellor@lotse.example"}, "arbeitet"),
    ],
)
def test_an_invitation_is_refused(world, procedure, more, message):
    world.counsellor.person.email = "counsellor@lotse.example"
    world.counsellor.person.save()
    with pytest.raises(ValidationError, match=message):
        guests.invited(world, procedure, **more)


@pytest.mark.rule("QM-09")
def test_nobody_sits_on_two_sides(world, procedure):
    guests.invited(world, procedure)
    with pytest.raises(ValidationError, match="Niemand sitzt auf zwei Seiten"):
        guests.invited(world, procedure, Side.BOARD)


@pytest.mark.rule("QM-09")
def test_who_works_somewhere_is_told_so_behind_the_link_only(world, procedure):
    access = guests.invited(world, procedure, email="outsider@lotse.example")
    with pytest.raises(ValidationError, match="Arbeitsplatz"):
        guests.joined(access)
    assert GuestAccess.objects.get().user is None


def test_a_link_opens_for_a_while_only_and_a_new_one_replaces_it(world, procedure):
    access = guests.invited(world, procedure)
    before = access.token_hash
    fresh = acts.renew_guest_link(by=world.carrier_manager.actor, access=access)
    assert fresh.token_hash != before
    GuestAccess.objects.update(link_until=timezone.now())
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        guests.joined(access)


@pytest.mark.parametrize("persona", ["counsellor", "coordinator", "outsider", "sysadmin"])
def test_only_who_keeps_the_quality_invites_and_revokes(world, procedure, persona):
    access = guests.invited(world, procedure)
    by, today = world.personas[persona].actor, TODAY()
    with pytest.raises(NotAllowed):
        acts.invite_guest(
            by=by, certification=procedure, side=Side.BOARD, name="N", email="n@gast.example", valid_from=today, valid_to=today
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        acts.revoke_guest(by=by, access=access)


def test_the_house_reads_who_looked_at_what(world, login):
    procedure, paper, _withheld = guests.with_papers(world)
    guest = guests.guest(world, procedure)
    web = login(guest)
    web.get(room(procedure, "checkliste/"))
    web.get(room(procedure, f"nachweise/{paper.public_id}/"))

    page = (
        login(world.carrier_manager)
        .get(f"/qualitaet/zertifizierung/{procedure.public_id}/gaeste/protokoll/")
        .content.decode()
    )
    assert "Gerda Beispiel (Begutachtung) hat gelesen: Checkliste." in page
    assert "Gerda Beispiel (Begutachtung) hat heruntergeladen: Nachweis „Konzeption“." in page
    assert (
        Event.objects.filter(actor_ref=guest.user.public_id, is_read=True, organisation_id=world.nordstadt.pk).count()
        == 2
    )
    assert (
        login(world.counsellor).get(f"/qualitaet/zertifizierung/{procedure.public_id}/gaeste/protokoll/").status_code
        == 403
    )


def test_the_house_invites_renews_and_revokes_on_its_page(world, procedure, login):
    web, today = login(world.carrier_manager), TODAY()
    start = f"/qualitaet/zertifizierung/{procedure.public_id}/gaeste/"
    assert "Noch niemand eingeladen" in web.get(start).content.decode()
    words = {
        "name": "Gerda Beispiel", "email": "gerda@gast.example", "side": "assessor",
        "valid_from": f"{today:%d.%m.%Y}", "valid_to": f"{today + timedelta(days=99):%d.%m.%Y}",
    }  # fmt: skip
    assert web.post(f"{start}einladen/", words)["Location"] == start
    access = GuestAccess.objects.get()
    assert "eingeladen" in web.get(start).content.decode()
    assert web.post(f"/qualitaet/zertifizierung/gast/{access.public_id}/link/")["Location"] == start
    assert web.post(f"/qualitaet/zertifizierung/gast/{access.public_id}/entziehen/")["Location"] == start
    assert "entzogen" in web.get(start).content.decode()


def test_a_guest_has_an_account_without_a_person(world, procedure):
    guest = guests.guest(world, procedure)
    assert not hasattr(guest.user, "person")
    assert Authenticator.objects.filter(user=guest.user).exists()
    assert guest.actor.permissions == frozenset()
    assert guest.actor.role_keys == frozenset()


@pytest.mark.rule("QM-09")
def test_a_seat_without_an_account_is_ended_by_who_keeps_the_quality(world, procedure, login):
    seat = guests.without_account(world, procedure, Side.BOARD, "Berta Beispiel")
    address = f"/qualitaet/zertifizierung/{procedure.public_id}/gaeste/"
    assert login(world.counsellor).post(f"{address}{seat.public_id}/beenden/").status_code == 403
    web = login(world.carrier_manager)
    assert f"{address}{seat.public_id}/beenden/" in web.get(address).content.decode()
    web.post(f"{address}{seat.public_id}/beenden/")
    seat.refresh_from_db()
    assert seat.valid_to == timezone.localdate()
    assert f"{address}{seat.public_id}/beenden/" not in web.get(address).content.decode()
    with_account = guests.guest(world, procedure).access.participant
    assert web.post(f"{address}{with_account.public_id}/beenden/").status_code == 404


def test_a_chair_whose_access_was_revoked_makes_room_for_another(world, procedure):
    procedure.participants.filter(is_chair=True).update(is_chair=False)
    first = guests.board(world, procedure, is_chair=True)
    acts.revoke_guest(by=world.carrier_manager.actor, access=first.access)
    assert guests.without_account(world, procedure, Side.BOARD, "Vera Vorsitz", is_chair=True).is_chair
