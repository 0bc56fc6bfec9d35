"""Lines of the notes that mean something."""

from datetime import date

import pytest

from lotse.network.wording import NOBODY, decisions_in, only_mine, tasks_in, whose

DAY = date(2026, 2, 20)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Aufgabe: Flyer drucken – Anna Wolf, bis 12.03.", ("Flyer drucken", "Anna Wolf", date(2026, 3, 12))),
        ("- aufgabe: Flyer drucken - Wolf, bis zum 12.3.2027", ("Flyer drucken", "Wolf", date(2027, 3, 12))),
        ("Aufgabe: Flyer drucken, bis 12.01. – Anna", ("Flyer drucken", "Anna", date(2027, 1, 12))),
        ("Aufgabe: E-Mail-Verteiler pflegen – Anna", ("E-Mail-Verteiler pflegen", "Anna", None)),
        ("Aufgabe: Raum buchen", ("Raum buchen", NOBODY, None)),
        ("Aufgabe: Raum buchen – Anna, bis 31.02.", ("Raum buchen", "Anna, bis 31.02", None)),
    ],
)
def test_a_task_line_says_what_who_and_until_when(line, expected):
    (found,) = tasks_in(line, DAY)
    assert (found.text, found.owner_name, found.due_on) == expected


def test_lines_without_the_word_are_text():
    text = "Die Aufgabe: ist groß\nBeschlussvorlage: keine\nBeschluss: Wir treffen uns im Mai.\n• Beschluss:  Zwei. "
    assert decisions_in(text) == ["Wir treffen uns im Mai.", "Zwei."]
    assert tasks_in(text, DAY) == []


def test_equal_lines_have_keys_of_their_own():
    assert len({task.key for task in tasks_in("Aufgabe: A – B\nAufgabe: A – B", DAY)}) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Anna Wolf", 1), ("wolf", 1), ("Anna", None), ("Bär", None), ("Meier", 2), ("", None), ("Anna Meier", 2)],
)
def test_a_name_is_recognised_where_only_one_is_meant(name, expected):
    assert whose(name, [("Anna Wolf", 1), ("Anna Meier", 2)]) == expected


def test_what_is_only_mine_is_what_follows_the_same_beginning():
    assert only_mine("a\nb\nmein", "a\nb\nihres") == "mein"
    assert only_mine("a\nb", "a\nb\nc") == ""
