"""Beside the chain: the first weeks, project concepts, trainings, requests for advice, the handbook (model.md §7.11, §8.7–8.9)."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.agency.enums import AdviceTopic, ConceptLevel, TrainingKind
from lotse.agency.models.scope import AgencyQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches

SECTIONS = ("summary", "situation", "strategy", "steps", "timing", "financing", "evaluation", "people")


def reaches(actor: Any, way: str = "organisation") -> Q:
    """What an organisation offers reaches everybody in the rooms of agencies below it, and who oversees it."""
    paths = actor.agency_paths | actor.overseen_paths
    above = {path[: at + 1] for path in paths for at, sign in enumerate(path) if sign == "/" and at}
    return Q(**{f"{way}__path__in": above}) | in_branches(actor.overseen_paths, way)


class OfferedQuerySet(models.QuerySet):
    offered_path = "organisation"

    def visible_to(self, actor: Any) -> Self:
        return self.filter(reaches(actor, self.offered_path))


class Onboarding(BaseModel):
    """The first weeks of somebody new; `version` names the wording of the steps, which stays as it was begun."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Wer neu ist")
    version = models.CharField("Fassung", max_length=20)
    begun_on = models.DateField("begonnen am")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Einarbeitung"
        verbose_name_plural = "Einarbeitungen"
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person"],
                name="onboarding_once",
                violation_error_message="Diese Einarbeitung läuft schon.",
            )
        ]

    def __str__(self) -> str:
        return f"Einarbeitung {self.person}"


class OnboardingStep(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="steps", verbose_name="Einarbeitung")
    key = models.CharField("Schritt", max_length=40)
    done_on = models.DateField("erledigt am", null=True, blank=True)
    note = SealedTextField("Notiz")

    class Meta:
        verbose_name = "Schritt der Einarbeitung"
        verbose_name_plural = "Schritte der Einarbeitung"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["onboarding", "key"],
                name="onboarding_step_once",
                violation_error_message="Diesen Schritt gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.key


class ProjectConcept(BaseModel):
    """A project in eight sections; the first is title, subtitle and summary."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    level = models.CharField("Stufe", max_length=6, choices=ConceptLevel, default=ConceptLevel.ROUGH)
    title = models.CharField("Titel", max_length=160)
    subtitle = models.CharField("Untertitel", max_length=200, blank=True)
    summary = models.TextField("Kurz gefasst", blank=True)
    situation = models.TextField("Ausgangslage", blank=True)
    strategy = models.TextField("Ziel und Zielgruppe", blank=True)
    steps = models.TextField("Was getan wird", blank=True)
    timing = models.TextField("Zeitplan", blank=True)
    financing = models.TextField("Finanzierung", blank=True)
    evaluation = models.TextField("Auswertung und Dokumentation", blank=True)
    people = models.TextField("Wer beteiligt ist", blank=True)
    changed_on = models.DateField("geändert am")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Projektkonzept"
        verbose_name_plural = "Projektkonzepte"
        ordering = ["-changed_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Training(BaseModel):
    """What the district offers to those who work in its agencies. `seats`: none means as many as come."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="bietet an")
    kind = models.CharField("Art", max_length=20, choices=TrainingKind)
    title = models.CharField("Thema", max_length=160)
    on = models.DateField("am")
    hours = models.CharField("Uhrzeit", max_length=40, blank=True)
    place = models.CharField("Ort", max_length=160, blank=True)
    seats = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    text = models.TextField("Worum es geht", blank=True)
    called_off_on = models.DateField("abgesagt am", null=True, blank=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = "Fortbildung"
        verbose_name_plural = "Fortbildungen"
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.title


class TrainingPlace(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    training = models.ForeignKey(Training, models.CASCADE, related_name="places", verbose_name="Fortbildung")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Wer")

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="training_place_once",
                violation_error_message="Sie sind schon angemeldet.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class AdviceRequest(BaseModel):
    """A carrier asks the district for support."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    topic = models.CharField("Thema", max_length=20, choices=AdviceTopic)
    text = SealedTextField("Worum es geht")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    asked_on = models.DateField("am")
    answer = SealedTextField("Antwort")
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beantwortet von"
    )
    answered_on = models.DateField("beantwortet am", null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Beratungsanfrage"
        verbose_name_plural = "Beratungsanfragen"
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None) | Q(answered_on__gte=F("asked_on")),
                name="advice_answered_after_asked",
                violation_error_message="Die Antwort kommt nach der Frage.",
            )
        ]

    def __str__(self) -> str:
        return self.get_topic_display()


class HandbookPage(BaseModel):
    """A page of the handbook as it holds now; every wording before stays in `HandbookVersion`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="herausgegeben von")
    chapter = models.CharField("Kapitel", max_length=80)
    title = models.CharField("Titel", max_length=160)
    body = models.TextField("Text")
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    changed_on = models.DateField("Stand")
    review_on = models.DateField("wieder ansehen am", null=True, blank=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = "Seite des Handbuchs"
        verbose_name_plural = "Seiten des Handbuchs"
        ordering = ["chapter", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="handbook_page_title_once",
                violation_error_message="Eine Seite mit diesem Titel gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class HandbookVersion(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="herausgegeben von")
    page = models.ForeignKey(HandbookPage, models.CASCADE, related_name="versions", verbose_name="Seite")
    version = models.PositiveSmallIntegerField("Fassung")
    title = models.CharField("Titel", max_length=160)
    body = models.TextField("Text")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    on = models.DateField("am")

    class Meta:
        verbose_name = "Fassung einer Seite"
        verbose_name_plural = "Fassungen einer Seite"
        ordering = ["-version", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "version"],
                name="handbook_version_once",
                violation_error_message="Diese Fassung gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, Fassung {self.version}"


class HandbookReading(BaseModel):
    """Which version somebody has read, so that she is told of a newer one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    page = models.ForeignKey(HandbookPage, models.CASCADE, related_name="readings", verbose_name="Seite")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="Wer")
    version = models.PositiveSmallIntegerField("Fassung")

    class Meta:
        verbose_name = "gelesene Seite"
        verbose_name_plural = "gelesene Seiten"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "person"],
                name="handbook_reading_once",
                violation_error_message="Das ist schon als gelesen vermerkt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page}, Fassung {self.version}"


class OfPageQuerySet(OfferedQuerySet):
    offered_path = "page__organisation"


class HandbookSuggestion(BaseModel):
    """An idea of a colleague; who edits the handbook answers it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    page = models.ForeignKey(HandbookPage, models.CASCADE, related_name="suggestions", verbose_name="Seite")
    text = SealedTextField("Vorschlag")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von")
    on = models.DateField("am")
    reply = SealedTextField("Antwort")
    answered_on = models.DateField("beantwortet am", null=True, blank=True)

    objects = OfPageQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschlag zum Handbuch"
        verbose_name_plural = "Vorschläge zum Handbuch"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.text
