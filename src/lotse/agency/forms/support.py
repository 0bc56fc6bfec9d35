from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.agency.enums import AdviceTopic, ConceptLevel, TrainingKind
from lotse.agency.models import HandbookPage, ProjectConcept
from lotse.agency.models.support import SECTIONS
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation, Person


class NewcomerForm(LotseForm):
    person = RowField(label="Wer ist neu?")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)


class FirstStepForm(LotseForm):
    done_on = DayField(label="Erledigt am", past=True, required=False)
    note = LongTextField(label="Mit wem, was kam heraus?", rows=4, required=False)


class ConceptForm(VersionedForm):
    title = forms.CharField(label="Titel", max_length=160)
    subtitle = forms.CharField(label="Untertitel", max_length=200, required=False)
    level = forms.ChoiceField(label="Stufe", choices=ConceptLevel.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SECTIONS:
            label = ProjectConcept._meta.get_field(name).verbose_name
            self.fields[name] = LongTextField(label=label, rows=4, required=False)
            self.fields[name].says_optional = True
            self.dress(self.fields[name])


class TrainingForm(LotseForm):
    title = forms.CharField(label="Thema", max_length=160)
    kind = forms.ChoiceField(label="Art", choices=TrainingKind.choices)
    on = DayField(label="Am")
    hours = forms.CharField(label="Uhrzeit", max_length=40, required=False)
    place = forms.CharField(label="Ort", max_length=160, required=False)
    seats = forms.IntegerField(label="Plätze", min_value=1, max_value=999, required=False)
    text = LongTextField(label="Worum geht es?", rows=4, required=False)


class AdviceForm(LotseForm):
    agency = RowField(label="Für welche Agentur?")
    topic = forms.ChoiceField(label="Thema", choices=AdviceTopic.choices)
    text = LongTextField(label="Worum geht es?", rows=5)

    def __init__(self, *args: Any, agencies: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].offer(agencies)


class AnswerForm(LotseForm):
    answer = LongTextField(label="Antwort", rows=5)


class PageForm(VersionedForm):
    chapter = forms.CharField(label="Kapitel", max_length=80)
    title = forms.CharField(label="Titel", max_length=160)
    body = LongTextField(label="Text", rows=14)
    review_on = DayField(label="Wieder ansehen am", required=False)

    @staticmethod
    def stored(page: HandbookPage) -> dict[str, Any]:
        kept = {name: getattr(page, name) for name in ("chapter", "title", "body", "review_on")}
        return {**kept, "revision": page.version}


class SuggestionForm(LotseForm):
    text = LongTextField(label="Ihr Vorschlag", rows=4)


class ReplyForm(LotseForm):
    reply = LongTextField(label="Antwort", rows=4)
