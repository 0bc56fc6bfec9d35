"""Forms of the application, its parts, notices and agreements."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from lotse.core.fields import DayField, EuroField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.funding.enums import ApplicationState
from lotse.funding.models import CarrierPart, PartPost
from lotse.funding.queries.applications import Offer
from lotse.funding.queries.part_content import Cost, Funds, GridRow, PartContent
from lotse.organisations.forms.shared import FteField
from lotse.organisations.models import Organisation

Cells = list[tuple[int, forms.BoundField]]


class PostForm(VersionedForm):
    in_order = ("starts_on", "ends_on", "Das Ende liegt vor dem Beginn.")
    seldom = ("pay_grade", "starts_on", "ends_on", "post")
    field_order = ("title", "agency", "fte", "person", "pay_grade", "starts_on", "ends_on", "post")

    title = forms.CharField(label="Bezeichnung", max_length=120)
    agency = RowField(label="Integrationsagentur")
    fte = FteField(label="Stellenumfang (VZÄ)", at_most=Decimal("99.00"), help_text="Zum Beispiel 0,50 oder 1,00.")
    person = RowField(label="Wer hat sie?", required=False)
    pay_grade = forms.CharField(label="Eingruppierung", max_length=40, required=False)
    starts_on = DayField(label="Von", required=False, help_text="Leer heißt: ganze Förderphase.")
    ends_on = DayField(label="Bis", required=False)
    post = RowField(label="Stelle im Stellenplan", required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].offer(offer.agencies)
        self.fields["person"].offer(offer.people, "– Vakanz –")
        self.fields["post"].offer(offer.posts, "– keine –")

    @staticmethod
    def first(part: CarrierPart, row: PartPost | None, offer: Offer) -> dict[str, Any]:
        if row is None:
            return {"revision": part.revision, "agency": next(iter(offer.agencies)) if len(offer.agencies) == 1 else ""}
        same = {name: getattr(row, name) for name in ("title", "fte", "pay_grade", "starts_on", "ends_on")}
        picked = {name: one.public_id if (one := getattr(row, name)) else "" for name in ("agency", "person", "post")}
        return {**same, **picked, "revision": part.revision}


class PlanForm(VersionedForm):
    """A field for every kind of expense and year, once more for each post, and below them for what is brought in."""

    def __init__(self, *args: Any, content: PartContent, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": revision}, **kwargs)
        self.content, self.years = content, content.frame.years
        self.costs: dict[str, Cost] = {}
        self.funds: dict[str, Funds] = {}
        for number, row in enumerate(content.open_rows):
            self._add_row(f"k{number}", row, self.costs, lambda year, row=row: Cost(row.line, row.post, year))
        for row in content.fund_rows:
            self._add_row(row.line, row, self.funds, lambda year, row=row: Funds(row.line, year))

    def _add_row(self, prefix: str, row: GridRow, cells: dict[str, Any], cell: Any) -> None:
        for year, amount in zip(self.years, row.amounts, strict=True):
            name = f"{prefix}-{year}"
            cells[name] = cell(year)
            self.fields[name] = EuroField(label=f"{row.label}, {year}", required=False, initial=amount or None)
            self.fields[name].says_optional = True  # type: ignore[attr-defined]
            self.dress(self.fields[name])

    @property
    def cost_rows(self) -> list[tuple[str, Cells]]:
        return [(row.label, self._cells(f"k{number}")) for number, row in enumerate(self.content.open_rows)]

    @property
    def fund_rows(self) -> list[tuple[str, Cells]]:
        return [(row.label, self._cells(row.line)) for row in self.content.fund_rows]

    def _cells(self, prefix: str) -> Cells:
        return [(year, self[f"{prefix}-{year}"]) for year in self.years]

    def amounts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "costs": {cell: given.get(name) or Decimal(0) for name, cell in self.costs.items()},
            "funds": {cell: given.get(name) or Decimal(0) for name, cell in self.funds.items()},
            "revision": given["revision"],
        }


class MeasuresForm(VersionedForm):
    measures = LongTextField(label="Geplante Maßnahmen", rows=12, max_length=4000, required=False)


class AcknowledgingForm(LotseForm):
    """A day; each own share that is too low is acknowledged by itself (FU-01)."""

    on = DayField(label="Am", past=True)

    def __init__(self, *args: Any, gaps: Sequence[tuple[str, int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = gaps

    def clean(self) -> dict[str, Any]:
        for number, (_carrier, year, text) in enumerate(self.gaps):
            self.warn(f"own_share_{year}_{number}", text)
        return super().clean()


class ReturnForm(LotseForm):
    remark = LongTextField(label="Was ist zu ändern?", max_length=500)


class CorrectionForm(LotseForm):
    on = DayField(label="Verlangt am", past=True)
    remark = LongTextField(label="Was verlangt die Behörde?", max_length=500)
    parts = forms.TypedMultipleChoiceField(
        label="Wer muss ändern?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Diese Träger bekommen ihren Teil mit Ihren Worten zurück.",
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Sequence[CarrierPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {part.public_id: part for part in parts}
        self.fields["parts"].choices = [(key, str(part)) for key, part in known.items()]
        self.fields["parts"].coerce = lambda key: known[key]


class DecisionForm(LotseForm):
    outcome = forms.ChoiceField(
        label="Wie hat die Behörde entschieden?", widget=forms.RadioSelect,
        choices=[(str(s), s.label) for s in (ApplicationState.GRANTED, ApplicationState.REFUSED)],
    )  # fmt: skip
    on = DayField(label="Am", past=True)


class NoticeForm(LotseForm):
    dated_on = DayField(label="Datum des Bescheids", past=True)
    reference = forms.CharField(label="Aktenzeichen", max_length=80, required=False)
    note = forms.CharField(
        label="Was er ändert", max_length=300, required=False, help_text="Beim ersten Bescheid leer."
    )
    file = forms.FileField(label="Bescheid als Datei", required=False)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        for year in years:
            self.fields[f"y-{year}"] = EuroField(label=f"Betrag {year} in Euro", required=False)
            self.dress(self.fields[f"y-{year}"])
        self.order_fields(["dated_on", "reference", *(f"y-{year}" for year in years), "note", "file"])

    def values(self) -> dict[str, Any]:
        given = {year: self.cleaned_data[f"y-{year}"] for year in self.years}
        named = {name: self.cleaned_data[name] for name in ("dated_on", "reference", "note")}
        return {**named, "amounts": {year: amount for year, amount in given.items() if amount is not None}}


class AgreementForm(LotseForm):
    carrier = RowField(label="Träger")
    agreed_on = DayField(label="Vereinbart am", past=True)
    fte = FteField(label="Stellenumfang (VZÄ)", at_most=Decimal("999.00"))
    yearly_amount = EuroField(label="Zuwendung im Jahr in Euro")
    note = forms.CharField(label="Bemerkung", max_length=300, required=False)

    def __init__(self, *args: Any, carriers: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].offer(carriers)
