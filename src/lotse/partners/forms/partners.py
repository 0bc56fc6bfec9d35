from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from lotse.catalogues.fields import ListField, ListsField
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.partners.enums import Priority

ALL, PICK = "– alle –", "– bitte wählen –"
Choices = Sequence[tuple[str, str]]


class PartnerForm(LotseForm):
    """Four fields are enough for a new one; the rest stands folded below."""

    seldom: ClassVar = ("further", "social_space", "target", "languages", "sites", "address", "note")

    name = forms.CharField(label="Name", max_length=160)
    category = ListField("partner_category", label="Art", empty=PICK, grouped=True)
    contact_person = forms.CharField(label="Ansprechperson", max_length=120, required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    keeper = forms.ChoiceField(label="Wer bei uns hält den Kontakt?", required=False)
    address = LongTextField(label="Anschrift", rows=2, required=False)
    social_space = forms.CharField(label="Sozialraum", max_length=120, required=False)
    sites = forms.MultipleChoiceField(
        label="Wichtig für", help_text="Ohne Auswahl: für alle.", required=False, widget=forms.CheckboxSelectMultiple
    )
    target = forms.CharField(label="Für wen ist die Einrichtung da?", max_length=200, required=False)
    further = ListsField("partner_category", label="Zählt auch als", required=False)
    languages = ListsField("language", label="Sprachen dort", required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(
        self, *args: Any, people: Choices, sites: Choices, spaces: Sequence[str], is_new: bool = True, **kwargs: Any
    ) -> None:
        """People at a partner that is there already have a form of their own."""
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["contact_person"]
        self.fields["keeper"].choices = [("", "– niemand –"), *people]
        self.fields["sites"].choices = sites
        self.fields["social_space"].widget.attrs |= {"list": "suggested", "autocomplete": "off"}
        self.suggested = spaces
        if len(sites) < 2:
            del self.fields["sites"]


class PartnerFilter(LotseForm):
    """What the list is narrowed to; what makes no sense narrows nothing."""

    seldom: ClassVar = ("vorrang", "raum", "sprache", "thema", "wer")

    q = forms.CharField(label="Name oder Angebot", required=False)
    art = ListField("partner_category", label="Art", empty=ALL, grouped=True, required=False)
    thema = ListField("counselling_topic", label="Angebot zum Thema", empty=ALL, required=False)
    sprache = forms.ChoiceField(label="Sprache", required=False)
    vorrang = forms.ChoiceField(label="Vorrang", required=False)
    raum = forms.ChoiceField(label="Sozialraum", required=False)
    wer = forms.ChoiceField(
        label="Wer hält den Kontakt?",
        choices=[("", ALL), ("meine", "ich"), ("niemand", "niemand")],
        required=False,
    )

    def __init__(self, *args: Any, ranks: list[Any], spaces: Choices, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("vorrang", ranks), ("raum", spaces), ("sprache", languages)):
            self.fields[name].choices = [("", ALL), *offered]
            if not offered:
                del self.fields[name]
        for field in self.fields.values():
            field.says_optional = True


class EndPartnerForm(LotseForm):
    on = DayField(label="Beendet am", past=True)


class RankForm(LotseForm):
    priority = forms.ChoiceField(label="Vorrang", required=False, widget=forms.RadioSelect)
    reason = LongTextField(label="Warum?", rows=2, required=False)

    def __init__(self, *args: Any, by_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [("", f"wie nach der Art: {by_kind}"), *Priority.choices]
        self.fields["priority"].says_optional = True
