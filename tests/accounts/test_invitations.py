from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.accounts.actions.invitations import accept_invitation, invite, renew_invitation, withdraw_invitation
from lotse.accounts.actors import Invited
from lotse.accounts.models import Invitation, User
from lotse.accounts.queries import invitation_for
from lotse.accounts.tokens import hash_of
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.organisations.accounts_actions import invite_person
from lotse.organisations.models import Person
from tests.accounts.conftest import PASSWORD, link_in, sign_in
from tests.personas import grant

GOOD = "Wolken ziehen 47 nach Norden"


@pytest.fixture
def link(world, admins, letters):
    """The link somebody new has found in her mail."""
    with letters() as box:
        invite_person(
            by=admins["sysadmin"],
            email="Neu@lotse.example ",
            organisation=world.nordstadt,
            first_name="Nele",
            last_name="Neu",
        )
    return f"/{link_in(box[0])}"


def accept(web, link, password=GOOD, again=None):
    token = link.partition("schluessel=")[2]
    return web.post("/konto/einladung/", {"schluessel": token, "password1": password, "password2": again or password})


def test_invited_person_sets_her_own_password_and_signs_in(world, link, web):
    assert "Nele Neu" in web.get(link).content.decode()
    assert accept(web, link).url == "/konto/login/"

    assert sign_in(web, "neu@lotse.example", GOOD).url == "/"
    user = User.objects.get(email="neu@lotse.example")
    assert (user.name, user.person.organisation) == ("Nele Neu", world.nordstadt)


def test_new_password_is_stored_with_argon2(link, web, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    accept(web, link)
    assert User.objects.get(email="neu@lotse.example").password.startswith("argon2$argon2id$")


def test_invited_person_has_no_rights_before_somebody_grants_a_role(link, web):
    accept(web, link)
    sign_in(web, "neu@lotse.example", GOOD)
    assert [web.get(url).status_code for url in ("/klienten/", "/anfrage/", "/verwaltung/konten/")] == [403, 403, 403]


def test_token_is_stored_as_a_hash_only(link):
    token = link.partition("schluessel=")[2]
    stored = Invitation.objects.get()
    assert stored.token_hash == hash_of(token)
    assert token not in str(vars(stored))
    assert token not in str(list(Event.objects.values_list("details", "object_ref")))


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("kurz", None, "kurz"), ("passwort1234passwort", "anders-und-lang-2026", "verschieden"), ("123456789012345", None, "numerisch")],
)  # fmt: skip
def test_weak_or_mistyped_password_is_refused_beside_the_field(link, web, password, again, said):
    response = accept(web, link, password, again)
    assert (response.status_code, said in response.content.decode()) == (200, True)
    assert not User.objects.filter(email="neu@lotse.example").exists()


