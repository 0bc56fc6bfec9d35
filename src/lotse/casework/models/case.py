from django.db import models
from django.db.models import F, Q

from lotse.casework.enums import CaseState, Outcome, Tier
from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.casework.states import CASE_ENDS
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person, Site
from lotse.partners.models import Partner
from lotse.programmes.models import Programme

_OPEN = ~Q(state__in=sorted(CASE_ENDS))


class CaseQuerySet(FileQuerySet):
    # A case that goes on in another one since two files were merged would count the person twice.
    counted = ~Q(state=CaseState.MERGED)

    def open(self) -> "CaseQuerySet":
        return self.filter(ended_on=None)


class CounsellingCase(BaseModel):
    """One episode of work with one client in one programme. Reopening makes a new one that points back."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases", verbose_name="Klient*in")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name="Programm")
    site = models.ForeignKey(Site, models.PROTECT, related_name="cases", verbose_name="Beratungsstelle")
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name="zuständig")
    episode = models.PositiveSmallIntegerField("Episode", default=1)
    reopens = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reopened_as", verbose_name="setzt fort"
    )
    state = models.CharField("Stand", max_length=24, choices=CaseState, default=CaseState.FIRST_CONTACT)
    tier = models.CharField("Art der Beratung", max_length=20, choices=Tier, default=Tier.BASIC_COUNSELLING)
    phase = models.CharField("Phase", max_length=24, blank=True)

    first_contact_on = models.DateField("Erstkontakt am")
    access_route = models.CharField("Zugangsweg", max_length=30)
    route_detail = models.CharField("Zugangsweg, genauer", max_length=160, blank=True)
    channel = models.CharField("Kontaktweg", max_length=20)
    information_need = SealedTextField("Informationsbedarf")
    concern = SealedTextField("Anliegen")
    problem = SealedTextField("Problemlage")
    support_need = SealedTextField("Unterstützungsbedarf")
    expectation = SealedTextField("Erwartungen")
    outcome = models.CharField("Ergebnis des Erstkontakts", max_length=20, choices=Outcome, blank=True)
    referred_to = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="verwiesen an"
    )
    decided_jointly = models.BooleanField("gemeinsam entschieden", null=True, blank=True)
    joint_decision = SealedTextField("gemeinsame Entscheidung")

    part_a_reason = models.CharField("Grund ohne Teil A", max_length=40, blank=True)
    part_b_reason = models.CharField("Grund ohne Teil B", max_length=40, blank=True)
    part_reason_note = SealedTextField("Begründung")

    target_group = models.CharField("Zielgruppe", max_length=30, blank=True)
    in_crisis = models.BooleanField("konkrete Krisensituation", null=True, blank=True)
    crisis_note = SealedTextField("Begründung der Krisensituation")
    has_free_capacity = models.BooleanField("freie Kapazität vorhanden", null=True, blank=True)
    has_course_duty = models.BooleanField("zum Integrationskurs verpflichtet", null=True, blank=True)
    extended_until = models.DateField("verlängert bis", null=True, blank=True)
    extension_reason = SealedTextField("Grund der Verlängerung")

    next_step_on = models.DateField("nächster Schritt am", null=True, blank=True)
    next_step = SealedTextField("nächster Schritt")
    no_next_step_reason = models.CharField("kein nächster Schritt, weil", max_length=160, blank=True)
    last_contact_on = models.DateField("letzter Kontakt am", null=True, blank=True, editable=False)

    evaluated_on = models.DateField("ausgewertet am", null=True, blank=True)
    evaluation = SealedTextField("Auswertung")
    client_view = SealedTextField("Sicht der ratsuchenden Person")
    sustainability_checked_on = models.DateField("Nachhaltigkeit geprüft am", null=True, blank=True)
    sustainability = SealedTextField("Ergebnis der Nachhaltigkeitsprüfung")
    ended_on = models.DateField("Ende der Beratung am", null=True, blank=True)
    end_reason = models.CharField("Grund", max_length=40, blank=True)
    end_note = SealedTextField("Anmerkung zum Ende")
    revision = models.PositiveIntegerField("Fassung", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "Fall"
        verbose_name_plural = "Fälle"
        ordering = ["-first_contact_on", "-id"]
        indexes = [
            models.Index(
                fields=["responsible", "next_step_on", "id"],
                name="case_my_next_steps",
                condition=Q(ended_on__isnull=True),
            ),
            models.Index(
                fields=["responsible", "last_contact_on", "id"],
                name="case_my_quiet_ones",
                condition=Q(ended_on__isnull=True),
            ),
            models.Index(fields=["client", "-first_contact_on"], name="case_of_client"),
            models.Index(
                fields=["organisation", "ended_on", "id"], name="case_ended", condition=Q(ended_on__isnull=False)
            ),
            models.Index(  # holds all that figures of cases need
                fields=["organisation", "first_contact_on", "ended_on", "site", "programme", "tier", "client", "state"],
                name="case_period",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("first_contact_on")),
                name="case_end_after_first_contact",
                violation_error_message="Das Ende liegt vor dem Erstkontakt.",
            ),
            models.CheckConstraint(
                condition=(_OPEN & Q(ended_on=None)) | (~_OPEN & Q(ended_on__isnull=False)),
                name="case_end_date_iff_ended",
                violation_error_message="Ein beendeter Fall hat ein Enddatum, ein offener keins.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED, tier=Tier.CASE_MANAGEMENT)
                | Q(evaluated_on__isnull=False, sustainability_checked_on__isnull=False),
                name="case_closed_after_evaluation",
                violation_error_message="Erst auswerten und die Nachhaltigkeit prüfen, dann abschließen.",
            ),
            models.CheckConstraint(
                condition=Q(sustainability_checked_on=None) | Q(sustainability_checked_on__gte=F("evaluated_on")),
                name="case_sustainability_after_evaluation",
                violation_error_message="Die Nachhaltigkeit wird nach der Auswertung geprüft.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(sustainability_checked_on=None)
                | Q(ended_on__gte=F("sustainability_checked_on")),
                name="case_end_after_sustainability_check",
                violation_error_message="Der Abschluss liegt vor der Nachhaltigkeitsprüfung.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED_REFERRED) | Q(referred_to__isnull=False),
                name="case_referral_has_target",
                violation_error_message="Bitte angeben, an wen verwiesen wurde.",
            ),
            models.CheckConstraint(
                condition=~Q(tier=Tier.SINGLE_ENQUIRY),
                name="case_is_no_single_enquiry",
                violation_error_message="Eine einmalige Anfrage hat keine Akte.",
            ),
            models.UniqueConstraint(
                fields=["client", "programme"],
                condition=Q(ended_on=None),
                name="case_one_open_per_programme",
                violation_error_message="In diesem Programm ist schon ein Fall offen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Fall {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class TierChange(models.Model):
    """Dated history of the tier (CL-06): suggested, never forced."""

    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="tier_changes", verbose_name="Fall")
    tier = models.CharField("Art der Beratung", max_length=20, choices=Tier)
    since = models.DateField("seit")
    note = models.CharField("Anmerkung", max_length=200, blank=True)
    by_label = models.CharField("durch", max_length=160)

    class Meta:
        verbose_name = "Wechsel der Beratungsart"
        verbose_name_plural = "Wechsel der Beratungsart"
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return self.get_tier_display()


class CaseStateChange(models.Model):
    """Each state the case has been in, from when, by whom. What the page shows is read from here, not from the log."""

    case = models.ForeignKey(CounsellingCase, models.CASCADE, related_name="state_changes", verbose_name="Fall")
    state = models.CharField("Stand", max_length=24, choices=CaseState)
    since = models.DateField("seit")
    by_label = models.CharField("durch", max_length=160)

    class Meta:
        verbose_name = "Wechsel des Standes"
        verbose_name_plural = "Wechsel des Standes"
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return self.get_state_display()
