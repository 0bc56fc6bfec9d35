from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import forms

from lotse.core.forms import LotseForm
from lotse.insight.enums import PeriodKind
from lotse.insight.periods import FixedPeriod, offered
from lotse.organisations.models import Site

GROUPS = {PeriodKind.YEAR: "Jahre", PeriodKind.QUARTER: "Quartale", PeriodKind.MONTH: "Monate"}


class TablesForm(LotseForm):
    """One fixed period, and the whole carrier or one of its sites."""

    period = forms.ChoiceField(label="Zeitraum")
    site = forms.ChoiceField(label="Für", required=False)

    def __init__(self, *args: Any, today: date, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.key: period for period in offered(today)}
        self.sites = {site.public_id: site for site in sites}
        self.fields["period"].choices = [
            (GROUPS[kind], [(p.key, p.name) for p in found])
            for kind, found in groupby(self.periods.values(), key=lambda period: period.kind)
        ]
        self.fields["site"].choices = [("", "den ganzen Träger"), *((key, s.name) for key, s in self.sites.items())]
        self.fields["site"].says_optional = True  # the first choice says it
        if len(self.sites) < 2:
            del self.fields["site"]

    @property
    def asked(self) -> FixedPeriod:
        return self.periods[self.cleaned_data["period"]]

    @property
    def place(self) -> Site | None:
        return self.sites.get(self.cleaned_data.get("site", ""))


class WithdrawForm(LotseForm):
    reason = forms.CharField(label="Warum?", max_length=300)