def expire(admins, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def use(admins, invitation):
    accept_invitation(by=Invited(invitation), password=GOOD)


def withdraw(admins, invitation):
    withdraw_invitation(by=admins["sysadmin"], invitation=invitation)


def renew(admins, invitation):
    renew_invitation(by=admins["sysadmin"], invitation=invitation)


@pytest.mark.parametrize("spoil", [expire, use, withdraw, renew])
def test_link_opens_nothing_any_more(admins, link, web, spoil):
    spoil(admins, Invitation.objects.get())

    answers = [web.get(link), accept(web, link), web.get("/konto/einladung/?schluessel=geraten")]

    assert [a.status_code for a in answers] == [404, 404, 404]
    assert len({a.content for a in answers}) == 1


def test_link_is_valid_for_seven_days(link):
    until = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < until <= timedelta(days=7)


def test_renewed_invitation_sends_a_new_link(admins, link, letters, web):
    with letters() as box:
        renew(admins, Invitation.objects.get())
    assert web.get(f"/{link_in(box[0])}").status_code == 200


def test_used_invitation_can_neither_be_used_again_nor_withdrawn(admins, link):
    invitation = Invitation.objects.get()
    use(admins, invitation)
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        withdraw(admins, invitation)
    with pytest.raises(ValidationError, match="gilt nicht mehr"):
        use(admins, invitation)


def test_inviting_twice_renews_the_open_invitation(world, admins, link):
    invite(by=admins["sysadmin"], email="neu@lotse.example", name="Nele Neu", organisation_id=world.nordstadt.pk)
    assert Invitation.objects.count() == 1


def test_known_address_looks_the_same_to_who_invites(world, admins, letters, login):
    """An account of another carrier: the page, the log and the number of mails tell nothing."""
    answers, mails = [], []
    for email in ("fremd@lotse.example", world.outsider.user.email):
        with letters() as box:
            data = {
                "email": email,
                "who": "new",
                "first_name": "Nora",
                "last_name": "Neu",
                "where": world.nordstadt.public_id,
            }
            web = login(world.sysadmin)
            response = web.post("/verwaltung/konten/einladen/", data)
        page = web.get("/verwaltung/konten/").content.decode()
        answers.append((response.status_code, response.url, "Die Einladung ist unterwegs." in page, email in page))
        mails.append(len(box))
    assert answers == [(302, "/verwaltung/konten/", True, True)] * 2
    assert mails == [1, 1]
    assert "schluessel" not in box[0].body


@pytest.mark.parametrize("act", [renew, withdraw])
def test_invitation_of_another_carrier_is_out_of_reach(admins, link, login, world, act):
    with pytest.raises(NotAllowed):
        act({"sysadmin": admins["far_admin"]}, Invitation.objects.get())
    ref = Invitation.objects.get().public_id
    web = login(world.far_admin)
    urls = [f"/verwaltung/konten/einladung/{ref}/{verb}/" for verb in ("erneuern", "zurueckziehen")]
    assert [web.post(url).status_code for url in urls] == [404, 404]


def test_nobody_invites_into_another_carrier(world, admins):
    with pytest.raises(NotAllowed):
        invite_person(
            by=admins["sysadmin"], email="x@lotse.example", organisation=world.suedstadt, first_name="A", last_name="B"
        )


def test_person_on_the_list_gets_her_account(world, admins, letters, web):
    person = Person.objects.create(organisation=world.nordstadt, first_name="Lena", last_name="Liste")
    with letters() as box:
        invite_person(by=admins["sysadmin"], email="lena@lotse.example", organisation=world.nordstadt, person=person)
    accept(web, f"/{link_in(box[0])}")
    person.refresh_from_db()
    assert person.user.email == "lena@lotse.example"


@pytest.mark.rule("AU-02")
@pytest.mark.parametrize(
    ("listed", "has_role"), [("lena@lotse.example", False), ("lena@lotse.example", True), ("", True)]
)
def test_administrator_cannot_come_in_as_somebody_else(world, admins, listed, has_role):
    person = Person.objects.create(organisation=world.nordstadt, first_name="Lena", last_name="Liste", email=listed)
    if has_role:
        grant(person, "counsellor", world.nordstadt, world.site)
    with pytest.raises(ValidationError) as refused:
        invite_person(by=admins["sysadmin"], email="ich@lotse.example", organisation=world.nordstadt, person=person)
    assert list(refused.value.message_dict) == ["email"]
    assert Invitation.objects.count() == 0


@pytest.mark.rule("AU-02")
def test_person_with_a_role_is_invited_at_her_listed_address(world, admins):
    person = Person.objects.create(
        organisation=world.nordstadt, first_name="Lena", last_name="Liste", email="Lena@lotse.example"
    )
    grant(person, "counsellor", world.nordstadt, world.site)
    invite_person(by=admins["sysadmin"], email="lena@lotse.example", organisation=world.nordstadt, person=person)
    assert Invitation.objects.get().person_ref == person.public_id


def test_account_that_came_meanwhile_is_not_taken_over(world, link, web):
    User.objects.create_user("neu@lotse.example", PASSWORD)
    response = accept(web, link)
    assert "gibt es schon ein Konto" in response.content.decode()
    assert User.objects.get(email="neu@lotse.example").check_password(PASSWORD)


def test_database_knows_one_open_invitation_per_address(world, link):
    given = {
        "organisation_id": world.nordstadt.pk,
        "email": "neu@lotse.example",
        "name": "N",
        "expires_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(token_hash="x", **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(token_hash="y", used_at=timezone.now(), withdrawn_at=timezone.now(), **given)


def test_signed_in_person_is_asked_to_sign_out_first(world, link, login):
    response = login(world.counsellor).get(link)
    assert (response.status_code, "schon angemeldet" in response.content.decode()) == (404, True)


def test_unknown_token_finds_nothing(db):
    assert [invitation_for(token) for token in ("", "x", "ä" * 5000)] == [None, None, None]
