"""Forms about posts and their shares."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.organisations import rules
from lotse.organisations.forms.shared import FteField, pick, picked
from lotse.organisations.models import Person, Post, PostShare, Site


class PostForm(LotseForm):
    title = forms.CharField(label="Bezeichnung", max_length=120)
    fte = FteField(
        label="Umfang in Vollzeitstellen", at_most=Decimal("99.00"), help_text="Zum Beispiel 0,50 oder 1,00."
    )
    site = forms.ChoiceField(label="Beratungsstelle", required=False)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = pick(sites, "– ohne –")


class ShareForm(LotseForm):
    """`held`: what people fill already, so that a sum over 1.00 can be pointed out (OR-05)."""

    person = forms.ChoiceField(label="Person")
    fte = FteField(label="Anteil", at_most=Decimal("1.00"), help_text="Zum Beispiel 0,50.")
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis", required=False)
    fixed_term = forms.BooleanField(label="befristet", required=False)
    substitute_for = forms.ChoiceField(label="Vertretung für", required=False)

    def __init__(
        self, *args: Any, post: Post, people: Sequence[Person], held: Mapping[int, list[PostShare]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.people, self.held = post, people, held
        self.fields["person"].choices = pick(people)
        self.fields["substitute_for"].choices = pick(people, "– niemanden –")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person, begin, fte = (
            picked(self.people, cleaned.get("person", "")),
            cleaned.get("valid_from"),
            cleaned.get("fte"),
        )
        if person and begin and fte:
            self._warn_of_sums(person, fte, cleaned)
        return cleaned

    def _warn_of_sums(self, person: Person, fte: Decimal, period: dict[str, Any]) -> None:
        begin, end = period["valid_from"], period.get("valid_to")
        shares = self.held.get(person.pk, [])
        total = rules.highest_sum(shares, begin, end) + fte
        if total > rules.FULL_TIME:
            self.warn(
                "person_sum", f"{person} hat damit zusammen {number_format(total, 2)} Vollzeitstellen, mehr als 1,00."
            )
        on_post = [share for shares in self.held.values() for share in shares if share.post_id == self.post.pk]
        filled = rules.highest_sum(on_post, begin, end) + fte
        if filled > self.post.fte:
            self.warn(
                "post_sum",
                f"Die Stelle umfasst {number_format(self.post.fte, 2)}; damit wären {number_format(filled, 2)} besetzt.",
            )
