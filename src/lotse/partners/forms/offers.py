from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from lotse.catalogues.fields import ListField, ListsField
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class OfferForm(LotseForm):
    seldom: ClassVar = ("costs", "languages", "contact", "valid_to")

    title = forms.CharField(label="Was wird angeboten?", max_length=160)
    topic = ListField("counselling_topic", label="Thema", empty="– keines davon –", required=False)
    for_whom = forms.CharField(label="Für wen?", max_length=200, required=False)
    admission = LongTextField(
        label="Bedingungen", help_text="Was man mitbringen oder erfüllen muss.", rows=2, required=False
    )
    waiting = forms.CharField(label="Wartezeit", max_length=120, required=False)
    costs = forms.CharField(label="Kosten", max_length=120, required=False)
    contact = forms.ChoiceField(label="Ansprechperson dafür", required=False)
    valid_to = DayField(label="Gibt es bis", required=False)
    languages = ListsField("language", label="Sprachen", required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", "– allgemein –"), *people]
        if not people:
            del self.fields["contact"]


class ContactPersonForm(LotseForm):
    name = forms.CharField(label="Name", max_length=120)
    role = forms.CharField(label="Funktion", max_length=120, required=False)
    responsible_for = forms.CharField(
        label="Zuständig für", help_text="Zum Beispiel Leistungen, Buchstaben A–K.", max_length=200, required=False
    )
    phone = forms.CharField(label="Telefon (dienstlich)", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail (dienstlich)", required=False)
    valid_to = DayField(label="Dort bis", required=False)
