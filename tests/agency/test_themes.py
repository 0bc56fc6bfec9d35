"""What looks like one event is remarked upon, never refused (IA-07)."""

from datetime import date

import pytest

from lotse.agency.actions.plan import add_task
from lotse.agency.models import DismissedHint, Task
from lotse.agency.themes import looks_like_one_event, theme_hint
from tests.factories.agencies import YEAR

ONE_DAY = [(date(YEAR, 6, 1), date(YEAR, 6, 1))]
A_MONTH = [(date(YEAR, 6, 1), date(YEAR, 6, 10)), (date(YEAR, 6, 20), date(YEAR, 7, 1))]
LONGER = [(date(YEAR, 6, 1), date(YEAR, 6, 10)), (date(YEAR, 6, 20), date(YEAR, 7, 2))]


@pytest.mark.rule("IA-07")
@pytest.mark.parametrize(
    ("title", "steps", "is_one"),
    [
        ("Sommerfest", [], True),
        ("Interkulturelles Sommerfest im Park", A_MONTH, True),
        ("Interkulturelles Sommerfest im Park", LONGER, False),
        ("Ausflug nach Köln", ONE_DAY, True),
        ("Willkommen in der Stadt", ONE_DAY, True),
        ("Willkommen in der Stadt", [], False),
        ("Willkommen in der Stadt", A_MONTH, False),
        ("Zugang zu Kitas", ONE_DAY, False),
        ("Zusammenleben stärken mit einem Sommerfest", [], False),
        ("Vortragsreihe für Eltern", [], False),
        ("Treffpunkte schaffen", [], False),
        ("", [], False),
    ],
)
def test_one_event_is_told_from_a_theme(title, steps, is_one):
    assert looks_like_one_event(title, steps) == is_one


@pytest.mark.rule("IA-07")
def test_the_remark_comes_anew_with_other_steps():
    (first,), (second,) = theme_hint("x", "Sommerfest", []), theme_hint("x", "Sommerfest", ONE_DAY)
    assert first.checksum != second.checksum
    assert theme_hint("x", "Treffpunkte schaffen", []) == []


@pytest.mark.rule("IA-07")
def test_an_event_is_planned_with_a_remark_that_one_button_lays_aside(world, house, login):
    plan = house.document()
    made = add_task(by=world.worker.actor, document=plan, title="Sommerfest", field="SR")
    assert Task.objects.get() == made
    web, url = login(world.worker), f"/agentur/planung/{plan.public_id}/"
    assert "einzelnen Veranstaltung" in web.get(url).content.decode()
    assert "einzelnen Veranstaltung" in web.get(f"/agentur/planung/aufgabe/{made.public_id}/").content.decode()
    (hint,) = theme_hint(made.public_id, made.title, [])
    given = {"hint": hint.key, "place": hint.place, "words": hint.checksum, "back": url}
    assert (
        "einzelnen Veranstaltung"
        not in web.post(f"/agentur/dokument/{plan.public_id}/fehlalarm/", given, follow=True).content.decode()
    )
    assert DismissedHint.objects.get().by == world.worker.person
    assert "Fehlalarm" not in login(world.coordinator).get(url).content.decode()
