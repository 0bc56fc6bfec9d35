"""What several forms of casework offer to choose from."""

from typing import Any

from django import forms

from lotse.catalogues.loader import choices

CLIENT_LANGUAGES = [
    ("de", "Deutsch"),
    ("ar", "Arabisch"),
    ("en", "Englisch"),
    ("fr", "Französisch"),
    ("tr", "Türkisch"),
]
PICK = "– bitte wählen –"


def pick(name: str, label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices(name, PICK), **more)


def pick_many(name: str, label: str, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices(name), widget=forms.CheckboxSelectMultiple, **more)
