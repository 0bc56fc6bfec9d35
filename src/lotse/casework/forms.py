"""Parse and validate what counsellors type; call nothing."""

from typing import Any, ClassVar

from django import forms

from lotse.casework import rules
from lotse.casework.enums import (
    Achievement,
    Act,
    AssessmentKind,
    CaseState,
    ConsentForm,
    Outcome,
    PlanStatusValue,
    Relation,
    Tier,
    Who,
)
from lotse.casework.models import Client, CounsellingCase
from lotse.casework.part_a_template import Chapter
from lotse.casework.states import CASE, CASE_ENDS
from lotse.catalogues.loader import catalogue, choices
from lotse.core.fields import DayField, LongTextField, PartialDateField, YesNoField, format_partial_date
from lotse.core.forms import LotseForm

CLIENT_LANGUAGES = [
    ("de", "Deutsch"),
    ("ar", "Arabisch"),
    ("en", "Englisch"),
    ("fr", "Französisch"),
    ("tr", "Türkisch"),
]
PICK = "– bitte wählen –"


def pick(name: str, label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices(name, PICK), **more)


def pick_many(name: str, label: str, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices(name), widget=forms.CheckboxSelectMultiple, **more)


class EnquiryForm(LotseForm):
    """Eight inputs at the most; the target of a referral opens only when it is needed."""

    shown_when: ClassVar = {"referred_to": ("outcome", (Outcome.REFERRED,))}

    offer = forms.ChoiceField(label="Stelle und Programm")
    on = DayField(label="Datum", past=True)
    channel = pick("contact_channel", "Kontaktweg")
    route = pick("access_route", "Zugangsweg")
    topics = pick_many("counselling_topic", "Themen")
    outcome = forms.ChoiceField(label="Ergebnis", choices=Outcome.choices, widget=forms.RadioSelect)
    referred_to = forms.ChoiceField(label="Verwiesen an", required=False)
    next_step = forms.CharField(
        label="Gemeinsam vereinbarter nächster Schritt", max_length=160, required=False, help_text="Ohne Namen."
    )

    def __init__(
        self, *args: Any, offers: list[tuple[str, str]], partners: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].choices = offers
        self.fields["referred_to"].choices = [("", PICK), *partners]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if unknown := set(self.data) - {*self.fields, "csrfmiddlewaretoken", "acknowledged"}:
            raise forms.ValidationError(
                f"Eine einmalige Anfrage speichert nur diese Angaben, nicht: {', '.join(sorted(unknown))}."
            )
        if not rules.referral_names_target(cleaned.get("outcome", ""), bool(cleaned.get("referred_to"))):
            self.add_error("referred_to", "Bitte angeben, an wen verwiesen wurde (CL-07).")
        if not cleaned.get("next_step") and "outcome" in cleaned and cleaned["outcome"] == Outcome.FURTHER_COUNSELLING:
            self.warn("CL-08", "Wie es weitergeht, wird gemeinsam entschieden und hier kurz festgehalten.")
        return cleaned


