"""A forum from the invitation to a task that is done, with the keyboard alone: every stop can be seen, none is a trap."""

import re

import pytest

from lotse.network.enums import Reply, TaskState
from lotse.network.models import ActionItem, AgendaItem, Meeting
from lotse.partners.actions.partners import create_partner
from tests.factories import network as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_STOPS = 120
# What has the focus: how it is called, whether a ring says so; and whether it has come into sight.
STOP = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const label = at.labels?.[0] ?? at;
  return at === document.body ? {name: ""} : {
    name: (at.getAttribute("aria-label") || label.innerText || "").trim(),
    rings: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
  };
}"""
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


class Keys:
    def __init__(self, page):
        self.page = page

    def to(self, name, after=0):
        """Tab by tab to the stop whose name begins so; `after` as many others of that name."""
        passed = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP)
            if stop["name"]:
                assert stop["rings"], stop
                self.page.wait_for_function(IN_SIGHT, timeout=3000)
            if stop["name"].startswith(name):
                if not after:
                    return
                after -= 1
            passed.append(stop["name"])
        raise AssertionError(f"{name} cannot be reached: {passed}")

    def press(self, name, after=0):
        """Goes on when the next page is there."""
        self.to(name, after)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def type(self, name, words):
        self.to(name)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)


@pytest.fixture
def keys(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    return Keys(page)


@pytest.fixture
def meeting(world):
    return make.meeting_of(world, make.forum_of(world), make.soon(3), invited=True)


def begin(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=make.began(100), ends_at=make.began(-20))


def test_from_the_forum_to_a_task_that_is_done_with_the_keyboard_alone(world, page, sign_in, keys, meeting, accessible):
    sign_in(world.coordinator)
    keys.press("Netzwerk")
    keys.press("Formate")
    keys.press(meeting.format.name)
    keys.press(meeting.format.name)
    keys.press("Ich komme")
    keys.press("Punkt vorschlagen")
    keys.type("Punkt", "Wartezeiten beim Amt")
    keys.press("Speichern")
    place = make.place_of(meeting, world.coordinator)
    proposed = [item.title for item in AgendaItem.objects.filter(meeting=meeting)]
    assert (place.reply, proposed.count("Wartezeiten beim Amt")) == (Reply.YES, 1)

    begin(meeting)
    page.reload()
    keys.press("Zur Sitzung")
    keys.press("Mitschreiben")
    keys.type(
        "Mitschrift",
        "Alle warten lange.\nBeschluss: Wir sammeln.\nAufgabe: Liste anlegen – Coordinator Beispiel, bis 12.03.2027",
    )
    page.get_by_text(re.compile("Gespeichert")).wait_for()
    keys.press("Beschlüsse und Aufgaben")
    accessible()
    keys.to("da")
    page.keyboard.press("Enter")
    page.locator("[aria-pressed=true]", has_text=re.compile("^da")).wait_for()
    keys.press("Treffen abschließen")
    keys.press("An alle verschicken")
    page.get_by_text("Das Protokoll geht an").wait_for()

    keys.press("Aufgaben")
    keys.press("Liste anlegen")
    keys.type("Was ist herausgekommen?", "Liegt im Ordner.")
    keys.press("Erledigt")
    accessible()
    task = ActionItem.objects.get()
    assert (task.state, task.result) == (TaskState.DONE, "Liegt im Ordner.")


def test_partners_are_handed_over_with_the_keyboard_alone(world, page, sign_in, keys, accessible):
    keeper = world.counsellor
    made = [
        create_partner(by=keeper.actor, name=n, category="other", keeper=keeper.person) for n in ("A-Haus", "B-Haus")
    ]
    sign_in(keeper)
    keys.press("Netzwerk")
    keys.press("Partner")
    keys.press("Partner übergeben")
    keys.press(str(keeper.person), after=1)  # the first is her account, in the head of the page
    keys.to("Wer übernimmt?")
    page.keyboard.type(str(world.colleague.person))
    keys.to("alle 2")
    page.keyboard.press("ArrowRight")
    keys.to("B-Haus")
    page.keyboard.press("Space")
    accessible()
    keys.press("Übergeben")
    for one in made:
        one.refresh_from_db()
    assert [one.keeper for one in made] == [keeper.person, world.colleague.person]


def test_a_table_that_scrolls_shows_that_it_has_the_focus(world, page, sign_in, keys, meeting):
    sign_in(world.counsellor)
    page.goto("/netzwerk/mandate/")
    keys.to("Wer, wohin, wie viele Stunden")
