from typing import Any

from django import forms

from lotse.core.fields import YesNoField
from lotse.core.forms import LotseForm
from lotse.funding.queries.qualification import Profiled


class QualificationForm(LotseForm):
    """For each point whether it is met, and a word about it."""

    def __init__(self, *args: Any, profiled: Profiled, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for answer in profiled.answers:
            point, note = answer.point, answer.note
            wanted = "" if point.required else " (wünschenswert)"
            met, word = f"met_{point.key}", f"note_{point.key}"
            self.fields[met] = YesNoField(label=f"{point.title}{wanted}", initial=note.is_met if note else None)
            self.fields[word] = forms.CharField(
                label=f"Notiz dazu: {point.title}", max_length=200, required=False, initial=note.note if note else ""
            )
            self.dress(self.fields[met])
            self.dress(self.fields[word])

    def said(self) -> dict[str, tuple[bool | None, str]]:
        """By key of the point."""
        keys = [name.removeprefix("met_") for name in self.fields if name.startswith("met_")]
        return {key: (self.cleaned_data[f"met_{key}"], self.cleaned_data[f"note_{key}"]) for key in keys}
