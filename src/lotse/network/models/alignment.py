"""How institutions come to exchange data lawfully: examples, the rules of each, and exchanges agreed between two (model.md §6.4)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.network.enums import Direction, ExchangeState
from lotse.network.models.formats import NetworkFormat
from lotse.network.models.processes import OfHouseQuerySet
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.periods import ends_after_it_begins
from lotse.partners.models import Partner


class Alignment(BaseModel):
    """A house and others sort out what each may pass on. One person leads; two days say until when it is clear and done."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    title = models.CharField("Worum geht es?", max_length=160)
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Ansprechperson")
    format = models.ForeignKey(
        NetworkFormat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Format"
    )
    begun_on = models.DateField("begonnen am")
    clear_by = models.DateField("geklärt bis")
    done_by = models.DateField("umgesetzt bis")
    ended_on = models.DateField("abgeschlossen am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Abstimmung zum Datenschutz"
        verbose_name_plural = "Abstimmungen zum Datenschutz"
        ordering = ["ended_on", "clear_by", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clear_by__gte=F("begun_on"), done_by__gte=F("clear_by")),
                name="alignment_timetable_in_order",
                violation_error_message="Erst klären, dann umsetzen: Bitte die Tage prüfen.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")),
                name="alignment_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfAlignmentQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(alignment__in=Alignment.objects.visible_to(actor))


class AlignmentParty(BaseModel):
    """Another institution that takes part, and who looks after data protection there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    alignment = models.ForeignKey(Alignment, models.PROTECT, related_name="parties", verbose_name="Abstimmung")
    name = models.CharField("Einrichtung", max_length=160)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Kooperationspartner"
    )
    officer = models.CharField("Datenschutzbeauftragte*r dort", max_length=160, blank=True)

    objects = OfAlignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Beteiligte Einrichtung"
        verbose_name_plural = "Beteiligte Einrichtungen"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alignment", "name"],
                name="alignment_party_once",
                violation_error_message="Diese Einrichtung steht schon da.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PracticeExample(BaseModel):
    """Where different rules stood in the way, told so that nobody can be recognised (DP-06)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    alignment = models.ForeignKey(Alignment, models.PROTECT, related_name="examples", verbose_name="Abstimmung")
    text = SealedTextField("Was ist passiert?")
    hindered = SealedTextField("Woran lag es?")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="aufgeschrieben von")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfAlignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Praxisbeispiel"
        verbose_name_plural = "Praxisbeispiele"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Praxisbeispiel {self.public_id}"


