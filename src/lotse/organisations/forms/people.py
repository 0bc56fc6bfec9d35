"""Forms about people who work here."""

from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.organisations.languages import language_choices


class PersonForm(LotseForm):
    first_name = forms.CharField(label="Vorname", max_length=80)
    last_name = forms.CharField(label="Nachname", max_length=80)
    former_name = forms.CharField(label="Früherer Name", max_length=80, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    started_on = DayField(label="Dienstbeginn", required=False)
    qualification = forms.CharField(label="Qualifikation", max_length=160, required=False)
    qualification_deviates = forms.BooleanField(label="weicht von der geforderten Qualifikation ab", required=False)
    manager_number = forms.IntegerField(label="IntMan-Nr.", min_value=1, max_value=99_999, required=False)
    languages = forms.MultipleChoiceField(
        label="Beratungssprachen", choices=language_choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    FIELDS = (
        "first_name", "last_name", "former_name", "email", "phone", "started_on", "qualification",
        "qualification_deviates", "manager_number", "languages",
    )  # fmt: skip

    @classmethod
    def initial_from(cls, person: Any) -> dict[str, Any]:
        return {name: getattr(person, name) for name in cls.FIELDS}


class LeaveForm(LotseForm):
    on = DayField(label="Letzter Tag im Dienst")
