"""Forms of the conversation: enquiry, first contact, contact, consent."""

from typing import Any, ClassVar

from django import forms

from lotse.casework import rules
from lotse.casework.enums import (
    Act,
    AssessmentKind,
    ConsentForm,
    ConsentState,
    Outcome,
)
from lotse.casework.forms.choices import PICK, pick, pick_many
from lotse.casework.forms.warnings import warn_about_offer, warn_about_window
from lotse.casework.models import Client, CounsellingCase
from lotse.catalogues.texts import client_languages
from lotse.core.fields import DayField, LongTextField, YesNoField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.partners.queries.choices import Grouped


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

    def __init__(self, *args: Any, offers: list[tuple[str, str]], partners: Grouped, **kwargs: Any) -> None:
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
            self.add_error("referred_to", "Bitte angeben, an wen verwiesen wurde.")
        if not cleaned.get("next_step") and "outcome" in cleaned and cleaned["outcome"] == Outcome.FURTHER_COUNSELLING:
            self.warn("CL-08", "Wie es weitergeht, wird gemeinsam entschieden und hier kurz festgehalten.")
        return cleaned


class FirstContactForm(VersionedForm):
    """`limited`: programmes that know a longest duration, and with it the window of CL-11."""

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

    def __init__(
        self, *args: Any, client: Client, programmes: list[tuple[str, str]], limited: set[str], **kwargs: Any
    ) -> None:
        self.client, self.limited = client, limited
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("programme") in self.limited:
            warn_about_window(self, self.client, cleaned.get("first_contact_on"))
        if not rules.decision_is_joint(cleaned.get("decided_jointly")):
            self.warn("CL-08", "Der nächste Schritt soll eine gemeinsame Entscheidung sein.")
        return cleaned


class ContactChangeForm(VersionedForm):
    on = DayField(label="Datum", past=True)
    channel = pick("contact_channel", "Kontaktweg")
    minutes = forms.IntegerField(label="Minuten", min_value=1, max_value=960, required=False)
    topics = pick_many("counselling_topic", "Themen")
    note = LongTextField(label="Notiz", rows=5, required=False)

    def __init__(self, *args: Any, case: CounsellingCase, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        warn_about_offer(self, self.case, cleaned.get("on"))
        return cleaned


class ContactForm(ContactChangeForm):
    revision = None  # a new contact has no version yet
    next_step_on = DayField(label="Nächster Schritt am", required=False)
    next_step = forms.CharField(label="Nächster Schritt", max_length=300, required=False)


class NextStepForm(VersionedForm):
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


class ConsentDecisionForm(LotseForm):
    shown_when: ClassVar = {
        "oral_reason": ("form", (ConsentForm.ORAL,)),
        "representative": ("given_by_representative", (True,)),
    }

    acts = forms.MultipleChoiceField(
        label="Worüber wurde entschieden?",
        choices=[(a.value, a.label) for a in Act if a != Act.DISCLOSURE],
        widget=forms.CheckboxSelectMultiple,
    )
    given = forms.ChoiceField(
        label="Entscheidung",
        choices=[("yes", "erteilt"), ("no", "abgelehnt"), ("asked", "Text mitgegeben, noch offen")],
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label="Datum", past=True)
    language = forms.ChoiceField(label="Text vorgelegt auf", choices=client_languages)
    form = forms.ChoiceField(
        label="Form", choices=ConsentForm.choices, widget=forms.RadioSelect, initial=ConsentForm.WRITTEN
    )
    oral_reason = forms.CharField(label="Warum nur mündlich?", max_length=200, required=False)
    given_by_representative = forms.BooleanField(label="durch gesetzliche Vertretung", required=False)
    representative = forms.CharField(label="Name der Vertretung", max_length=120, required=False)
    interpreter = forms.CharField(label="Sprachmittlung durch", max_length=120, required=False)


class WithdrawalForm(LotseForm):
    state = forms.ChoiceField(
        label="Wie endet sie?",
        choices=[(ConsentState.WITHDRAWN, "widerrufen"), (ConsentState.EXPIRED, "abgelaufen, sie galt auf Zeit")],
        widget=forms.RadioSelect,
        initial=ConsentState.WITHDRAWN,
    )
    on = DayField(label="Datum", past=True)
