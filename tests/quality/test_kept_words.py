"""What is typed into the long forms of the room is kept until it is saved, for its writer alone."""

import pytest
from django.urls import reverse

from lotse.core.models import Draft
from lotse.quality.models import Judgement
from tests.factories import quality as catalogue
from tests.factories import quality_audits as audits
from tests.factories import quality_improvements as improving

BEGUN = "Halb getippt"


def _judgement(world):
    found = catalogue.begun(world, catalogue.small(world)).judgements.first()
    return "carrier_manager", reverse("quality:judge", args=[found.public_id]), "quality.judgement", found, "finding"


def _check(world):
    audit = audits.prepared(world, catalogue.small(world))
    found = audit.checks.first()
    return "counsellor", reverse("quality:audit_check", args=[found.public_id]), "quality.check", found, "observation"


def _finding(world):
    audit = audits.prepared(world, catalogue.small(world))
    return (
        "counsellor",
        reverse("quality:new_audit_finding", args=[audit.public_id]),
        "quality.new_finding",
        audit,
        "text",
    )


def _complaint(world):
    return "technical_lead", reverse("quality:new_complaint"), "quality.new_complaint", world.nordstadt, "text"


def _answer(world):
    found = improving.taken_down(world)
    url = reverse("quality:answer_complaint", args=[found.public_id])
    return "technical_lead", url, "quality.answer_complaint", found, "answer"


def _kept(web, key, of, field, revision=""):
    words = {"draft_form": key, "draft_object": of.public_id, "draft_revision": "", field: BEGUN, "revision": revision}
    return web.post("/entwurf/", words)


@pytest.mark.parametrize("form", [_judgement, _check, _finding, _complaint, _answer])
def test_a_form_of_long_words_keeps_what_is_typed(world, login, form):
    who, url, key, of, field = form(world)
    web = login(world.personas[who])
    page = web.get(url).content.decode()
    assert f'data-draft="{key}" data-draft-object="{of.public_id}"' in page
    assert _kept(web, key, of, field).status_code == 200
    page = web.get(url).content.decode()
    assert (BEGUN in page, "Ihr Entwurf vom" in page) == (True, True)
    web.post("/entwurf/verwerfen/", {"draft_form": key, "draft_object": of.public_id, "next": url})
    assert BEGUN not in web.get(url).content.decode()


def test_what_is_saved_needs_no_draft(world, login):
    who, url, key, of, field = _judgement(world)
    web = login(world.personas[who])
    _kept(web, key, of, field)
    web.post(url, {"rating": "fulfilled", "finding": "Ganz", "reason": "", "revision": of.revision})
    assert (Judgement.objects.get(pk=of.pk).finding, Draft.objects.count()) == ("Ganz", 0)


def test_another_sees_nothing_of_it(world, login):
    who, url, key, of, field = _judgement(world)
    _kept(login(world.personas[who]), key, of, field)
    assert BEGUN not in login(world.technical_lead).get(url).content.decode()


def test_what_is_closed_keeps_no_draft(world, login):
    assessment = catalogue.begun(world, catalogue.small(world))
    catalogue.closed(world, assessment)
    url = reverse("quality:judge", args=[assessment.judgements.first().public_id])
    assert "data-draft" not in login(world.carrier_manager).get(url).content.decode()
