from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.door import NotAllowed
from lotse.auditlog.models import Event
from lotse.catalogues.actions import add_entry, change_entry, release_text, reset_entry, withdraw_release
from lotse.catalogues.models import CatalogueOverride, TextRelease
from lotse.catalogues.queries import (
    are_words_released,
    for_organisation,
    releases_visible_to,
    texts_for_organisation,
)
from lotse.catalogues.texts import text

MOVED = {"name": "end_reason", "key": "moved"}


@pytest.fixture
def lead(world):
    return world.carrier_manager.actor


def release(lead, **more):
    values = {
        "key": "recording",
        "language": "tr",
        "reviewed_on": timezone.localdate(),
        "reviewed_by_name": "D. Beispiel",
    }
    return release_text(by=lead, **values | more)


def test_renaming_is_seen_by_the_own_organisation_only(world, lead):
    change_entry(by=lead, **MOVED, label="weggezogen")

    assert for_organisation("end_reason", world.nordstadt.pk).label("moved") == "weggezogen"
    assert for_organisation("end_reason", world.suedstadt.pk).label("moved") == "Umzug"
    assert Event.objects.get(key="catalogue.entry_changed").details == {"catalogue": "end_reason", "key": "moved"}


def test_second_wish_replaces_the_first(world, lead):
    change_entry(by=lead, **MOVED, label="weggezogen")
    change_entry(by=lead, **MOVED, hidden=True)

    row = CatalogueOverride.objects.get()
    assert (row.label, row.hidden) == ("", True)
    assert "moved" not in dict(for_organisation("end_reason", world.nordstadt.pk).choices)


def test_log_says_what_was_changed(lead):
    change_entry(by=lead, **MOVED, label="weggezogen")
    change_entry(by=lead, **MOVED, label="weggezogen", order=2)
    assert [e.fields for e in Event.objects.filter(key="catalogue.entry_changed").order_by("id")] == [
        ["label"],
        ["order"],
    ]


def test_own_entry_can_be_chosen_and_later_hidden_but_never_lost(world, lead):
    own = add_entry(by=lead, name="end_reason", label=" Ruhestand ")
    assert for_organisation("end_reason", world.nordstadt.pk).choices[-1] == (own.key, "Ruhestand")

    reset_entry(by=lead, override=own)

    found = for_organisation("end_reason", world.nordstadt.pk)
    assert own.key not in dict(found.choices)
    assert found.label(own.key) == "Ruhestand"


def test_reset_brings_the_proposal_back(world, lead):
    override = change_entry(by=lead, **MOVED, hidden=True)
    reset_entry(by=lead, override=override)
    assert (
        for_organisation("end_reason", world.nordstadt.pk).choices
        == for_organisation("end_reason", world.suedstadt.pk).choices
    )
    assert list(CatalogueOverride.objects.visible_to(lead)) == []


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"name": "german_level", "key": "a1", "label": "Anfang"}, "amtlich"),
        ({"name": "end_reason", "key": "nothing", "label": "x"}, "gibt es nicht"),
        ({"name": "nothing", "key": "x", "label": "x"}, "gibt es nicht"),
        ({"name": "end_reason", "key": "moved"}, "Bezeichnung oder einen Platz"),
        ({"name": "end_reason", "key": "moved", "order": 0}, "erste Platz ist 1"),
        ({"name": "end_reason", "key": "own_x", "label": " "}, "gibt es nicht"),
        ({"name": "client_text", "key": "recording", "label": "x"}, "Texte für Klient"),
        (
            {"name": "end_reason", "key": "moved", "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "liegt vor",
        ),
        ({"name": "end_reason", "key": "moved", "label": "x" * 201}, "200"),
    ],
)
def test_senseless_wish_is_refused(lead, wish, message):
    with pytest.raises(ValidationError, match=message):
        change_entry(by=lead, **wish)
    assert CatalogueOverride.objects.count() == 0


def test_own_entry_keeps_a_label(lead):
    with pytest.raises(ValidationError, match="Bezeichnung"):
        add_entry(by=lead, name="end_reason", label=" ")
    own = add_entry(by=lead, name="end_reason", label="Ruhestand")
    with pytest.raises(ValidationError, match="Bezeichnung"):
        change_entry(by=lead, name="end_reason", key=own.key, hidden=True)


