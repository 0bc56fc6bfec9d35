from collections import Counter
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps

import lotse
from lotse.auditlog import sentences
from lotse.auditlog.door import VERBS
from lotse.auditlog.models import Event
from lotse.auditlog.recorder import READS
from lotse.auditlog.sentences import UnknownEvent, field_label, name_fields, object_label, sentence
from lotse.casework.part_a_template import TEMPLATES

for module in walk_packages(lotse.__path__, "lotse."):
    if ".actions" in module.name:
        import_module(module.name)


def said(key, **more):
    return sentence(Event(actor_label="Mira Beispiel", key=key, **more))


@pytest.mark.parametrize("key", sorted(VERBS))
def test_every_verb_has_a_sentence(key):
    assert said(key) == f"Mira Beispiel {VERBS[key].sentence}."


@pytest.mark.parametrize("key", sorted(VERBS))
def test_sentences_of_verbs_continue_a_name(key):
    assert VERBS[key].sentence.split()[0] in ("hat", "ist")
    assert not VERBS[key].sentence.endswith(".")


@pytest.mark.parametrize("kind", sorted(READS))
def test_every_kind_of_reading_has_a_sentence(kind):
    assert said(kind, is_read=True, details={"what": "Förderplan"}).endswith(": Förderplan.")


def test_changed_fields_are_named_in_german():
    event = {"object_type": "seal", "fields": ["segment", "count"]}
    assert said("log.month_expired", **event) == (
        "Mira Beispiel hat einen abgelaufenen Protokollmonat entfernt (Monat, Einträge)."
    )


def test_fields_that_are_no_columns_can_be_named(monkeypatch):
    monkeypatch.setattr(sentences, "_NAMED", {})
    name_fields("seal", {"a1": "Schulabschluss"})
    assert [field_label("seal", name) for name in ("a1", "segment", "gone")] == ["Schulabschluss", "Monat", "gone"]


def test_the_questions_of_part_a_are_named_in_words():
    chapter = next(iter(TEMPLATES.values())).chapters[0]
    assert [field_label("parta", f.key) for f in chapter.fields] == [f.label for f in chapter.fields]


def test_an_unknown_verb_is_an_error():
    with pytest.raises(UnknownEvent):
        said("nobody.did_this")


def test_a_verb_is_not_a_kind_of_reading():
    with pytest.raises(UnknownEvent):
        said("log.month_expired", is_read=True)


def test_a_retired_verb_still_speaks(monkeypatch):
    monkeypatch.setattr(sentences, "RETIRED", {"old.verb": "hat früher etwas getan"})
    assert said("old.verb") == "Mira Beispiel hat früher etwas getan."


def test_names_of_models_are_unambiguous():
    """An entry names its object by the model's name alone."""
    own = [m._meta.model_name for m in apps.get_models() if m.__module__.startswith("lotse.")]
    assert [name for name, count in Counter(own).items() if count > 1] == []


def test_objects_have_german_names():
    assert (object_label("seal"), object_label("")) == ("Siegel", "")
