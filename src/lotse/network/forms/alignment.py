from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import VALID, LotseForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.network.enums import Direction
from lotse.network.models import AlignmentParty, NetworkFormat
from lotse.network.naming import NamesWarned
from lotse.organisations.models import Person
from lotse.partners.forms.named import PartnerOrName
from lotse.partners.models import Partner

PER_LINE = "Eine Zeile je Angabe, zum Beispiel Name, Anschrift, Stand des Sprachkurses."


class AlignmentForm(LotseForm):
    in_order = ("clear_by", "done_by", "Erst klären, dann umsetzen.")

    title = forms.CharField(label="Worum geht es?", max_length=160)
    contact = RowField(label="Ansprechperson, die das leitet")
    format = RowField(label="Für welches Format?", required=False)
    clear_by = DayField(label="Geklärt bis")
    done_by = DayField(label="Umgesetzt bis")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Mapping[str, Person], formats: Mapping[str, NetworkFormat], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].offer(people)
        self.fields["format"].offer(formats, "keins")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self["title"]], [self["contact"], self["format"]], [self["clear_by"], self["done_by"]]]


class PartyForm(PartnerOrName):
    partner = RowField(label="Aus den Partnern", required=False)
    name = forms.CharField(label="Oder Name der Einrichtung", max_length=160, required=False)
    officer = forms.CharField(label="Datenschutzbeauftragte*r dort", max_length=160, required=False)

    def __init__(self, *args: Any, partners: Mapping[str, Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].offer(partners)


class ExampleForm(NamesWarned):
    """Words that are names of people in files are named back to who writes (DP-06)."""

    looked_through = ("text", "hindered")

    text = LongTextField(
        label="Was ist passiert?", rows=5, help_text="Ohne Namen und ohne Angaben, an denen man jemanden erkennt."
    )
    hindered = LongTextField(label="Welche Regel stand im Weg?", rows=2, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StatementForm(LotseForm):
    party = RowField(label="Wo gilt das?", required=False)
    subject = forms.CharField(label="Wofür?", max_length=160, help_text="Zum Beispiel: Weitergabe der Telefonnummer.")
    text = LongTextField(label="Was gilt dort?", rows=3)
    aligned = LongTextField(label="Darauf haben wir uns geeinigt", rows=3, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parties: Mapping[str, AlignmentParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].offer(parties, "bei uns")


class ExchangeForm(LotseForm):
    in_order = VALID

    party = RowField(label="Mit wem?")
    direction = forms.TypedChoiceField(
        label="Wer gibt weiter?", choices=Direction.choices, coerce=Direction, widget=forms.RadioSelect
    )
    purpose = forms.CharField(label="Wozu?", max_length=200)
    categories = LongTextField(label="Welche Daten?", rows=3, help_text=PER_LINE)
    legal_basis = LongTextField(label="Auf welcher Rechtsgrundlage?", rows=2)
    conditions = LongTextField(label="Unter welchen Bedingungen?", rows=2, required=False)
    valid_from = DayField(label="Gilt ab")
    valid_to = DayField(label="Gilt bis", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parties: Mapping[str, AlignmentParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].offer(parties)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        alone = ("party", "direction", "purpose", "categories", "legal_basis", "conditions")
        return [*([self[name]] for name in alone), [self["valid_from"], self["valid_to"]]]


class OtherYesForm(LotseForm):
    officer = forms.CharField(label="Wer hat dort Ja gesagt?", max_length=160)
    on = DayField(label="Am", past=True)
    file = UploadField(label="Das Ja als Scan oder Foto")


class ObjectionForm(LotseForm):
    objection = LongTextField(label="Was fehlt noch?", rows=4)


class EndExchangeForm(LotseForm):
    note = LongTextField(label="Warum endet der Austausch?", rows=2)


class EndAlignmentForm(LotseForm):
    on = DayField(label="Abgeschlossen am", past=True)
