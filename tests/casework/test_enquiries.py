import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.enquiries import record_enquiry
from lotse.casework.enums import Outcome
from lotse.casework.models import Client, Enquiry
from lotse.core.errors import NotAllowed
from lotse.partners.models import Partner
from lotse.programmes.models import SiteOffer


def enquiry(world, by=None, **more):
    values = {
        "on": timezone.localdate(),
        "channel": "phone",
        "route": "own_initiative",
        "topics": ["housing", "family"],
        "outcome": Outcome.RESOLVED,
    }
    return record_enquiry(by=by or world.counsellor.actor, site=world.site, programme=world.mbe, **{**values, **more})


def typed(world, **more):
    offer = SiteOffer.objects.get(site=world.site)
    data = {"offer": offer.public_id, "on": f"{timezone.localdate()}", "channel": "phone", "route": "own_initiative"}
    return {**data, "topics": ["housing"], "outcome": "resolved", **more}


def test_enquiry_is_counted_anonymously(world):
    made = enquiry(world)

    assert [t.topic for t in made.topics.all()] == ["housing", "family"]
    assert Event.objects.filter(key="enquiry.recorded", object_ref=made.public_id).count() == 1
    assert Client.objects.count() == 0


@pytest.mark.rule("CL-01")
@pytest.mark.parametrize(
    "extra", [{"first_name": "Mira"}, {"german_level": "a2"}, {"goal": "find_work"}], ids=["name", "part_a", "part_b"]
)
def test_enquiry_action_refuses_names_and_plan_content(world, extra):
    with pytest.raises(ValidationError, match="einmalige Anfrage"):
        enquiry(world, **extra)
    assert Enquiry.objects.count() == 0


@pytest.mark.rule("CL-01")
def test_enquiry_form_refuses_more_than_its_inputs(world, login):
    response = login(world.counsellor).post("/anfrage/", typed(world, last_name="Özdemir"))

    assert response.status_code == 200
    assert "speichert nur diese Angaben, nicht: last_name" in response.content.decode()
    assert Enquiry.objects.count() == 0


@pytest.mark.rule("CL-07")
def test_referral_names_its_target(world):
    with pytest.raises(ValidationError, match="an wen verwiesen"):
        enquiry(world, outcome=Outcome.REFERRED)

    partner = Partner.objects.create(organisation=world.nordstadt, name="Mieterberatung", category="housing")
    assert enquiry(world, outcome=Outcome.REFERRED, referred_to=partner).referred_to == partner


@pytest.mark.rule("EN-01")
@pytest.mark.parametrize("name", ["sysadmin", "coordinator", "specialist", "dpo"])
def test_enquiry_is_recorded_by_counsellors_only(world, name):
    with pytest.raises(NotAllowed):
        enquiry(world, by=world.personas[name].actor)


def test_enquiry_page_saves_and_shows_the_recent_ones(world, login):
    web = login(world.counsellor)

    response = web.post("/anfrage/", typed(world), follow=True)

    assert "Anfrage erfasst." in response.content.decode()
    assert Enquiry.objects.get().site == world.site


@pytest.mark.rule("DA-01")
def test_enquiry_of_tomorrow_is_refused_beside_the_field(world, login):
    response = login(world.counsellor).post("/anfrage/", typed(world, on="2999-01-01"))

    assert "Das Datum liegt in der Zukunft." in response.content.decode()
    assert Enquiry.objects.count() == 0


@pytest.mark.rule("CL-08")
def test_further_counselling_without_a_joint_step_asks_once(world, login):
    web = login(world.counsellor)

    response = web.post("/anfrage/", typed(world, outcome="further_counselling"))
    assert "gemeinsam entschieden" in response.content.decode()
    assert Enquiry.objects.count() == 0

    web.post("/anfrage/", typed(world, outcome="further_counselling", acknowledged="CL-08"))
    assert Enquiry.objects.count() == 1
