"""Documents that a carrier governs: written by one, approved by another, reviewed in time, read by everyone concerned (QM-04)."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.organisations.models import Membership, Organisation, Person
from lotse.organisations.models.scope import in_branches
from lotse.organisations.roles import EXTERNAL, ROLES
from lotse.quality.enums import DocumentKind, ReviewResult, VersionState
from lotse.quality.models.scope import OverseenQuerySet

MOST_MONTHS = 60
BAR = Value("|")


def working_grants(day: date) -> QuerySet[Membership]:
    """Roles that make somebody a colleague."""
    return Membership.objects.in_force(day).exclude(role__in=EXTERNAL)


def meant_by(grants: QuerySet[Membership], roles: Any, unit_path: Any) -> QuerySet[Membership]:
    """Of these roles the ones that a document is for; both are expressions of the document's row."""
    written = ExpressionWrapper(roles, CharField())
    place = ExpressionWrapper(unit_path, CharField())
    meant = Q(meant_roles="") | Q(meant_roles__contains=Concat(BAR, F("role"), BAR))
    here = Q(meant_path=None) | Q(organisation__path__startswith=F("meant_path"))
    return grants.annotate(meant_roles=written, meant_path=place).filter(meant, here)


def concerns(actor: Any, way: str = "", day: date | None = None) -> Exists:
    """Whether a document is meant for her; `way` leads to it."""
    mine = working_grants(day or timezone.localdate()).filter(person_id=actor.person_id)
    return Exists(meant_by(mine, OuterRef(f"{way}for_roles"), OuterRef(f"{way}unit__path")))


def holds_on(day: date, way: str = "") -> Q:
    """Approved, begun, and not yet ended."""
    begun = Q(**{f"{way}approved_on__isnull": False, f"{way}valid_from__lte": day})
    return begun & (Q(**{f"{way}ended_on": None}) | Q(**{f"{way}ended_on__gt": day}))


def works_at(actor: Any, way: str = "") -> Q:
    is_foreign = actor.role_keys <= EXTERNAL
    return Q(pk__in=[]) if is_foreign else Q(**{f"{way}organisation_id": actor.organisation_id})


class GovernedQuerySet(OverseenQuerySet):
    """Who keeps the quality and who owns it, whatever its state; colleagues what is in force, a confidential one if it concerns them."""

    def visible_to(self, actor: Any) -> Self:
        holding = GovernedVersion.objects.filter(holds_on(timezone.localdate()), document=OuterRef("pk"))
        hers = works_at(actor)
        read = hers & Exists(holding) & (Q(is_confidential=False) | concerns(actor))
        return self.filter(
            in_branches(actor.quality_paths, "organisation") | (hers & Q(owner_id=actor.person_id)) | read
        )

    def with_holding(self) -> Self:
        """`holding_number`, `review_on` and `holds_since` of the version in force."""
        rows = GovernedVersion.objects.filter(holds_on(timezone.localdate()), document=OuterRef("pk"))
        first = {name: models.Subquery(rows.values(column)[:1]) for name, column in HELD.items()}
        return self.annotate(**first)


HELD = {"holding_id": "pk", "holding_number": "number", "review_on": "review_on", "holds_since": "valid_from"}


