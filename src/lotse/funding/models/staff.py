"""What changed on a post, the way it goes to the authority, and what somebody on a post can (model.md §2.6, 9.4, 9.5)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.enums_staff import ChangeKind, ProcessCode, ProcessKind, ProcessState
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.funding.staff_processes import Event
from lotse.organisations.models import Organisation, Person, Post, PostShare
from lotse.programmes.models import Grant

FTE = {"max_digits": 5, "decimal_places": 2, "null": True, "blank": True}


class StaffChange(BaseModel):
    """One event, told once. `effective_from`: the day the form asks for, which for some kinds is the last day as before.

    `share`: whom it is about; `newcomer` or her name: who comes. `paper`, `email_text`: an increase is asked for in writing.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="staff_changes", verbose_name="Zuwendung")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stelle")
    share = models.ForeignKey(
        PostShare, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stellenanteil"
    )
    kind = models.CharField("Was geschieht", max_length=20, choices=ChangeKind)
    effective_from = models.DateField("Tag")
    effective_until = models.DateField("bis", null=True, blank=True)
    fte_before = models.DecimalField("Stellenumfang vorher (VZÄ)", **FTE)
    fte_after = models.DecimalField("Stellenumfang nachher (VZÄ)", **FTE)
    newcomer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wer kommt"
    )
    newcomer_name = models.CharField("Name der neuen Person", max_length=160, blank=True)
    newcomer_fte = models.DecimalField("Stellenumfang der neuen Person (VZÄ)", **FTE)
    newcomer_from = models.DateField("neue Person ab", null=True, blank=True)
    qualification_deviates = models.BooleanField("Qualifikation weicht ab", default=False)
    text = SealedTextField("Erläuterung")
    email_text = SealedTextField("Text der E-Mail")
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="schriftlicher Antrag"
    )
    reported_on = models.DateField("gemeldet am")
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gemeldet von")
    taken_over_on = models.DateField("in den Stellenplan übernommen am", null=True, blank=True)
    contact_sent_on = models.DateField("Kontaktdaten weitergegeben am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Änderung einer Stelle"
        verbose_name_plural = "Änderungen von Stellen"
        ordering = ["-effective_from", "-id"]
        indexes = [models.Index(fields=["grant", "effective_from", "id"], name="staff_change_of_grant")]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
                name="staff_change_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(newcomer_from=None) | Q(newcomer_fte__isnull=False, newcomer_fte__gt=0),
                name="staff_change_newcomer_with_fte",
                violation_error_message="Bitte sagen, mit welchem Stellenumfang die neue Person kommt.",
            ),
        ]

    def __str__(self) -> str:
        who = self.share.person if self.share else self.coming or self.post or self.agency
        return f"{self.get_kind_display()}: {who}"

    @property
    def coming(self) -> str:
        """Who comes, as she is named so far."""
        return str(self.newcomer) if self.newcomer else self.newcomer_name

    @property
    def event(self) -> Event:
        return Event(
            ChangeKind(self.kind), self.effective_from, self.fte_before, self.fte_after, self.newcomer_from,
            self.qualification_deviates,
        )  # fmt: skip

    @property
    def is_in_writing(self) -> bool:
        return self.paper_id is not None or bool(self.email_text)


class OfChangeQuerySet(OfCarrierQuerySet):
    grant_path = "change__grant"


class ChangeProcess(BaseModel):
    """What the authority is told, or asked. `effective_from`: the first day on which it holds; it decides whether it was in time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    change = models.ForeignKey(StaffChange, models.CASCADE, related_name="processes", verbose_name="Änderung")
    kind = models.CharField("Art", max_length=8, choices=ProcessKind)
    code = models.CharField("Vorgang", max_length=30, choices=ProcessCode)
    state = models.CharField("Stand", max_length=24, choices=ProcessState)
    effective_from = models.DateField("wirksam ab")
    due_from = models.DateField("anzuzeigen ab", null=True, blank=True)
    sent_on = models.DateField("an die Behörde am", null=True, blank=True)
    decided_on = models.DateField("Antwort der Behörde vom", null=True, blank=True)
    note = SealedTextField("Bemerkung")
    letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Schreiben an die Behörde"
    )
    receipt = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Antwort der Behörde"
    )

    objects = OfChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorgang zu einer Änderung"
        verbose_name_plural = "Vorgänge zu Änderungen"
        ordering = ["effective_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "code"],
                name="change_process_once",
                violation_error_message="Diesen Vorgang gibt es zu dieser Änderung schon.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProcessState.GRANTED) | Q(decided_on__lt=F("effective_from")),
                name="change_process_never_granted_afterwards",
                violation_error_message="Rückwirkend gibt es keine Zustimmung.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    def is_effective_on(self, day: date) -> bool:
        return self.state == ProcessState.GRANTED and self.effective_from <= day


class QualificationNoteQuerySet(models.QuerySet):
    """For the management of the house where she is employed, which keeps its funds; not for the district above it."""

    def visible_to(self, actor):
        return self.filter(organisation=actor.organisation_id, organisation__path__in=actor.funded_paths)


class QualificationNote(BaseModel):
    """Whether somebody on a funded post has what a point of the profile asks for. `version`: of which checklist."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    version = models.CharField("Fassung der Liste", max_length=20)
    key = models.CharField("Punkt", max_length=40)
    is_met = models.BooleanField("erfüllt")
    note = SealedTextField("Notiz")
    noted_on = models.DateField("festgehalten am")

    objects = QualificationNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "Punkt der Qualifikation"
        verbose_name_plural = "Punkte der Qualifikation"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="qualification_note_once",
                violation_error_message="Zu diesem Punkt steht schon etwas hier.",
            )
        ]

    def __str__(self) -> str:
        return self.key
