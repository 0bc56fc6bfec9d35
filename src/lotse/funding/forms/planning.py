from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from lotse.core.fields import EuroField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.funding.enums import NeedKind
from lotse.programmes.models import BudgetLine

CHANGES = (NeedKind.MORE, NeedKind.LESS)


class AccountForm(LotseForm):
    account = forms.CharField(label="Konto", max_length=30)
    line = RowField(label="Ausgabenart")

    def __init__(self, *args: Any, lines: Mapping[str, BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(lines)
        self.fields["account"].widget.attrs["class"] += " short"


class ExpectForm(VersionedForm):
    amount = EuroField(label="Voraussichtlich im ganzen Jahr, in Euro")
    note = forms.CharField(label="Warum?", max_length=200)


class NeedForm(LotseForm):
    shown_when: ClassVar = dict.fromkeys(("amount", "line", "reason"), ("kind", CHANGES))

    kind = forms.ChoiceField(label="Bedarf bis zum Jahresende", choices=NeedKind.choices, widget=forms.RadioSelect)
    amount = EuroField(label="Betrag in Euro", required=False)
    line = RowField(label="Ausgabenart", required=False)
    reason = LongTextField(label="Warum?", max_length=500, required=False)

    def __init__(self, *args: Any, lines: Mapping[str, BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(lines, "– mehrere –")
        for name in ("amount", "reason"):
            self.fields[name].says_optional = True  # type: ignore[attr-defined]  # not where something changes

    def clean(self) -> dict[str, Any]:
        """The fields are optional only where nothing changes."""
        cleaned = super().clean()
        if cleaned.get("kind") in CHANGES:
            for name in ("amount", "reason"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Bitte ausfüllen.")
        return cleaned


class AskBackForm(LotseForm):
    remark = forms.CharField(label="Rückfrage an den Träger", max_length=300)