class GovernedDocument(BaseModel):
    """`for_roles`: "|counsellor|intman|", empty for everybody who works there; `unit`: only who works for this agency.

    `is_confidential`: read only by whom it concerns.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    kind = models.CharField("Art", max_length=12, choices=DocumentKind)
    number = models.CharField("Nummer", max_length=30, blank=True)
    title = models.CharField("Titel", max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="verantwortlich")
    review_every = models.PositiveSmallIntegerField(
        "zu prüfen alle (Monate)", default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    is_confidential = models.BooleanField("vertraulich", default=False)
    for_roles = models.CharField("für Rollen", max_length=400, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="für die Agentur"
    )
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = GovernedQuerySet.as_manager()

    class Meta:
        verbose_name = "gelenktes Dokument"
        verbose_name_plural = "gelenkte Dokumente"
        ordering = ["number", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number=""),
                name="governed_number_once",
                violation_error_message="Diese Nummer hat schon ein anderes Dokument.",
            ),
            models.CheckConstraint(
                condition=Q(review_every__gte=1, review_every__lte=MOST_MONTHS),
                name="governed_reviewed_within_five_years",
                violation_error_message="Bitte 1 bis 60 Monate angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def roles(self) -> list[str]:
        return [role for role in self.for_roles.split("|") if role]

    @property
    def role_names(self) -> list[str]:
        return [ROLES[role].name for role in self.roles if role in ROLES]


def joined_roles(roles: Any) -> str:
    return f"|{'|'.join(roles)}|" if roles else ""


class GovernedVersionQuerySet(OverseenQuerySet):
    def visible_to(self, actor: Any) -> Self:
        hers = works_at(actor)
        holds = hers & holds_on(timezone.localdate())
        read = holds & (Q(document__is_confidential=False) | concerns(actor, "document__"))
        owned = hers & Q(document__owner_id=actor.person_id)
        return self.filter(in_branches(actor.quality_paths, "organisation") | owned | read)

    def holding(self, day: date | None = None) -> Self:
        return self.filter(holds_on(day or timezone.localdate()))

    def to_acknowledge_by(self, actor: Any, day: date | None = None) -> Self:
        """In force, meant for her, and not yet read and understood."""
        hers = self.holding(day).filter(works_at(actor), concerns(actor, "document__", day))
        return hers.exclude(
            pk__in=Acknowledgement.objects.filter(person_id=actor.person_id).order_by().values("version")
        )


class GovernedVersion(BaseModel):
    """Text or file. `reviewed_on`: the day from which `review_on` is counted; `ended_on`: the first day on which it no longer holds."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(GovernedDocument, models.PROTECT, related_name="versions", verbose_name="Dokument")
    number = models.PositiveSmallIntegerField("Fassung")
    text = SealedTextField("Text")
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Datei"
    )
    change_note = models.CharField("Was sich ändert", max_length=500, blank=True)
    state = models.CharField("Stand der Fassung", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    remark = models.CharField("Rückmeldung", max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geschrieben von")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="freigegeben von"
    )
    approved_on = models.DateField("freigegeben am", null=True, blank=True)
    valid_from = models.DateField("gilt ab", null=True, blank=True)
    ended_on = models.DateField("gilt nicht mehr ab", null=True, blank=True)
    reviewed_on = models.DateField("zuletzt geprüft am", null=True, blank=True)
    review_on = models.DateField("zu prüfen bis", null=True, blank=True)
    revision = models.PositiveIntegerField("Stand", default=1)

    objects = GovernedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung eines Dokuments"
        verbose_name_plural = "Fassungen von Dokumenten"
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="governed_version_number_once",
                violation_error_message="Diese Fassung gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.SUBMITTED]),
                name="governed_version_one_open",
                violation_error_message="Zu diesem Dokument gibt es schon einen Entwurf.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="governed_version_approved_by_another",
                violation_error_message="Freigeben muss jemand anderes als die Person, die geschrieben hat.",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.APPROVED)
                | Q(
                    approved_by__isnull=False, approved_on__isnull=False, valid_from__isnull=False, reviewed_on__isnull=False,
                    review_on__isnull=False,
                ),
                name="governed_version_approved_has_days",
                violation_error_message="Eine freigegebene Fassung hat ihre Tage und wer sie freigegeben hat.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(valid_from=None) | Q(ended_on__gte=F("valid_from")),
                name="governed_version_ends_after_it_begins",
                violation_error_message="Eine neue Fassung gilt nicht früher als die vor ihr.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Fassung {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in (VersionState.DRAFT, VersionState.SUBMITTED)

    @property
    def is_holding(self) -> bool:
        today = timezone.localdate()
        begun = self.approved_on is not None and self.valid_from is not None and self.valid_from <= today
        return begun and (self.ended_on is None or self.ended_on > today)

    @property
    def last_day(self) -> date | None:
        """None while no end is known."""
        return self.ended_on - timedelta(days=1) if self.ended_on else None

    @property
    def is_to_come_or_holds(self) -> bool:
        is_over = self.ended_on is not None and self.ended_on <= timezone.localdate()
        return self.state == VersionState.APPROVED and not is_over

    @property
    def stage(self) -> tuple[str, str]:
        """Word and tone of where it stands today."""
        if self.is_holding:
            return "in Kraft", "good"
        if self.state == VersionState.APPROVED:
            return ("gilt später", "warn") if self.is_to_come_or_holds else ("ersetzt", "none")
        return str(self.get_state_display()), STAGE_TONES[VersionState(self.state)]


STAGE_TONES = {VersionState.DRAFT: "", VersionState.SUBMITTED: "warn", VersionState.WITHDRAWN: "none"}


class ReadWithQuerySet(OverseenQuerySet):
    """As who keeps the quality and who owns the document."""

    def visible_to(self, actor: Any) -> Self:
        owned = works_at(actor) & Q(version__document__owner_id=actor.person_id)
        return self.filter(in_branches(actor.quality_paths, "organisation") | owned)


class DocumentReview(BaseModel):
    """That somebody has looked whether a version still holds; unchanged, its next day moves on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    version = models.ForeignKey(GovernedVersion, models.PROTECT, related_name="reviews", verbose_name="Fassung")
    on = models.DateField("geprüft am")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="geprüft von")
    result = models.CharField("Ergebnis", max_length=12, choices=ReviewResult)
    note = models.CharField("Anmerkung", max_length=500, blank=True)

    objects = ReadWithQuerySet.as_manager()

    class Meta:
        verbose_name = "Prüfung eines Dokuments"
        verbose_name_plural = "Prüfungen von Dokumenten"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.get_result_display()}"


class Acknowledgement(BaseModel):
    """Read and understood, by one colleague, of one version."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    version = models.ForeignKey(
        GovernedVersion, models.PROTECT, related_name="acknowledgements", verbose_name="Fassung"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    at = models.DateTimeField("gelesen am")

    objects = ReadWithQuerySet.as_manager()

    class Meta:
        verbose_name = "Lesebestätigung"
        verbose_name_plural = "Lesebestätigungen"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                name="acknowledged_once",
                violation_error_message="Das haben Sie schon bestätigt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.version}"
