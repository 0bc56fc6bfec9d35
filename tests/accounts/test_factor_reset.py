import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.accounts.actions.factors import confirm_factor_reset, drop_factor_reset, request_factor_reset
from lotse.accounts.models import FactorReset, SignIn
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from tests.accounts.conftest import app_code, as_confirmer, give_factor, sign_in
from tests.personas import grant

pytestmark = pytest.mark.rule("AU-01")


@pytest.fixture
def reset(world, admins):
    give_factor(world.counsellor)
    return request_factor_reset(by=admins["sysadmin"], user=world.counsellor.user, reason="Telefon verloren")


def factors(who):
    return Authenticator.objects.filter(user=who.user).count()


def test_asking_alone_changes_nothing(world, reset):
    assert factors(world.counsellor) == 2


@pytest.mark.parametrize("second", ["second_admin", "technical_lead", "carrier_manager"])
def test_second_person_takes_every_factor_away(world, reset, letters, second):
    with letters() as box:
        confirm_factor_reset(by=as_confirmer(world.personas[second]), reset=reset)
    reset.refresh_from_db()
    assert (factors(world.counsellor), reset.confirmed_by) == (0, world.personas[second].user)
    assert [(mail.to, mail.subject) for mail in box] == [
        ([world.counsellor.user.email], "Ihr zweiter Faktor wurde zurückgesetzt")
    ]
    assert [e.actor_label for e in Event.objects.filter(key__startswith="account.factor_reset").order_by("id")] == [
        "Sysadmin Beispiel", str(world.personas[second].person),
    ]  # fmt: skip


def test_every_session_ends_with_the_reset(world, reset, web):
    sign_in(web, world.counsellor)
    web.post("/konto/2fa/authenticate/", {"code": app_code()})
    assert web.get("/").status_code == 200

    confirm_factor_reset(by=as_confirmer(world.second_admin), reset=reset)

    assert web.get("/").url.startswith("/konto/login/")
    assert not SignIn.objects.filter(user=world.counsellor.user, ended_at=None).exists()


def test_owner_learns_of_the_request(world, admins, letters):
    give_factor(world.counsellor)
    with letters() as box:
        request_factor_reset(by=admins["sysadmin"], user=world.counsellor.user, reason="Telefon verloren")
    assert [mail.to for mail in box] == [[world.counsellor.user.email]]
    assert "Sysadmin Beispiel hat beantragt" in box[0].body


def test_one_person_alone_is_refused(world, reset):
    with pytest.raises(NotAllowed, match="zweite Person"):
        confirm_factor_reset(by=as_confirmer(world.sysadmin), reset=reset)
    assert factors(world.counsellor) == 2


def test_owner_cannot_confirm_her_own(world, admins):
    give_factor(world.second_admin)
    reset = request_factor_reset(by=admins["sysadmin"], user=world.second_admin.user, reason="Telefon verloren")
    with pytest.raises(NotAllowed, match="zweite Person"):
        confirm_factor_reset(by=as_confirmer(world.second_admin), reset=reset)


def test_nobody_asks_for_herself(world, admins):
    give_factor(world.sysadmin)
    with pytest.raises(ValidationError, match="niemand selbst"):
        request_factor_reset(by=admins["sysadmin"], user=world.sysadmin.user, reason="Telefon verloren")


@pytest.mark.parametrize("name", ["counsellor", "specialist", "coordinator", "dpo", "outsider"])
def test_nobody_else_confirms(world, reset, name):
    with pytest.raises(NotAllowed):
        as_confirmer(world.personas[name])


def test_other_carrier_has_no_part_in_it(world, admins, reset, login):
    with pytest.raises(NotAllowed):
        request_factor_reset(by=admins["far_admin"], user=world.counsellor.user, reason="x")
    with pytest.raises(NotAllowed):
        confirm_factor_reset(by=as_confirmer(world.far_admin), reset=reset)
    assert login(world.far_admin).post(f"/verwaltung/konten/zweiter-faktor/{reset.public_id}/").status_code == 404


