from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.core.search import fold
from lotse.network.enums import TEAMS, Function, Level, Per
from lotse.network.models.scope import is_inside, organised_ids
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.periods import Dated, DatedQuerySet, ends_after_it_begins
from lotse.partners.models import Partner

A_YEAR = timedelta(days=365)


class FormatQuerySet(models.QuerySet["NetworkFormat"]):
    def visible_to(self, actor: Any) -> Self:
        """Of her own house, and wherever she is a member or was invited."""
        if not is_inside(actor):
            return self.none()
        mine = Q(members__person_id=actor.person_id) | Q(meetings__attendances__person_id=actor.person_id)
        return self.filter(
            pk__in=NetworkFormat.objects.filter(Q(organisation_id=actor.organisation_id) | mine).values("pk")
        )

    def open_for_mandates(self, actor: Any, day: date) -> Self:
        """Where somebody of her house can be sent: formats of the house, and those elsewhere that its people belong to, or were
        invited to within a year (NW-04). Only for who grants mandates; she learns the name, and nothing of what is said there."""
        if not actor.may(Permission.GRANT_MANDATES):
            return self.none()
        here = actor.organisation_id
        members = Member.objects.filter(person__organisation_id=here).valid_on(day)
        since = {"meetings__attendances__person__organisation_id": here, "meetings__starts_at__date__gte": day - A_YEAR}
        invited = NetworkFormat.objects.filter(**since)
        reached = Q(organisation_id=here) | Q(pk__in=members.values("format_id")) | Q(pk__in=invited.values("pk"))
        return self.filter(reached)

    def organised_by(self, actor: Any) -> Self:
        return self.filter(organisation_id__in=organised_ids(actor))

    def arranged_by(self, actor: Any) -> Self:
        """What she organises, and team meetings of the house that she leads and belongs to (NW-16)."""
        hers = Q(organisation_id__in=organised_ids(actor))
        if actor.may(Permission.LEAD_TEAM):
            teams = Q(kind__in=TEAMS, organisation_id=actor.organisation_id)
            mine = Member.objects.filter(person_id=actor.person_id).valid_on(timezone.localdate())
            hers |= teams & Q(pk__in=mine.order_by().values("format_id"))
        return self.filter(hers)

    def running(self) -> Self:
        return self.filter(ended_on=None)


class NetworkFormat(BaseModel):
    """A round, forum or working group that meets again and again (model.md §7.5).

    `kind` is a key of the packaged kinds, from which the rest is prefilled; a house may change every number.
    `at_least` meetings are due `per` quarter or calendar year; 0 where nothing is laid down.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    kind = models.CharField("Art", max_length=40)
    name = models.CharField("Name", max_length=160)
    name_key = models.CharField(max_length=170, editable=False)
    level = models.CharField("Ebene", max_length=5, choices=Level)
    at_least = models.PositiveSmallIntegerField("Mindestens", default=0)
    per = models.CharField("Zeitraum", max_length=7, choices=Per, default=Per.YEAR)
    agenda_key = models.CharField("Vorlage der Tagesordnung", max_length=40, blank=True)
    needs_speaker = models.BooleanField("mit Sprecher*in", default=False)
    lasts = models.PositiveSmallIntegerField("Dauer in Minuten", default=90)
    place = models.CharField("üblicher Ort", max_length=200, blank=True)
    video_link = models.URLField("Link zur Videokonferenz", max_length=300, blank=True)
    invite_days = models.PositiveSmallIntegerField("Einladung, Tage vorher", default=21)
    has_inner_part = models.BooleanField("mit geschütztem Teil 1", default=False)
    needs_mandate = models.BooleanField("nur mit Mandat", default=False)
    rotates = models.BooleanField("reihum stellt jemand vor", default=False)
    reports_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reported_by", verbose_name="gibt Themen weiter an"
    )
    begun_on = models.DateField("besteht seit")
    ended_on = models.DateField("beendet am", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FormatQuerySet.as_manager()

    class Meta:
        verbose_name = "Format"
        verbose_name_plural = "Formate"
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                condition=Q(ended_on=None),
                name="network_format_name_once",
                violation_error_message="Ein Format mit diesem Namen gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")),
                name="network_format_end_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(has_inner_part=False) | Q(needs_mandate=True),
                name="network_format_inner_part_needs_mandate",
                violation_error_message="Am geschützten Teil nimmt nur teil, wer ein Mandat hat.",
            ),
            models.CheckConstraint(
                condition=Q(reports_to=None) | ~Q(reports_to=F("pk")),
                name="network_format_reports_to_another",
                violation_error_message="Ein Format gibt seine Themen an ein anderes weiter.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(self.name)
        super().save(*args, **kwargs)

    @property
    def is_running(self) -> bool:
        return self.ended_on is None


class AgendaTemplateQuerySet(models.QuerySet["AgendaTemplate"]):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(organisation_id__in=organised_ids(actor))


class AgendaTemplate(BaseModel):
    """An agenda that a house has made its own. `points` is JSON; `based_on` is the packaged one whose inner part it takes,
    because who organises does not see the points of an inner part (DP-08)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    name = models.CharField("Name", max_length=120)
    based_on = models.CharField("Teil 1 wie in", max_length=40, blank=True)
    points = SealedTextField("Punkte")

    objects = AgendaTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "eigene Tagesordnung"
        verbose_name_plural = "eigene Tagesordnungen"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="agenda_template_name_once",
                violation_error_message="Eine Vorlage mit diesem Namen gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfFormatQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(format__in=NetworkFormat.objects.visible_to(actor))


