from django import forms

from lotse.casework.enums import Damage
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class PropertyForm(LotseForm):
    description = forms.CharField(
        label="Was nehmen Sie an?", max_length=300, help_text="Zum Beispiel: Abschlusszeugnis, Original, 3 Seiten."
    )
    reason = forms.CharField(label="Wozu?", max_length=200, required=False)
    storage_place = forms.CharField(label="Wo liegt es?", max_length=200, required=False)
    received_on = DayField(label="Erhalten am", past=True)


class ReturnForm(LotseForm):
    to = forms.CharField(label="Zurückgegeben an", max_length=160)
    on = DayField(label="Zurückgegeben am", past=True)


class DamageForm(LotseForm):
    kind = forms.ChoiceField(label="Was ist geschehen?", choices=Damage.choices, widget=forms.RadioSelect)
    account = LongTextField(label="Wie kam es dazu?")
    on = DayField(label="Gemeldet am", past=True)


class SettlementForm(LotseForm):
    settlement = LongTextField(label="Wie wurde es geregelt?")
    on = DayField(label="Geregelt am", past=True)
