"""Choosing between two files, part by part."""

from typing import Any

from django import forms

from lotse.casework.queries.merging import MergePlan
from lotse.core.forms import LotseForm
from lotse.core.typed import whole

KEEP, TAKE = "keep", "take"


class OtherFileForm(LotseForm):
    number = forms.IntegerField(label="Nummer der anderen Akte", min_value=1, max_value=2_000_000_000)


class MergeForm(LotseForm):
    """One question for each part in which the files differ; the file that stays is proposed."""

    revisions = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, plan: MergePlan, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, **kwargs)
        self.initial["revisions"] = f"{plan.survivor.revision}-{plan.absorbed.revision}"
        for choice in plan.choices:
            self._ask(f"part_{choice.part.key}", choice.part.label, choice.kept, choice.taken)
        for clash in plan.clashes:
            self._ask(clash.key, clash.label, _case(clash.kept), _case(clash.taken))

    def _ask(self, name: str, label: str, kept: str, taken: str) -> None:
        kept, taken = f"Akte {self.plan.survivor.number}: {kept}", f"Akte {self.plan.absorbed.number}: {taken}"
        answers = [(KEEP, kept), (TAKE, taken)]
        field = forms.ChoiceField(label=label, choices=answers, widget=forms.RadioSelect, initial=KEEP)
        self.dress(field)
        self.fields[name] = field

    @property
    def take(self) -> list[str]:
        return [c.part.key for c in self.plan.choices if self.cleaned_data[f"part_{c.part.key}"] == TAKE]

    @property
    def going_on(self) -> list[str]:
        return [c.taken.public_id for c in self.plan.clashes if self.cleaned_data[c.key] == TAKE]

    def clean_revisions(self) -> tuple[int, int] | None:
        left, _, right = self.cleaned_data["revisions"].partition("-")
        first, second = whole(left), whole(right)
        return None if first is None or second is None else (first, second)


def _case(case: Any) -> str:
    contact = f", letzter Kontakt {case.last_contact_on:%d.%m.%Y}" if case.last_contact_on else ""
    return f"seit {case.first_contact_on:%d.%m.%Y}, {case.responsible}{contact}"