def test_asked_twice_is_said_and_done_twice_is_refused(world, admins, reset):
    with pytest.raises(ValidationError, match="schon beantragt"):
        request_factor_reset(by=admins["second_admin"], user=world.counsellor.user, reason="noch einmal")
    confirm_factor_reset(by=as_confirmer(world.second_admin), reset=reset)
    with pytest.raises(ValidationError, match="schon erledigt"):
        confirm_factor_reset(by=as_confirmer(world.carrier_manager), reset=reset)


def test_dropped_request_takes_nothing_away(world, reset):
    drop_factor_reset(by=as_confirmer(world.carrier_manager), reset=reset)
    with pytest.raises(ValidationError, match="schon erledigt"):
        confirm_factor_reset(by=as_confirmer(world.second_admin), reset=reset)
    assert factors(world.counsellor) == 2


def test_account_without_a_factor_has_nothing_to_reset(world, admins):
    with pytest.raises(ValidationError, match="keinen zweiten Faktor"):
        request_factor_reset(by=admins["sysadmin"], user=world.counsellor.user, reason="x")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        (lambda w: {"confirmed_by": w.sysadmin.user, "confirmed_at": timezone.now()}, "factor_reset_confirmed_by_another"),
        (lambda w: {"confirmed_by": w.counsellor.user, "confirmed_at": timezone.now()}, "factor_reset_confirmed_by_another"),
        (lambda w: {"requested_by": w.counsellor.user}, "factor_reset_requested_by_another"),
        (lambda w: {"confirmed_by": w.second_admin.user}, "factor_reset_confirmation_pair"),
        (lambda w: {"confirmed_at": timezone.now()}, "factor_reset_confirmation_pair"),
    ],
)  # fmt: skip
def test_database_refuses_one_person_doing_both(world, reset, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FactorReset.objects.update(**changes(world))


def test_second_persons_are_asked_by_mail(world, admins, login, letters):
    give_factor(world.counsellor)
    url = f"/verwaltung/konten/konto/{world.counsellor.user.public_id}/zweiter-faktor/"
    with letters() as box:
        login(world.sysadmin).post(url, {"reason": "Telefon verloren"})
    asked = {mail.to[0].partition("@")[0] for mail in box if mail.subject.startswith("Bitte um Bestätigung")}
    assert asked == {"second_admin", "technical_lead", "carrier_manager"}


def test_pages_lead_from_request_to_confirmation(world, admins, login):
    give_factor(world.counsellor)
    admin, url = login(world.sysadmin), f"/verwaltung/konten/konto/{world.counsellor.user.public_id}/"

    assert "Bitte ausfüllen" in admin.post(f"{url}zweiter-faktor/", {"reason": " "}).content.decode()
    assert admin.post(f"{url}zweiter-faktor/", {"reason": "Telefon verloren"}).url == url
    decide = f"/verwaltung/konten/zweiter-faktor/{FactorReset.objects.get().public_id}/"
    own_page = admin.get("/verwaltung/konten/zweiter-faktor/").content.decode()
    assert ("Wartet auf eine zweite Person" in own_page, decide in own_page) == (True, False)
    assert admin.post(decide).status_code == 403

    lead = login(world.technical_lead)
    assert decide in lead.get("/verwaltung/konten/zweiter-faktor/").content.decode()
    lead.post(decide)
    assert factors(world.counsellor) == 0


@pytest.mark.parametrize(("persona", "sees"), [("technical_lead", True), ("sysadmin", False), ("counsellor", False)])
def test_home_tells_the_second_person_and_nobody_else(world, reset, login, persona, sees):
    page = login(world.personas[persona]).get("/").content.decode()
    assert ("1 Bitte" in page) == sees


def test_home_tells_nobody_of_another_carrier(world, reset, login):
    outside = grant(world.outsider.person, "technical_lead", world.suedstadt, world.far_site)
    assert outside.confirmed_at
    assert "1 Bitte" not in login(world.outsider).get("/").content.decode()
