from typing import Any

from django import forms

from lotse.agency.forms.measures import PHOTO_OR_PDF
from lotse.core.fields import DayField, EuroField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.documents.uploads import UploadField
from lotse.programmes.enums import VoucherKind


class VoucherForm(LotseForm):
    kind = forms.ChoiceField(label="Art", choices=VoucherKind.choices, widget=forms.RadioSelect)
    amount = EuroField(label="Betrag in Euro", max_digits=10)
    on = DayField(label="Datum", past=True)
    payee = forms.CharField(label="An wen oder von wem", max_length=160)
    reason = forms.CharField(label="Wofür", max_length=200)
    file = UploadField(label="Beleg", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = PHOTO_OR_PDF


class TakeBackForm(VersionedForm):
    """`asks_why`: papers of its year have left the house."""

    why = forms.CharField(label="Warum?", max_length=200, required=False)

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = asks_why


class ChangeVoucherForm(VoucherForm, TakeBackForm):
    field_order = ("why",)

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, asks_why=asks_why, **kwargs)
        self.fields["file"].label = "Neuer Beleg"
        if not asks_why:
            del self.fields["why"]