@pytest.mark.parametrize("who", ["counsellor", "sysadmin", "funder", "outsider"])
def test_lists_and_texts_are_changed_only_by_those_who_may(world, who):
    actor = getattr(world, who).actor
    with pytest.raises(NotAllowed):
        change_entry(by=actor, **MOVED, hidden=True)
    with pytest.raises(NotAllowed):
        add_entry(by=actor, name="end_reason", label="x")
    with pytest.raises(NotAllowed):
        release(actor)


def test_ended_entry_is_not_offered_but_readable(world, lead):
    change_entry(by=lead, **MOVED, valid_to=timezone.localdate() - timedelta(days=1))

    assert "moved" not in dict(for_organisation("end_reason", world.nordstadt.pk).choices)
    assert for_organisation("end_reason", world.nordstadt.pk).label("moved") == "Umzug"


def test_neighbours_wishes_and_releases_cannot_be_touched(world, lead):
    override, released = change_entry(by=lead, **MOVED, hidden=True), release(lead)
    neighbour = world.coordinator.actor

    assert list(CatalogueOverride.objects.visible_to(neighbour)) == []
    assert releases_visible_to(neighbour) == []
    with pytest.raises(NotAllowed):
        reset_entry(by=neighbour, override=override)
    with pytest.raises(NotAllowed):
        withdraw_release(by=neighbour, release=released)


def test_released_translation_is_no_draft_any_more(world, lead):
    release(lead)

    assert texts_for_organisation("tr", world.nordstadt.pk)["recording"].draft_mark == ""
    assert texts_for_organisation("tr", world.suedstadt.pk)["recording"].draft_mark == "Entwurf, nicht geprüft"
    assert [k for k, t in texts_for_organisation("tr", world.nordstadt.pk).items() if t.reviewed] == ["recording"]


def test_release_holds_for_the_checked_version_only(world, lead):
    released = release(lead)
    assert released.version == text("recording", "tr").version
    TextRelease.objects.update(version="2020-01/tr-2020-01")
    assert not texts_for_organisation("tr", world.nordstadt.pk)["recording"].reviewed


def test_withdrawn_release_is_a_draft_again(world, lead):
    withdraw_release(by=lead, release=release(lead))
    assert not texts_for_organisation("tr", world.nordstadt.pk)["recording"].reviewed


def test_words_of_the_plan_are_released_per_language(world, lead):
    release(lead, key="words", language="ar")
    assert are_words_released("ar", world.nordstadt.pk)
    assert not are_words_released("fr", world.nordstadt.pk)
    assert are_words_released("de", world.nordstadt.pk)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"language": "de"}, "Vorlage"),
        ({"language": "xx"}, "gibt es nicht"),
        ({"key": "nothing"}, "gibt es nicht"),
        ({"key": "words", "language": "xx"}, "gibt es nicht"),
        ({"reviewed_by_name": " "}, "wer die Übersetzung"),
        ({"reviewed_on": timezone.localdate() + timedelta(days=2)}, "Zukunft"),
    ],
)
def test_senseless_release_is_refused(lead, wrong, message):
    with pytest.raises(ValidationError, match=message):
        release(lead, **wrong)
    assert TextRelease.objects.count() == 0


def test_version_is_released_once(lead):
    release(lead)
    with pytest.raises(ValidationError, match="schon freigegeben"):
        release(lead)


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("catalogue_override_changes_something", {}),
        ("catalogue_override_order_from_one", {"order": 0}),
        ("catalogue_override_ends_after_begin", {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}),
    ],
)
def test_database_refuses_a_senseless_row(world, constraint, row):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CatalogueOverride.objects.create(organisation=world.nordstadt, catalogue="end_reason", key="moved", **row)


def test_own_lists_and_texts_cost_one_statement(world, lead, django_assert_num_queries):
    for key in ("moved", "other", "departed"):
        change_entry(by=lead, name="end_reason", key=key, hidden=True)
        release(lead, key="words" if key == "moved" else "recording" if key == "other" else "health_data")
    with django_assert_num_queries(1):
        for_organisation("end_reason", world.nordstadt.pk)
    with django_assert_num_queries(1):
        texts_for_organisation("tr", world.nordstadt.pk)
    with django_assert_num_queries(0):
        for_organisation("german_level", world.nordstadt.pk)
    with django_assert_num_queries(0):
        texts_for_organisation("de", world.nordstadt.pk)
