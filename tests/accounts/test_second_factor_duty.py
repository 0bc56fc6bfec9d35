import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lotse.accounts.actions.administration import set_second_factor_duty
from lotse.accounts.models import RoleDuty
from lotse.core.errors import NotAllowed
from lotse.organisations.roles import ROLES
from lotse.organisations.second_factor import duties
from tests.accounts.conftest import app_code, give_factor, sign_in

DEFAULT = {"counsellor", "intman", "technical_lead", "carrier_manager", "dpo", "sysadmin"}


@pytest.fixture
def production_defaults(settings):
    settings.SECOND_FACTOR_DEFAULTS = True


def demanded(organisation):
    return {duty.role.key for duty in duties(organisation.pk) if duty.required}


def test_default_demands_a_factor_of_roles_that_open_confirm_or_administer(world, production_defaults):
    assert demanded(world.nordstadt) == DEFAULT
    assert all(duty.is_default for duty in duties(world.nordstadt.pk))


def test_demo_has_no_defaults(world):
    assert demanded(world.nordstadt) == set()


def test_person_whose_role_demands_it_lands_on_the_set_up_page(world, web, production_defaults):
    sign_in(web, world.counsellor)
    response = web.get("/klienten/", follow=True)
    assert response.redirect_chain == [("/konto/", 302)]
    assert "zweiter Faktor Pflicht" in response.content.decode()


def test_writing_is_refused_too_until_it_is_set_up(world, web, production_defaults):
    sign_in(web, world.counsellor)
    assert web.post("/entwurf/", {"draft_form": "contact", "note": "x"}).url == "/konto/"


def test_set_up_page_is_open_and_leads_out(world, web, production_defaults):
    sign_in(web, world.counsellor)
    assert web.get(reverse("mfa_activate_totp"), follow=True).status_code == 200
    give_factor(world.counsellor)
    assert web.get("/klienten/").status_code == 200


def test_session_opened_with_the_factor_goes_straight_to_work(world, web, production_defaults):
    give_factor(world.counsellor)
    assert sign_in(web, world.counsellor).url == "/konto/2fa/authenticate/"
    assert web.get("/klienten/").url.startswith("/konto/login/")
    assert web.post("/konto/2fa/authenticate/", {"code": app_code()}).url == "/"
    assert web.get("/klienten/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(world, web, production_defaults):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(world.counsellor.user)
    sign_in(web, world.counsellor)
    assert web.get("/klienten/").url == "/konto/"


def test_person_without_such_a_role_is_free(world, web, production_defaults):
    sign_in(web, world.specialist)
    assert web.get("/").status_code == 200


def test_account_of_its_own_can_be_obliged(world, web):
    world.specialist.user.must_use_second_factor = True
    world.specialist.user.save()
    sign_in(web, world.specialist)
    assert web.get("/").url == "/konto/"


def test_organisation_decides_for_a_role_and_goes_back_to_the_default(world, admins, production_defaults):
    here = world.nordstadt.pk
    set_second_factor_duty(by=admins["sysadmin"], organisation_id=here, role="counsellor", required=False)
    set_second_factor_duty(by=admins["sysadmin"], organisation_id=here, role="assessor", required=True)
    assert demanded(world.nordstadt) == DEFAULT - {"counsellor"} | {"assessor"}
    assert demanded(world.suedstadt) == DEFAULT

    set_second_factor_duty(by=admins["sysadmin"], organisation_id=here, role="counsellor", required=None)
    assert demanded(world.nordstadt) == DEFAULT | {"assessor"}


def test_duty_is_set_on_the_page(world, login, web):
    admin = login(world.sysadmin)
    page = admin.get("/verwaltung/konten/pflicht/").content.decode()
    assert page.count("Vorgabe von Lotse") == len(ROLES)

    admin.post("/verwaltung/konten/pflicht/", {"role": "counsellor", "choice": "yes"})
    admin.post("/verwaltung/konten/pflicht/", {"role": "erfunden", "choice": "yes"})

    assert list(RoleDuty.objects.values_list("organisation_id", "role", "must_use_second_factor")) == [
        (world.nordstadt.pk, "counsellor", True)
    ]
    sign_in(web, world.counsellor)
    assert web.get("/").url == "/konto/"


def test_nobody_decides_for_another_carrier(world, admins):
    with pytest.raises(NotAllowed):
        set_second_factor_duty(by=admins["far_admin"], organisation_id=world.nordstadt.pk, role="dpo", required=True)


def test_one_row_per_role(world):
    RoleDuty.objects.create(organisation_id=1, role="dpo", must_use_second_factor=True)
    with pytest.raises(ValidationError, match="schon etwas festgelegt"):
        RoleDuty(organisation_id=1, role="dpo", must_use_second_factor=False).full_clean()
