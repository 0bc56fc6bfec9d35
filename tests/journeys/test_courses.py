"""A course in a real browser: entered, begun, a talk refused without consent and kept with it, dropped out of."""

import pytest

from lotse.casework.models import CourseParticipation, ProviderContact
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def save(page):
    page.get_by_role("button", name="Speichern", exact=True).click()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_a_course_to_its_dropout(world, page, sign_in, accessible, width):
    client = make.case(world).client
    make.provider(world)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/kurse/")
    accessible()
    page.get_by_role("link", name="Kurs eintragen").click()
    page.get_by_label("Kursart").select_option("bamf_integration")
    page.get_by_label("Kursträger", exact=True).select_option(label="Sprachschule Nord")
    page.get_by_label("Kostenbefreiung").check()
    accessible()
    save(page)
    page.get_by_role("link", name="Beginn oder Abbruch").click()
    page.get_by_label("Der Kurs hat begonnen").check()
    accessible()
    save(page)
    page.get_by_text("während des Kurses").wait_for()
    accessible()
    talk_about_her(page, accessible)
    drop_out(page, accessible)

    course = CourseParticipation.objects.get()
    assert (course.dropout_reason, course.follow_up) == ("child_care", "Kita anrufen")
    page.goto("/")
    page.get_by_text("Kita anrufen").wait_for()
    accessible()


def talk_about_her(page, accessible):
    page.get_by_role("link", name="Gespräch festhalten").click()
    page.get_by_label("Es ging um diese Person").check()
    save(page)
    page.get_by_text("sprechen Sie nur mit ihrer Einwilligung").first.wait_for()
    accessible()
    assert ProviderContact.objects.count() == 0
    page.get_by_role("link", name="Einwilligung festhalten").click()
    accessible()
    save(page)
    page.get_by_role("link", name="Gespräch festhalten").click()
    page.get_by_label("Es ging um diese Person").check()
    page.get_by_label("Was wurde besprochen?").fill("Fehlt oft.")
    save(page)
    page.get_by_text("Fehlt oft.").wait_for()
    accessible()


def drop_out(page, accessible):
    page.get_by_role("link", name="Ende oder Abbruch").click()
    page.get_by_label("Die Person hat abgebrochen").check()
    page.get_by_label("Grund").select_option("child_care")
    page.get_by_label("Nachfragen am").fill(f"{make.days_ago(-3)}")
    page.get_by_label("Was ist zu tun?").fill("Kita anrufen")
    accessible()
    save(page)
    page.get_by_text("abgebrochen", exact=True).wait_for()
