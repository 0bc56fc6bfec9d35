from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation
from lotse.programmes.enums import Financing
from lotse.programmes.models import Grant, Programme
from lotse.programmes.profiles import newest

CONDITIONS = ("own_share_percent", "overrun_percent", "spend_within_days", "retention_years")


class PercentField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs)
        self.widget.attrs |= {"class": "short", "inputmode": "decimal"}
        self.error_messages["invalid"] = "Bitte eine Zahl wie 10 oder 12,5 angeben."


class GrantForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160, help_text="Zum Beispiel: Integrationsagenturen 2026/27.")
    reference = forms.CharField(label="Aktenzeichen", max_length=80, required=False)
    funder = RowField(label="Zuwendungsgeber", required=False)
    authority = RowField(label="Bewilligungsbehörde", required=False)
    financing = forms.ChoiceField(label="Finanzierungsart", choices=Financing.choices)
    own_share_percent = PercentField(label="Eigenanteil mindestens (%)", help_text="Je Träger und Förderjahr.")
    overrun_percent = PercentField(
        label="Überschreitung einer Ausgabenart bis (%)", help_text="Wenn andere Ausgabenarten darunter bleiben."
    )
    spend_within_days = forms.IntegerField(
        label="Abgerufene Mittel verwenden binnen (Tage)", min_value=1, max_value=366
    )
    retention_years = forms.IntegerField(
        label="Belege aufbewahren (Jahre nach dem Förderjahr)", min_value=1, max_value=30
    )

    def __init__(
        self, *args: Any, funders: Mapping[str, Organisation], authorities: Mapping[str, Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].offer(funders)
        self.fields["authority"].offer(authorities)

    @staticmethod
    def first(grant: Grant) -> dict[str, Any]:
        picked = {name: row.public_id if (row := getattr(grant, name)) else "" for name in ("funder", "authority")}
        same = {name: getattr(grant, name) for name in ("name", "reference", "financing", *CONDITIONS)}
        return {**same, **picked}


class AgenciesForm(LotseForm):
    agencies = forms.TypedMultipleChoiceField(
        label="Integrationsagenturen", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, agencies: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = [(key, row.name) for key, row in agencies.items()]
        self.fields["agencies"].coerce = lambda key: agencies[key]


class NewGrantForm(GrantForm, AgenciesForm):
    seldom = ("financing", "reference", *CONDITIONS)
    field_order = (
        "name", "organisation", "programme", "first_year", "last_year", "rules_from", "funder", "authority", "agencies",
    )  # fmt: skip

    organisation = RowField(label="Wer bekommt sie?")
    programme = RowField(label="Programm")
    first_year = forms.IntegerField(label="Erstes Förderjahr", min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label="Letztes Förderjahr", min_value=2000, max_value=2100)
    rules_from = DayField(label="Fristen anlegen ab", help_text="Was vorher fällig war, legt Lotse nicht an.")

    def __init__(
        self, *args: Any, receivers: Mapping[str, Organisation], programmes: Mapping[str, Programme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(receivers)
        self.fields["programme"].offer(programmes)
        if len(receivers) == 1:  # nothing to choose
            self.fields["organisation"].widget = forms.HiddenInput()

    @classmethod
    def next_after(cls, last: Grant | None, today: date) -> dict[str, Any]:
        """The phase after the last one, paid by the same; else two years from the next one on."""
        begin, years = (last.last_year + 1, len(last.years)) if last else (today.year + 1, 2)
        kept = {**cls.first(last), "name": "", "reference": ""} if last else newest().conditions
        return {
            **kept, "first_year": begin, "last_year": begin + years - 1, "rules_from": today,
            "programme": last.programme.code if last else "ia",
        }  # fmt: skip


class LineForm(LotseForm):
    """What a kind of expense is called; whether it is paid for somebody on a post is said once."""

    number = forms.CharField(
        label="Nummer", max_length=10, required=False, help_text="Wie im Finanzierungsplan, zum Beispiel 2.1."
    )
    name = forms.CharField(label="Ausgabenart", max_length=120)


class NewLineForm(LineForm):
    is_staff = forms.BooleanField(label="Personal: wird für jemanden auf einer Stelle gezahlt", required=False)
