from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.network.naming import NamesWarned


class TopicForm(NamesWarned):
    """`forums`: those she may raise it in; with one there is nothing to choose."""

    looked_through = ("title", "text", "wish")

    format = forms.ChoiceField(label="In welchem Forum?")
    title = forms.CharField(label="Worum geht es?", max_length=160)
    text = LongTextField(label="Was beobachten Sie?", help_text="Ohne Namen und ohne einzelne Fälle.", rows=5)
    wish = LongTextField(label="Was soll sich ändern?", rows=3, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, forums: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if forums:
            self.fields["format"].choices = forums
        else:
            del self.fields["format"]
        if len(forums) == 1:
            self.fields["format"].widget = forms.HiddenInput()
            self.initial["format"] = forums[0][0]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.looked_through}


class NoteForm(LotseForm):
    note = LongTextField(label="Was wurde besprochen?", rows=4, required=False)
    on = DayField(label="Am", past=True)


class PoliticsForm(LotseForm):
    note = LongTextField(label="An wen, und mit welcher Bitte?", rows=4)
    on = DayField(label="Am", past=True)


class AnswerForm(LotseForm):
    answer = LongTextField(label="Was soll das Forum erfahren?", rows=5)
    on = DayField(label="Am", past=True)


class CloseForm(LotseForm):
    note = LongTextField(label="Was bleibt festzuhalten?", rows=3, required=False)
