from django import forms

from lotse.core.forms import LotseForm

WHEN = [
    (0, "keine E-Mail"),
    (1, "am Tag vorher"),
    (2, "zwei Tage vorher"),
    (3, "drei Tage vorher"),
    (7, "eine Woche vorher"),
]


class ReminderForm(LotseForm):
    days_before = forms.TypedChoiceField(label="Erinnern", choices=WHEN, coerce=int, widget=forms.RadioSelect)
