from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.organisations.forms.shared import PICK
from lotse.programmes.models import SiteOffer
from lotse.surveys.enums import Moment
from lotse.surveys.questionnaires import Survey, surveys

FIRST = (Moment.SINGLE, Moment.BEFORE)


class RoundForm(LotseForm):
    in_order = ("opens_on", "closes_on", "Das Ende liegt vor dem Beginn.")

    survey = forms.ChoiceField(label="Fragebogen", widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Wo wird gefragt?")
    moment = forms.ChoiceField(
        label="Wie oft?",
        widget=forms.RadioSelect,
        choices=((Moment.SINGLE, "einmal"), (Moment.BEFORE, "zweimal: jetzt und später noch einmal")),
    )
    opens_on = DayField(label="Von")
    closes_on = DayField(label="Bis")

    def __init__(self, *args: Any, offers: Sequence[SiteOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {offer.public_id: offer for offer in offers}
        self.fields["survey"].choices = [(survey.key, survey.name) for survey in surveys()]
        named = [(key, f"{offer.site}, {offer.programme}") for key, offer in self.offers.items()]
        self.fields["place"].choices = named if len(named) == 1 else [("", PICK), *named]

    @property
    def values(self) -> dict[str, Any]:
        given, offer = self.cleaned_data, self.offers[self.cleaned_data["place"]]
        chosen = next(survey for survey in surveys() if survey.key == given["survey"])
        days = {name: given[name] for name in ("opens_on", "closes_on", "moment")}
        return {"survey": chosen, "site": offer.site, "programme": offer.programme, **days}


class LaterForm(LotseForm):
    """The same questions again."""

    in_order = ("opens_on", "closes_on", "Das Ende liegt vor dem Beginn.")

    opens_on = DayField(label="Von")
    closes_on = DayField(label="Bis")


class CodesForm(LotseForm):
    count = forms.IntegerField(label="Wie viele Zettel?", min_value=1, max_value=200, initial=24)


class PaperForm(LotseForm):
    """A stack of sheets, counted by answer."""

    sheets = forms.IntegerField(label="Wie viele Bögen?", min_value=1, max_value=500)

    def __init__(self, *args: Any, asked: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in asked.questions:
            for key, label in question.labels.items():
                name = f"{question.key}_{key}"
                self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=500, required=False)
                self.fields[name].says_optional = True
                self.dress(self.fields[name])

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The question, and a number for each answer."""
        return [
            (question.title, [self[f"{question.key}_{key}"] for key in question.keys])
            for question in self.asked.questions
        ]

    @property
    def sums(self) -> Mapping[str, Mapping[str, int]]:
        given = self.cleaned_data
        return {q.key: {key: given[f"{q.key}_{key}"] or 0 for key in q.keys} for q in self.asked.questions}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sheets = cleaned.get("sheets") or 0
        for question in self.asked.questions:
            ticks = sum(cleaned.get(f"{question.key}_{key}") or 0 for key in question.keys)
            if ticks > sheets:
                self.add_error(f"{question.key}_{question.keys[0]}", f"{ticks} Kreuze, aber {sheets} Bögen.")
        return cleaned


class ReviewForm(LotseForm):
    reviewed_on = DayField(label="Geprüft am", past=True)
    reviewed_by_name = forms.CharField(label="Geprüft von", max_length=120)
