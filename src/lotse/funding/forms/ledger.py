from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms

from lotse.core.fields import DayField, EuroField
from lotse.core.forms import LotseForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.funding.enums import EntryKind
from lotse.funding.rules import Cost
from lotse.organisations.models import Post
from lotse.programmes.models import BudgetLine

PHOTO_OR_PDF = "image/jpeg,image/png,application/pdf"  # by these words a phone offers its camera
NO_LINE = "Bitte sagen, zu welcher Ausgabenart das gehört."
LOOKS_BOOKED = "Am {on:%d.%m.%Y} ist schon dasselbe gebucht{number}. Bitte sagen, warum es nicht dieselben Kosten sind."
Like = Callable[[Cost], Cost | None]


class LineForm(LotseForm):
    """Where a cost belongs. `double_reason` stays out of sight until a cost looks booked (FU-14)."""

    line = RowField(label="Ausgabenart", required=False)
    post = RowField(label="Stelle", required=False, help_text="Nur bei Personalausgaben.")
    double_reason = forms.CharField(
        label="Warum ist das nicht doppelt?", max_length=200, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, lines: Mapping[str, BudgetLine], posts: Mapping[str, Post], like: Like, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.like = like
        self.fields["line"].offer(lines)
        self.fields["line"].says_optional = True  # type: ignore[attr-defined]  # it is not, for an expense
        self.fields["post"].offer(posts, "– keine –")

    def settle(self, cleaned: dict[str, Any], cost: Cost) -> None:
        """What holds for a cost: its kind, a post only for staff, and a reason where it looks booked."""
        line = cleaned.get("line")
        if "line" not in self.errors and line is None:
            self.add_error("line", NO_LINE)
        if line is None or not line.is_staff:
            cleaned["post"] = None
        post = cleaned.get("post")
        other = self.like(cost._replace(post=post.pk if post else None))
        if other and not cleaned.get("double_reason"):
            self.ask_reason(other)

    def ask_reason(self, other: Cost) -> None:
        number = f", Beleg {other.number}" if other.number else ""
        field = self.fields["double_reason"]
        field.widget = forms.TextInput()
        self.dress(field)
        self.add_error("double_reason", LOOKS_BOOKED.format(on=other.on, number=number))


class BookForm(LineForm):
    field_order = (
        "why", "kind", "amount", "on", "payee", "reason", "line", "post", "number", "funding_year", "file", "double_reason",
    )  # fmt: skip
    shown_when: ClassVar = {"line": ("kind", (EntryKind.EXPENSE,)), "post": ("kind", (EntryKind.EXPENSE,))}

    kind = forms.ChoiceField(label="Art", choices=EntryKind.choices, widget=forms.RadioSelect)
    amount = EuroField(label="Betrag in Euro")
    on = DayField(label="Datum", past=True)
    payee = forms.CharField(label="An wen oder von wem", max_length=160)
    reason = forms.CharField(label="Wofür", max_length=200)
    number = forms.CharField(label="Belegnummer", max_length=40, required=False)
    funding_year = forms.TypedChoiceField(label="Förderjahr", coerce=int)
    file = UploadField(label="Beleg", required=False)

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funding_year"].choices = [(year, str(year)) for year in years]
        self.fields["file"].widget.attrs["accept"] = PHOTO_OR_PDF
        for name in ("number", "funding_year"):
            self.fields[name].widget.attrs["class"] += " short"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == EntryKind.EXPENSE and not {"amount", "on", "payee"} & set(self.errors):
            self.settle(cleaned, Cost(cleaned["number"], cleaned["payee"], cleaned["amount"], cleaned["on"]))
        return cleaned


class CorrectForm(BookForm):
    why = forms.CharField(label="Was war falsch?", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Neuer Beleg"


class VoucherForm(LineForm):
    """Of a voucher the amount, day and payee are known; what came in has no kind of expense."""

    def __init__(self, *args: Any, cost: Cost, is_spent: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cost, self.is_spent = cost, is_spent
        if not is_spent:
            del self.fields["line"], self.fields["post"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_spent:
            self.settle(cleaned, self.cost)
        return cleaned


class MoveVoucherForm(VoucherForm):
    """An entry from a voucher is corrected in its place only: the rest is corrected where the voucher is."""

    field_order = ("why", "line", "post", "double_reason")

    why = forms.CharField(label="Was war falsch?", max_length=200)


class TakeBackForm(LotseForm):
    on = DayField(
        label="Am",
        past=True,
        help_text="Bei einem Irrtum der Tag der Buchung, sonst der Tag, an dem das Geld zurückkam.",
    )
    reason = forms.CharField(label="Warum?", max_length=200)


class ManyVouchersForm(LotseForm):
    line = RowField(label="Ausgabenart")
    voucher = forms.TypedMultipleChoiceField(label="Belege", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: Mapping[str, BudgetLine], vouchers: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].offer(lines)
        self.fields["voucher"].choices = [(key, str(row)) for key, row in vouchers.items()]
        self.fields["voucher"].coerce = lambda key: vouchers[key]
        self.fields["voucher"].error_messages["required"] = "Bitte mindestens einen Beleg ankreuzen."
