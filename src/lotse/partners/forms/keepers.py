from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from lotse.core.forms import LotseForm
from lotse.partners.forms.partners import PICK, Choices

ALL, SOME = "all", "some"


class HandOverForm(LotseForm):
    """All is the usual case; who wants to divide them ticks some."""

    shown_when: ClassVar = {"partners": ("which", (SOME,))}

    to = forms.ChoiceField(label="Wer übernimmt?")
    which = forms.ChoiceField(label="Welche Partner?", required=False, widget=forms.RadioSelect)
    partners = forms.MultipleChoiceField(label="Diese", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, partners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", PICK), *people]
        self.fields["which"].choices = [(ALL, f"alle {len(partners)}"), (SOME, "nur einzelne")]
        self.fields["partners"].choices = partners
        self.fields["which"].says_optional = self.fields["partners"].says_optional = True
        if len(partners) == 1 and not self.is_bound:
            del self.fields["which"], self.fields["partners"]

    @property
    def chosen(self) -> list[str] | None:
        """None: all."""
        is_some = self.cleaned_data.get("which") == SOME
        return self.cleaned_data["partners"] if is_some else None
