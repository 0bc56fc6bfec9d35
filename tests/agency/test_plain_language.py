"""Passages that are hard to read: seen, never more than one remark of a kind."""

import pytest

from lotse.agency.actions.hints import dismiss_hint
from lotse.agency.actions.reports import write_report
from lotse.agency.models import ReportSection
from lotse.agency.plain_language import heavy_nouns, is_passive, remarks
from tests.agency import way

LONG = "Wir haben " + "sehr " * 22 + "viel getan."
PASSIVE = "Die Werkstatt wurde im Mai eröffnet. Danach wurden zwölf Frauen beraten."
NOUNS = "Die Durchführung der Qualifizierung diente der Verbesserung der Zusammenarbeit."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Vierzehn Frauen kamen. Sie kochten zusammen.", []),
        (LONG, ["long_sentence"]),
        (PASSIVE, ["passive"]),
        (NOUNS, ["nouns"]),
        (f"{LONG} {PASSIVE} {NOUNS} {LONG}", ["long_sentence", "passive", "nouns"]),
    ],
)
def test_what_is_hard_to_read_is_remarked_once(text, found):
    assert [hint.key for hint in remarks(text, "section-1")] == found


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Die Werkstatt wurde eröffnet.", True),
        ("Zwölf Frauen wurden beraten.", True),
        ("Das Konzept wird organisiert.", True),
        ("Wir werden gern wiederkommen.", False),
        ("Das wird gut.", False),
        ("Wir haben zwölf Frauen beraten.", False),
    ],
)
def test_a_sentence_without_anybody_who_acts(sentence, answer):
    assert is_passive(sentence) == answer


def test_one_sentence_in_the_passive_is_no_remark():
    assert remarks("Die Werkstatt wurde im Mai eröffnet. Viele kamen.", "section-1") == []


def test_nouns_that_hide_a_verb_are_counted():
    assert heavy_nouns(NOUNS) == 3
    assert heavy_nouns("Die Zeitung kam.") == 1
    assert heavy_nouns("Wir üben jung und alt.") == 0


def test_a_false_alarm_is_silent_for_the_same_sentence(world, house, login):
    way.planned(house)
    report = way.drafted(house)
    told = ReportSection.objects.get(document=report, kind="task")
    by, web, url = world.worker.actor, login(world.worker), f"/agentur/bericht/{report.public_id}/"
    write_report(by=by, document=report, texts={told.public_id: NOUNS}, results={})
    assert "Viele Hauptwörter" in web.get(url).content.decode()
    assert "Viele Hauptwörter" not in login(world.coordinator).get(url).content.decode()
    [hint] = remarks(NOUNS, f"reportsection-{told.public_id}")
    dismiss_hint(by=by, document=report, hint=hint.key, place=hint.place, words=hint.checksum)
    assert "Viele Hauptwörter" not in web.get(url).content.decode()
    write_report(by=by, document=report, texts={told.public_id: f"{NOUNS} Und mehr."}, results={})
    assert "Viele Hauptwörter" not in web.get(url).content.decode()