class RuleStatement(BaseModel):
    """What holds in one of the institutions, and how it was brought into line. `party` empty: in the own house."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    alignment = models.ForeignKey(Alignment, models.PROTECT, related_name="statements", verbose_name="Abstimmung")
    party = models.ForeignKey(
        AlignmentParty, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name="Gilt bei"
    )
    subject = models.CharField("Wofür?", max_length=160)
    text = SealedTextField("Was gilt dort?")
    aligned = SealedTextField("Darauf haben wir uns geeinigt")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfAlignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Regel einer Einrichtung"
        verbose_name_plural = "Regeln der Einrichtungen"
        ordering = ["subject", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=""),
                name="rule_statement_has_subject",
                violation_error_message="Bitte sagen, wofür die Regel gilt.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ExchangeQuerySet(OfAlignmentQuerySet):
    def in_force_on(self, day: date) -> Self:
        running = self.filter(activated_on__lte=day, valid_from__lte=day)
        return running.filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(ended_on=None) | Q(ended_on__gt=day))


class ExchangeProcess(BaseModel):
    """What one institution passes on to the other, why, on which ground and how. It holds once both officers said yes (DP-05).

    The own officer says it here, the other one's is kept with name, day and scan. A change makes it wait for both again;
    once in force it is renewed by a new row that `replaces` it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    alignment = models.ForeignKey(Alignment, models.PROTECT, related_name="exchanges", verbose_name="Abstimmung")
    party = models.ForeignKey(AlignmentParty, models.PROTECT, related_name="exchanges", verbose_name="mit")
    direction = models.CharField("Wer gibt weiter?", max_length=7, choices=Direction)
    purpose = models.CharField("Wozu?", max_length=200)
    categories = models.TextField("Welche Daten?")
    legal_basis = models.TextField("Auf welcher Rechtsgrundlage?")
    conditions = models.TextField("Unter welchen Bedingungen?", blank=True)
    valid_from = models.DateField("gilt ab")
    valid_to = models.DateField("gilt bis", null=True, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="vorbereitet von")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersetzt"
    )
    own_yes_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ja bei uns von"
    )
    own_yes_on = models.DateField("Ja bei uns am", null=True, blank=True)
    objected_on = models.DateField("Einwand am", null=True, blank=True)
    objection = SealedTextField("Einwand")
    other_yes_by = models.CharField("Ja dort von", max_length=160, blank=True)
    other_yes_on = models.DateField("Ja dort am", null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ja dort als Blatt"
    )
    activated_on = models.DateField("in Kraft gesetzt am", null=True, blank=True)
    ended_on = models.DateField("beendet am", null=True, blank=True)
    end_note = SealedTextField("Warum beendet?")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = "Datenaustausch"
        verbose_name_plural = "Datenaustausche"
        ordering = ["purpose", "id"]
        constraints = [
            ends_after_it_begins("exchange_end_after_begin"),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(categories="") & ~Q(legal_basis=""),
                name="exchange_says_what_and_why",
                violation_error_message="Zweck, Daten und Rechtsgrundlage gehören hinein.",
            ),
            models.CheckConstraint(
                condition=Q(own_yes_by=None, own_yes_on=None) | Q(own_yes_by__isnull=False, own_yes_on__isnull=False),
                name="exchange_own_yes_whole",
                violation_error_message="Ein Ja hat eine Person und einen Tag.",
            ),
            models.CheckConstraint(
                condition=Q(own_yes_by=None) | ~Q(own_yes_by=F("drafted_by")),
                name="exchange_yes_by_another",
                violation_error_message="Wer den Austausch vorbereitet hat, sagt nicht selbst Ja.",
            ),
            models.CheckConstraint(
                condition=Q(objected_on=None) | Q(own_yes_on=None),
                name="exchange_yes_or_objection",
                violation_error_message="Ein Ja und ein Einwand schließen sich aus.",
            ),
            models.CheckConstraint(
                condition=Q(other_yes_by="", other_yes_on=None, scan=None)
                | ~Q(other_yes_by="") & Q(other_yes_on__isnull=False, scan__isnull=False),
                name="exchange_other_yes_whole",
                violation_error_message="Zum Ja der anderen Seite gehören Name, Tag und Blatt.",
            ),
            models.CheckConstraint(
                condition=Q(activated_on=None)
                | Q(own_yes_on__isnull=False, other_yes_on__isnull=False)
                & Q(own_yes_on__lte=F("activated_on"), other_yes_on__lte=F("activated_on")),
                name="exchange_active_with_both_yes",
                violation_error_message="Es gilt erst, wenn die Datenschutzbeauftragten beider Seiten Ja gesagt haben.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(activated_on__isnull=False, ended_on__gte=F("activated_on")),
                name="exchange_ended_after_it_held",
                violation_error_message="Beendet wird, was gegolten hat.",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def is_active(self) -> bool:
        """Put in force and not ended; its days may lie before or after today."""
        return self.activated_on is not None and self.ended_on is None

    def state_on(self, day: date) -> ExchangeState:
        if self.ended_on and self.ended_on <= day:
            return ExchangeState.ENDED
        if self.activated_on is None:
            return ExchangeState.DRAFT
        if self.valid_from > day:
            return ExchangeState.COMING
        return ExchangeState.EXPIRED if self.valid_to and self.valid_to < day else ExchangeState.IN_FORCE
