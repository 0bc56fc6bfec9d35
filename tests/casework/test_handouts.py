"""What a client takes home: plain words, two languages, nothing that is not known."""

import pytest
from django.utils import timezone

from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.plans import set_achievement
from lotse.casework.enums import Achievement, Act, Who
from lotse.casework.handouts import handout, site_sheet
from lotse.casework.models import Consent
from lotse.casework.queries import plan_of
from lotse.casework.queries.calendar import coming_appointments
from lotse.catalogues.loader import catalogue
from lotse.documents.rendering import render_pdf
from lotse.organisations.models import Site
from tests.documents.reading import text_of, words_of
from tests.factories import casework as make

TODAY = timezone.localdate()


def printed(client, language="de"):
    return words_of(render_pdf(handout(client, plan_of(client), coming_appointments(client, TODAY), TODAY, language)))


def test_handout_names_who_helps_and_what_each_one_does(world):
    plan = make.plan(world)
    goal = make.goal(world, plan)
    for who, text in (
        (Who.CLIENT, "Lebenslauf schreiben"),
        (Who.COUNSELLOR, "Jobcenter anrufen"),
        (Who.PARTNER, "Kurs suchen"),
    ):
        make.step(world, goal, who=who, text=text)

    found = printed(plan.client)

    order = (
        "Counsellor Beispiel",
        "Das machen Sie",
        "Lebenslauf schreiben",
        "Das machen wir",
        "Jobcenter anrufen",
        "Das machen andere",
        "Kurs suchen",
    )
    places = [found.find(words) for words in order]
    assert places == sorted(places)
    assert min(places) > 0


def test_what_is_done_is_not_asked_again(world):
    plan = make.plan(world)
    step = make.step(world, make.goal(world, plan), text="Lebenslauf schreiben")
    set_achievement(by=world.counsellor.actor, step=step, achieved=Achievement.YES)
    assert "Lebenslauf" not in printed(plan.client)


def test_without_a_plan_it_says_so(world):
    assert "Einen Förderplan gibt es noch nicht." in printed(make.person(world))


@pytest.mark.rule("DP-02")
def test_only_consents_in_force_are_printed(world):
    client = make.case(world).client
    assert "Einwilligung: Kompetenzen" in printed(client)
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.COMPETENCE), on=TODAY)
    assert "Einwilligung: Kompetenzen" not in printed(client)


def test_a_resting_file_gives_out_nothing(world, login):
    client = make.case(world).client
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.RECORDING), on=TODAY)
    web = login(world.counsellor)
    assert web.get(f"/akte/{client.public_id}/mitgeben/das-wichtigste.pdf").status_code == 403


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_second_language_stands_beside_the_german(world, language):
    plan = make.plan(world, agreed=True)
    found = text_of(render_pdf(handout(plan.client, plan_of(plan.client), [], TODAY, language)))
    assert "Das machen Sie" in found
    if language != "ar":  # shaped letters are checked on pictures
        assert catalogue("sheet_word").label("your_steps", language) in found


def test_site_sheet_prints_what_is_known_and_leaves_out_the_rest(world):
    Site.objects.filter(pk=world.site.pk).update(
        phone="02402 000", opening_hours=[{"weekday": d, "from": "09:00", "to": "15:00"} for d in range(5)]
    )
    site = Site.objects.get(pk=world.site.pk)

    found = words_of(render_pdf(site_sheet(site, ["ar", "tr"], "en")))

    assert "Montag–Freitag 09:00–15:00" in found
    assert "Monday–Friday 09:00–15:00" in found
    assert "02402 000" in found
    assert "Zugang" not in found
    assert "Netzwerke" not in found  # for professionals, not for clients


def test_site_sheet_takes_its_languages_from_the_people_at_work(world, login):
    page = login(world.counsellor).get(f"/infoblatt/{world.site.public_id}/?sprache=fr")
    assert page["Content-Type"] == "application/pdf"


def test_house_without_sites_is_told_so(world, login):
    web = login(world.coordinator)
    assert web.get("/infoblatt/").status_code == 200


def test_next_appointments_are_on_the_sheet_with_day_and_time(world):
    client = make.case(world).client
    assert "Zurzeit ist kein Termin vereinbart." in printed(client)

    arranged = make.appointment(world, of=client)[0]

    found = printed(client)
    assert f"{timezone.localtime(arranged.starts_at):%d.%m.%Y, %H:%M}" in found
    assert "Zurzeit ist kein Termin vereinbart." not in found
