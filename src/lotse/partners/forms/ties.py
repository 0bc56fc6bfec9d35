from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.partners.enums import Closeness, ContactKind, Quality

US = "unser Haus"


class PartnerContactForm(LotseForm):
    on = DayField(label="Wann?", past=True)
    kind = forms.ChoiceField(label="Wie?", choices=ContactKind.choices, widget=forms.RadioSelect)
    note = LongTextField(label="Notiz", help_text="Keine Klient*innen nennen.", rows=3, required=False)


class QualityForm(LotseForm):
    quality = forms.ChoiceField(
        label="Wie läuft die Zusammenarbeit?", choices=Quality.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Ein Satz dazu", max_length=300, required=False)
    on = DayField(label="Stand vom", past=True)


class RelationForm(LotseForm):
    other = forms.ChoiceField(label="Mit wem?", required=False)
    closeness = forms.ChoiceField(label="Wie eng?", choices=Closeness.choices, widget=forms.RadioSelect)
    since = DayField(label="Seit", past=True)

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", US), *others]
        self.fields["other"].says_optional = True


class EndRelationForm(LotseForm):
    on = DayField(label="Beendet am", past=True)
