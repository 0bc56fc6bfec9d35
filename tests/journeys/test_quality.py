"""A quality officer's year: criteria taken over, the manual named, judged, reviewed by another, closed; and the year after."""

import re

import pytest
from django.utils import timezone

from lotse.quality.actions.frameworks import link_criteria
from lotse.quality.enums import Rating
from lotse.quality.models import Criterion, Framework, SelfAssessment
from tests.factories import quality as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenaufbewahrungsordnung, Kapitel 4.2, Seite 17 bis 19"


def named(what, whom):
    """The name of a link whose end only a screen reader says."""
    return re.compile(rf"{what}\s*: {re.escape(whom)}")


def press(page, name, exact=True):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()


def test_from_an_empty_room_to_criteria_with_references(world, page, sign_in, look):
    sign_in(make.officer(world))
    page.goto("/qualitaet/")
    look("qualitaet-leer")
    page.get_by_role("link", name="Eigenen Katalog einlesen").click()
    look("qualitaet-einlesen")
    page.goto("/qualitaet/")
    press(page, "„Qualitätskriterien der AWO", exact=False)
    look("qualitaet-katalog")
    page.get_by_role("link", name=named("eintragen", "Mi 1.1. a)")).click()
    look("qualitaet-fundstelle")
    page.get_by_label("Stelle im QM-Handbuch").fill(LONG)
    press(page, "Speichern und zum nächsten ohne Fundstelle")
    page.get_by_label("Stelle im QM-Handbuch").fill("Kapitel 1.1, Anhang")
    press(page, "Speichern")
    page.get_by_label("Suchen", exact=True).fill("mi 6. b")
    page.get_by_role("button", name="Zeigen").click()
    look("qualitaet-gesucht")
    framework = Framework.objects.get()
    other = make.small(world, key="anderes", title="Beispielstandards für ein Siegel")
    first, second = Criterion.objects.get(slug="mi-4-a"), Criterion.objects.get(framework=other, slug="b-2")
    link_criteria(by=world.officer.actor, criterion=first, other=second, note="nur die Planung")
    page.goto(f"/qualitaet/kriterium/{first.public_id}/")
    look("qualitaet-kriterium")
    page.get_by_role("link", name="zuordnen", exact=True).click()
    look("qualitaet-zuordnen")
    page.goto("/qualitaet/")
    look("qualitaet")
    assert framework.criteria.filter(references__text=LONG).count() == 1


def test_a_year_is_judged_reviewed_and_closed_and_the_next_one_copied(world, page, sign_in, look):
    framework = make.awo(world)
    year = timezone.localdate().year
    last = make.closed(world, make.begun(world, framework, title=f"Selbstbewertung {year - 1}"), Rating.PARTLY)
    sign_in(world.carrier_manager)
    page.goto("/qualitaet/selbstbewertungen/")
    look("qualitaet-selbstbewertungen")
    page.get_by_role("link", name="beginnen").click()
    look("qualitaet-beginnen")
    press(page, "Beginnen")
    made = SelfAssessment.objects.exclude(pk=last.pk).get()
    press(page, named("gilt weiter", "Mi 1.1. a)"))
    page.get_by_role("link", name="Mi 1.2.", exact=True).click()
    look("qualitaet-bewerten-teile")
    for group in page.get_by_role("group").all():
        group.get_by_label("erfüllt", exact=True).check()
    page.get_by_label("Feststellung").fill("Die Konzeption wurde überarbeitet.")
    press(page, "Speichern und weiter")
    look("qualitaet-bewerten")
    page.get_by_label("nicht anwendbar", exact=True).check()
    page.get_by_label("Warum nicht anwendbar?").fill("Dieses Angebot gibt es bei uns nicht.")
    press(page, "Speichern")
    look("qualitaet-selbstbewertung")
    page.get_by_role("link", name="geändert").click()
    look("qualitaet-geaendert")
    make.judged_all(world, made)
    page.context.clear_cookies()
    sign_in(world.technical_lead)
    page.goto(f"/qualitaet/selbstbewertungen/{made.public_id}/?nur=pruefen")
    press(page, "Alle 48 angezeigten", exact=False)
    press(page, "Abschließen")
    look("qualitaet-abgeschlossen")
    page.context.clear_cookies()
    make.begun(world, make.small(world, title="Beispielstandards für ein Siegel"))
    sign_in(world.coordinator)
    page.goto("/qualitaet/traeger/")
    look("qualitaet-traeger")
