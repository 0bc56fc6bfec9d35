"""Forms about people: who is counselled, who lives with her, who may look."""

from typing import Any, ClassVar

from django import forms

from lotse.casework.enums import Attends, Relation
from lotse.casework.forms.choices import NOT_ASKED, PICK, pick
from lotse.casework.models import Client, HouseholdMember
from lotse.casework.models.handover import PROGRAMME_CHANGE
from lotse.core.fields import DayField, LongTextField, PartialDateField, YesNoField, format_partial_date
from lotse.core.forms import LotseForm, VersionedForm


class PersonForm(VersionedForm):
    first_name = forms.CharField(label="Vorname", max_length=80)
    last_name = forms.CharField(label="Nachname", max_length=80)
    birth = PartialDateField(label="Geburtsdatum", required=False)
    gender = pick("gender", "Geschlecht", NOT_ASKED, required=False)
    country_of_origin = pick("country", "Herkunftsland", NOT_ASKED, required=False)
    nationality = pick("country", "Nationalität", NOT_ASKED, required=False)
    entered = PartialDateField(label="Nach Deutschland eingereist", required=False)
    permanent_status_on = DayField(label="Dauerhafter Aufenthalt seit", past=True, required=False)
    is_resettler = YesNoField(label="Spätaussiedler*in oder Angehörige?")
    contact_language = pick("language", "Sprache für Gespräche", required=False)
    interpreter_needed = YesNoField(label="Sprachmittlung nötig?")
    phone = forms.CharField(label="Telefon", max_length=60, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    address = LongTextField(label="Anschrift", rows=2, required=False)

    def data_for_client(self) -> dict[str, Any]:
        """Column values, without the information about data recording."""
        cleaned = self.cleaned_data
        birth, entered = cleaned["birth"], cleaned["entered"]
        plain = (
            "gender", "country_of_origin", "contact_language", "interpreter_needed", "phone", "email", "address",
            "permanent_status_on", "is_resettler",
        )  # fmt: skip
        return {
            **{name: cleaned[name] for name in plain},
            "nationalities": [cleaned["nationality"]] if cleaned["nationality"] else [],
            "birth_date": birth.day if birth else None,
            "birth_precision": birth.precision if birth else "day",
            "entered_germany_on": entered.day if entered else None,
            "entered_precision": entered.precision if entered else "day",
        }

    @staticmethod
    def initial_from(client: Client) -> dict[str, Any]:
        plain = (
            "first_name", "last_name", "gender", "country_of_origin", "contact_language", "interpreter_needed", "phone",
            "email", "address", "permanent_status_on", "is_resettler", "revision",
        )  # fmt: skip
        return {
            **{name: getattr(client, name) for name in plain},
            "nationality": client.nationalities[0] if client.nationalities else "",
            "birth": format_partial_date(client.birth_date, client.birth_precision),
            "entered": format_partial_date(client.entered_germany_on, client.entered_precision),
        }


class NewPersonForm(PersonForm):
    """Person and information in one step (DP-01)."""

    site = forms.ChoiceField(label="Beratungsstelle")
    informed_on = DayField(label="Über die Datenerfassung informiert am", past=True)
    informed_language = pick("language", "Informiert auf")

    def __init__(self, *args: Any, sites: list[tuple[str, str]], has_duplicates: bool = False, **kwargs: Any) -> None:
        self.has_duplicates = has_duplicates
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.has_duplicates:
            self.warn(
                "duplicate", "Es gibt schon jemanden mit diesem Namen oder Geburtsdatum. Ist das eine andere Person?"
            )
        return cleaned


class HouseholdMemberForm(VersionedForm):
    seldom: ClassVar = (
        "gender", "birth_place", "nationality", "residence_place", "institution", "lives_in_household_since", "left_household_on",
    )  # fmt: skip
    shown_when: ClassVar = dict.fromkeys(
        ("attends", "attends_since", "school_degree_on"), ("relation", (Relation.CHILD,))
    )

    relation = forms.ChoiceField(label="Beziehung", choices=Relation.choices)
    name = forms.CharField(label="Name", max_length=120, required=False)
    gender = pick("gender", "Geschlecht", NOT_ASKED, required=False)
    birth = PartialDateField(label="Geburtsdatum", required=False)
    birth_place = forms.CharField(label="Geburtsort", max_length=120, required=False)
    nationality = pick("country", "Nationalität", NOT_ASKED, required=False)
    residence_place = forms.CharField(label="Wohnort", max_length=120, required=False)
    attends = forms.TypedChoiceField(label="Besucht", choices=[("", NOT_ASKED), *Attends.choices], required=False)
    institution = forms.CharField(label="Name der Kita, Schule oder Ausbildung", max_length=160, required=False)
    attends_since = DayField(label="Besucht seit", past=True, required=False)
    school_degree_on = DayField(label="Schulabschluss am", past=True, required=False)
    lives_in_household_since = DayField(label="Im Haushalt seit", past=True, required=False)
    left_household_on = DayField(label="Ausgezogen am", past=True, required=False)
    is_co_advised = YesNoField(label="Wird mitberaten?")

    PLAIN = (
        "relation", "name", "gender", "birth_place", "nationality", "residence_place", "institution", "attends", "attends_since", "school_degree_on",
        "lives_in_household_since", "left_household_on", "is_co_advised",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, left = cleaned.get("lives_in_household_since"), cleaned.get("left_household_on")
        if since and left and left < since:
            self.add_error("left_household_on", "Der Auszug liegt vor dem Einzug.")
        return cleaned

    def data_for_member(self) -> dict[str, Any]:
        """Column values."""
        cleaned = {name: self.cleaned_data[name] for name in self.PLAIN}
        birth = self.cleaned_data["birth"]
        return {
            **cleaned,
            "birth_date": birth.day if birth else None,
            "birth_precision": birth.precision if birth else "day",
        }

    @staticmethod
    def initial_from(member: HouseholdMember) -> dict[str, Any]:
        return {
            **{name: getattr(member, name) for name in (*HouseholdMemberForm.PLAIN, "revision")},
            "birth": format_partial_date(member.birth_date, member.birth_precision),
        }


class AppointmentForm(LotseForm):
    site = forms.ChoiceField(label="Beratungsstelle")
    name = forms.CharField(label="Name", max_length=120)
    takes_place_at = forms.DateTimeField(
        label="Termin", widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"})
    )

    def __init__(self, *args: Any, sites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = sites


class AssignmentForm(LotseForm):
    person = forms.ChoiceField(label="Kolleg*in")
    reason = forms.CharField(label="Grund", max_length=200)
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", PICK), *people]


class HandoverForm(LotseForm):
    shown_when: ClassVar = {"to_programme": ("reason", (PROGRAMME_CHANGE,))}

    to = forms.ChoiceField(label="An")
    reason = pick("handover_reason", "Grund")
    to_programme = forms.ChoiceField(label="Neues Programm", required=False)
    on = DayField(label="Übergabe am", past=True)
    client_present = YesNoField(label="War die Person beim Gespräch dabei?")
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], programmes: list[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", PICK), *people]
        self.fields["to_programme"].choices = [("", PICK), *programmes]
        self.fields["to_programme"].says_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["client_present"] = cleaned.get("client_present") is True
        if not cleaned["client_present"]:
            self.warn("CL-24", "Übergeben wird möglichst im gemeinsamen Gespräch mit der Person.")
        return cleaned


class EmergencyForm(LotseForm):
    last_name = forms.CharField(label="Nachname", max_length=80)
    number = forms.IntegerField(label="Aktennummer", min_value=1, max_value=2_000_000_000, required=False)
    birth_date = DayField(label="oder Geburtsdatum", past=True, required=False)
    reason = forms.CharField(
        label="Grund", max_length=200, help_text="Kurz, ohne Einzelheiten: Den Grund lesen auch andere."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "birth_date"):
            self.fields[name].says_optional = True  # one of both is needed, so "freiwillig" would mislead

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"number", "birth_date"} & set(self.errors) and not (cleaned["number"] or cleaned["birth_date"]):
            self.add_error("number", "Bitte die Aktennummer oder das Geburtsdatum angeben.")
        return cleaned