class Charter(BaseModel):
    """What those who meet have agreed on, in writing; shared when it was sent to them (NW-01)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="charters", verbose_name="Format")
    version = models.PositiveSmallIntegerField("Fassung")
    participants = models.TextField("Wer gehört dazu?")
    goals = models.TextField("Was wollen wir erreichen?")
    rhythm = models.TextField("Wie oft treffen wir uns?")
    organising = models.TextField("Wer organisiert was?")
    agreed_on = models.DateField("vereinbart am", null=True, blank=True)
    shared_on = models.DateField("verschickt am", null=True, blank=True)
    shared_with = models.PositiveSmallIntegerField("verschickt an", default=0)

    objects = OfFormatQuerySet.as_manager()

    class Meta:
        verbose_name = "Vereinbarung des Netzwerks"
        verbose_name_plural = "Vereinbarungen der Netzwerke"
        ordering = ["-version", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["format", "version"], name="charter_version_once"),
            models.CheckConstraint(
                condition=~Q(participants="") & ~Q(goals="") & ~Q(rhythm="") & ~Q(organising=""),
                name="charter_is_whole",
                violation_error_message="Teilnehmende, Ziele, Turnus und Organisation gehören hinein.",
            ),
            models.CheckConstraint(
                condition=Q(shared_on=None) | Q(agreed_on__isnull=False),
                name="charter_shared_after_agreement",
                violation_error_message="Verschickt wird, was vereinbart ist.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vereinbarung, Fassung {self.version}"


class MemberQuerySet(OfFormatQuerySet, DatedQuerySet):
    """Who belongs to a format, over time."""


class Member(BaseModel, Dated):
    """Somebody who is invited to every meeting of a format: a colleague of any carrier, or somebody from outside.

    `person` is known where the address belongs to an account; only then does she see anything.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisiert von")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="members", verbose_name="Format")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="network_memberships", verbose_name="Person"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Kooperationspartner"
    )
    name = models.CharField("Name", max_length=160)
    email = models.EmailField("E-Mail", blank=True)
    institution = models.CharField("Einrichtung", max_length=160, blank=True)
    function = models.CharField("Aufgabe", max_length=10, choices=Function, default=Function.MEMBER)
    in_inner_part = models.BooleanField("nimmt an Teil 1 teil", default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "Mitglied"
        verbose_name_plural = "Mitglieder"
        ordering = ["name", "id"]
        constraints = [
            ends_after_it_begins("network_member_end_after_begin"),
            models.UniqueConstraint(
                fields=["format", "person"],
                condition=Q(person__isnull=False, valid_to=None),
                name="network_member_once",
                violation_error_message="Diese Person gehört schon dazu.",
            ),
            models.CheckConstraint(
                condition=Q(in_inner_part=False) | (Q(person__isnull=False) & ~Q(function=Function.ORGANISER)),
                name="network_member_inner_part_is_for_colleagues",
                violation_error_message="An Teil 1 nimmt nur teil, wer selbst berät und hier ein Konto hat.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(DatedQuerySet):
    def visible_to(self, actor: Any) -> Self:
        """Her own, those of her house, and those for formats that she organises."""
        seen = Q(person_id=actor.person_id) | Q(format__organisation_id__in=organised_ids(actor))
        if is_inside(actor):
            seen |= Q(organisation_id=actor.organisation_id)
        return self.filter(seen)

    def in_force_on(self, day: Any) -> Self:
        return self.valid_on(day)


class Mandate(BaseModel, Dated):
    """Somebody speaks for her carrier in a format, for a term and within a scope (NW-04). Granted by her technical lead."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    format = models.ForeignKey(NetworkFormat, models.PROTECT, related_name="mandates", verbose_name="Format")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="Person")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="erteilt von")
    scope = models.CharField("Umfang", max_length=200)
    note = SealedTextField("Anmerkung")

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "Mandat"
        verbose_name_plural = "Mandate"
        ordering = ["-valid_from", "-id"]
        indexes = [models.Index(fields=["person", "format"], name="mandate_of_person")]
        constraints = [
            ends_after_it_begins("mandate_end_after_begin"),
            models.CheckConstraint(
                condition=~Q(granted_by=F("person")),
                name="mandate_granted_by_another",
                violation_error_message="Niemand erteilt sich selbst ein Mandat.",
            ),
            models.CheckConstraint(
                condition=~Q(scope=""),
                name="mandate_has_scope",
                violation_error_message="Bitte sagen, wofür das Mandat gilt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.format}"