class PersonForm(LotseForm):
    first_name = forms.CharField(label="Vorname", max_length=80)
    last_name = forms.CharField(label="Nachname", max_length=80)
    birth = PartialDateField(label="Geburtsdatum", required=False)
    gender = forms.ChoiceField(label="Geschlecht", choices=choices("gender", "nicht erhoben"), required=False)
    country_of_origin = forms.ChoiceField(
        label="Herkunftsland", choices=choices("country", "nicht erhoben"), required=False
    )
    nationality = forms.ChoiceField(label="Nationalität", choices=choices("country", "nicht erhoben"), required=False)
    entered = PartialDateField(label="Nach Deutschland eingereist", required=False)
    contact_language = forms.ChoiceField(
        label="Sprache für Gespräche", choices=choices("language", PICK), required=False
    )
    interpreter_needed = YesNoField(label="Sprachmittlung nötig?")
    phone = forms.CharField(label="Telefon", max_length=60, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    address = LongTextField(label="Anschrift", rows=2, required=False)

    def data_for_client(self) -> dict[str, Any]:
        """Column values, without the information about data recording."""
        cleaned = self.cleaned_data
        birth, entered = cleaned["birth"], cleaned["entered"]
        plain = ("gender", "country_of_origin", "contact_language", "interpreter_needed", "phone", "email", "address")
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
        plain = ("first_name", "last_name", "gender", "country_of_origin", "contact_language", "interpreter_needed")
        return {
            **{name: getattr(client, name) for name in (*plain, "phone", "email", "address")},
            "nationality": client.nationalities[0] if client.nationalities else "",
            "birth": format_partial_date(client.birth_date, client.birth_precision),
            "entered": format_partial_date(client.entered_germany_on, client.entered_precision),
        }


class NewPersonForm(PersonForm):
    """Person and information in one step (DP-01)."""

    site = forms.ChoiceField(label="Beratungsstelle")
    informed_on = DayField(label="Über die Datenerfassung informiert am", past=True)
    informed_language = forms.ChoiceField(label="Informiert auf", choices=choices("language", PICK))

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


class FirstContactForm(LotseForm):
    programme = forms.ChoiceField(label="Programm")
    first_contact_on = DayField(label="Erstkontakt am", past=True)
    channel = pick("contact_channel", "Kontaktweg")
    access_route = pick("access_route", "Zugangsweg")
    route_detail = forms.CharField(
        label="Genauer: welche Stelle, mit oder ohne Integrationsplan", max_length=160, required=False
    )
    concern = LongTextField(label="Anliegen", required=False)
    information_need = LongTextField(label="Informationsbedarf", required=False, rows=2)
    problem = LongTextField(label="Problemlage", required=False, rows=2)
    support_need = LongTextField(label="Unterstützungsbedarf", required=False, rows=2)
    expectation = LongTextField(label="Erwartungen", required=False, rows=2)
    decided_jointly = YesNoField(label="Wie es weitergeht, haben wir gemeinsam entschieden")
    joint_decision = LongTextField(label="Gemeinsame Entscheidung", required=False, rows=2)

    TEXTS = ("concern", "information_need", "problem", "support_need", "expectation", "joint_decision")

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not rules.decision_is_joint(cleaned.get("decided_jointly")):
            self.warn("CL-08", "Der nächste Schritt soll eine gemeinsame Entscheidung sein (CL-08).")
        return cleaned


class ConsentDecisionForm(LotseForm):
    shown_when: ClassVar = {
        "oral_reason": ("form", (ConsentForm.ORAL,)),
        "representative": ("given_by_representative", (True,)),
    }

    acts = forms.MultipleChoiceField(
        label="Worüber wurde entschieden?",
        choices=[(a.value, a.label) for a in (Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE, Act.HEALTH)],
        widget=forms.CheckboxSelectMultiple,
    )
    given = forms.ChoiceField(
        label="Entscheidung", choices=[("yes", "erteilt"), ("no", "abgelehnt")], widget=forms.RadioSelect
    )
    decided_on = DayField(label="Datum", past=True)
    language = forms.ChoiceField(label="Text vorgelegt auf", choices=CLIENT_LANGUAGES)
    form = forms.ChoiceField(
        label="Form", choices=ConsentForm.choices, widget=forms.RadioSelect, initial=ConsentForm.WRITTEN
    )
    oral_reason = forms.CharField(label="Warum nur mündlich?", max_length=200, required=False)
    given_by_representative = forms.BooleanField(label="durch gesetzliche Vertretung", required=False)
    representative = forms.CharField(label="Name der Vertretung", max_length=120, required=False)
    interpreter = forms.CharField(label="Sprachmittlung durch", max_length=120, required=False)


class WithdrawalForm(LotseForm):
    on = DayField(label="Widerrufen am", past=True)


class TierForm(LotseForm):
    tier = forms.ChoiceField(
        label="Art der Beratung",
        choices=[(t.value, t.label) for t in (Tier.BASIC_COUNSELLING, Tier.CASE_MANAGEMENT)],
        widget=forms.RadioSelect,
    )
    since = DayField(label="seit", past=True)
    note = forms.CharField(label="Anmerkung", max_length=200, required=False)


class ContactForm(LotseForm):
    on = DayField(label="Datum", past=True)
    channel = pick("contact_channel", "Kontaktweg")
    minutes = forms.IntegerField(label="Minuten", min_value=1, max_value=960, required=False)
    topics = pick_many("counselling_topic", "Themen")
    note = LongTextField(label="Notiz", rows=5, required=False)
    next_step_on = DayField(label="Nächster Schritt am", required=False)
    next_step = forms.CharField(label="Nächster Schritt", max_length=300, required=False)


class NextStepForm(LotseForm):
    next_step_on = DayField(label="Nächster Schritt am", required=False)
    next_step = forms.CharField(label="Was ist zu tun?", max_length=300, required=False)
    reason = forms.CharField(label="Kein nächster Schritt, weil", max_length=160, required=False)


class AssessmentForm(LotseForm):
    kind = forms.ChoiceField(label="Art", choices=AssessmentKind.choices, widget=forms.RadioSelect)
    conducted_on = DayField(label="Datum", past=True)
    strengths = LongTextField(label="Stärken: Was kann die Person gut, was macht ihr Freude?", required=False)
    resources = LongTextField(label="Ressourcen: Wer und was unterstützt sie?", required=False)
    environment = LongTextField(label="Familie und Umfeld", required=False)
    needs = LongTextField(label="Was wird gebraucht?", required=False)


class HouseholdMemberForm(LotseForm):
    relation = forms.ChoiceField(label="Beziehung", choices=Relation.choices)
    name = forms.CharField(label="Name", max_length=120, required=False)
    gender = forms.ChoiceField(label="Geschlecht", choices=choices("gender", "nicht erhoben"), required=False)
    birth = PartialDateField(label="Geburtsdatum", required=False)
    birth_place = forms.CharField(label="Geburtsort", max_length=120, required=False)
    nationality = forms.ChoiceField(label="Nationalität", choices=choices("country", "nicht erhoben"), required=False)
    residence_place = forms.CharField(label="Wohnort", max_length=120, required=False)
    institution = forms.CharField(label="Kita, Schule oder Ausbildung", max_length=160, required=False)

    def data_for_member(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        birth = cleaned.pop("birth")
        return {
            **cleaned,
            "birth_date": birth.day if birth else None,
            "birth_precision": birth.precision if birth else "day",
        }


class ChapterForm(LotseForm):
    """A chapter of Teil A, built from the template; the form knows the fields, the template knows the conditions."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, chapter: Chapter, **kwargs: Any) -> None:
        self.chapter = chapter
        super().__init__(*args, **kwargs)
        for field in chapter.fields:
            self.fields[field.key] = _chapter_field(field)
        self.shown_when = {f.key: f.shown_when for f in chapter.fields if f.shown_when}

    def answers(self) -> dict[str, Any]:
        return {f.key: self.cleaned_data.get(f.key) for f in self.chapter.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("literate") is False and cleaned.get("literate_latin") is True:
            self.warn("literacy", "Nicht alphabetisiert, aber lateinisch alphabetisiert?")
        return cleaned


def _chapter_field(field: Any) -> forms.Field:
    more = {"label": field.label, "help_text": field.hint, "required": False}
    if field.kind == "yes_no":
        made: forms.Field = YesNoField(label=field.label, help_text=field.hint)
    elif field.kind == "whole":
        made = forms.IntegerField(min_value=0, max_value=99, **more)
    elif field.kind == "tick":
        made = forms.BooleanField(**more)
    elif field.kind == "multi":
        made = pick_many(field.catalogue, field.label, required=False)
    elif field.kind in ("choice", "language"):
        made = _choice_field(field)
    else:
        made = forms.CharField(max_length=300, **more)
    made.says_optional = True  # type: ignore[attr-defined]
    LotseForm.dress(made)
    return made


def _choice_field(field: Any) -> forms.ChoiceField:
    found = catalogue(field.catalogue or "language")
    grouped = found.grouped_choices if any(e.group for e in found.entries.values()) else found.choices
    return forms.ChoiceField(
        label=field.label, choices=[("", "nicht erhoben"), *grouped], required=False, help_text=field.hint
    )


class EnvironmentForm(LotseForm):
    environment = pick_many("environment", "Wer wurde in die Überlegungen einbezogen?")
    environment_note = LongTextField(label="Anmerkung", rows=2, required=False)


class GoalForm(LotseForm):
    area = forms.ChoiceField(label="Bereich", choices=choices("goal_area", "– in eigenen Worten –"), required=False)
    area_text = forms.CharField(label="Bereich in eigenen Worten", max_length=120, required=False)
    goal = forms.ChoiceField(label="Ziel", required=False)
    goal_text = LongTextField(label="Ziel in eigenen Worten", rows=2, required=False, max_length=500)

    shown_when: ClassVar = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = catalogue("goal_area")
        grouped = [(areas.label(group), rows) for group, rows in catalogue("goal").grouped_choices]
        self.fields["goal"].choices = [("", "– in eigenen Worten –"), *grouped]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key, text in (("area", "area_text"), ("goal", "goal_text")):
            if not rules.is_catalogue_or_own_words(cleaned.get(key, ""), cleaned.get(text, "")):
                self.add_error(key, "Bitte entweder aus der Liste wählen oder in eigenen Worten schreiben (CL-18).")
        return cleaned


class StepForm(LotseForm):
    text = LongTextField(label="Arbeitsschritt", rows=2, max_length=500)
    who = forms.ChoiceField(label="Wer?", choices=Who.choices, widget=forms.RadioSelect)
    who_name = forms.CharField(label="Name oder Stelle", max_length=120, required=False)
    agreed_on = DayField(label="Vereinbart am", past=True)
    due_on = DayField(label="Geplant bis", required=False)
    services = pick_many("regular_service", "Beteiligte Regeldienste", required=False)
    notes = LongTextField(label="Anmerkungen", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        due, agreed = cleaned.get("due_on"), cleaned.get("agreed_on")
        if due and agreed and due < agreed:
            self.add_error("due_on", "„Geplant bis“ liegt vor „vereinbart am“.")
        return cleaned


class AchievementForm(LotseForm):
    achieved = forms.ChoiceField(choices=Achievement.choices)
    reason = forms.CharField(max_length=500, required=False)


class DayForm(LotseForm):
    """One date with its own words."""

    on = DayField(label="Datum", past=True)

    def __init__(self, *args: Any, label: str = "Datum", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class HandOutForm(DayForm):
    language = forms.ChoiceField(label="Sprache neben Deutsch", choices=CLIENT_LANGUAGES)


class StatusForm(LotseForm):
    key_date = DayField(label="Stichtag", past=True)
    value = forms.ChoiceField(label="Stand des Plans", choices=PlanStatusValue.choices, widget=forms.RadioSelect)


class EvaluationForm(DayForm):
    evaluation = LongTextField(label="Auswertung: Was wurde erreicht, was hat geholfen?", rows=5)


class SustainabilityForm(DayForm):
    result = LongTextField(label="Trägt das Erreichte?", rows=4)


class EndForm(DayForm):
    state = forms.ChoiceField(label="Wie endet der Fall?", widget=forms.RadioSelect)
    reason = pick("end_reason", "Grund")
    part_a_reason = forms.ChoiceField(
        label="Kein Teil A, weil", choices=choices("part_missing_reason", "– Teil A liegt vor –"), required=False
    )
    part_b_reason = forms.ChoiceField(
        label="Kein Teil B, weil", choices=choices("part_missing_reason", "– Teil B liegt vor –"), required=False
    )
    note = LongTextField(label="Anmerkung", rows=2, required=False)

    def __init__(self, *args: Any, states: list[CaseState], **kwargs: Any) -> None:
        super().__init__(*args, label="Ende der Beratung am", **kwargs)
        self.fields["state"].choices = [(s.value, s.label) for s in states]


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
    valid_from = DayField(label="ab")
    valid_to = DayField(label="bis", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", PICK), *people]


def end_states(case: CounsellingCase) -> list[CaseState]:
    """The ends that the state allows now."""
    possible = CASE[CaseState(case.state)] & CASE_ENDS
    return [s for s in CaseState if s in possible]
