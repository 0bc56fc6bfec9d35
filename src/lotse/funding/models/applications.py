"""One application of the receiver of a grant, made of a part of each carrier (model.md §9.1, 3; FU-03)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.funding.enums import ApplicationState, FundsSource, PartState
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation, Person, Post
from lotse.programmes.models import BudgetLine, Grant

EURO = {"max_digits": 12, "decimal_places": 2}
ABOVE_NOTHING = "Bitte einen Betrag über 0 Euro angeben."


class ApplicationQuerySet(OfCarrierQuerySet):
    """Whoever keeps funds of the receiver, or of a carrier that has a part in it."""

    carrier_path = "parts__organisation"

    def visible_to(self, actor):
        return self.filter(pk__in=super().visible_to(actor).order_by().values("pk"))


class Application(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="application", verbose_name="Zuwendung")
    state = models.CharField("Stand", max_length=12, choices=ApplicationState, default=ApplicationState.COLLECTING)
    submitted_on = models.DateField("gestellt am", null=True, blank=True)
    decided_on = models.DateField("entschieden am", null=True, blank=True)
    remark = models.CharField("Was die Behörde verlangt", max_length=500, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "Gesamtantrag"
        verbose_name_plural = "Gesamtanträge"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ApplicationState.COLLECTING) | Q(submitted_on__isnull=False),
                name="application_submitted_on_a_day",
                violation_error_message="Bitte sagen, wann der Antrag gestellt wurde.",
            )
        ]

    def __str__(self) -> str:
        return f"Gesamtantrag {self.grant}"

    @property
    def is_open(self) -> bool:
        """Parts are written until it is submitted, and again where the authority asks for more."""
        return self.state in (ApplicationState.COLLECTING, ApplicationState.CORRECTION)


class OfApplicationQuerySet(OfCarrierQuerySet):
    grant_path = "application__grant"


class CarrierPart(BaseModel):
    """What a carrier plans: its posts, costs by year and kind, and what it brings in itself."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    application = models.ForeignKey(Application, models.CASCADE, related_name="parts", verbose_name="Gesamtantrag")
    state = models.CharField("Stand", max_length=12, choices=PartState, default=PartState.OPEN)
    handed_in_on = models.DateField("eingereicht am", null=True, blank=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="eingereicht von"
    )
    remark = models.CharField("Was zu ändern ist", max_length=500, blank=True)
    measures = models.TextField("geplante Maßnahmen", blank=True, max_length=4000)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "Antragsteil"
        verbose_name_plural = "Antragsteile"
        ordering = ["organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"],
                name="carrier_part_once",
                violation_error_message="Dieser Träger hat schon einen Teil in diesem Antrag.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PartState.HANDED_IN) | Q(handed_in_on__isnull=False),
                name="carrier_part_handed_in_on_a_day",
                violation_error_message="Bitte sagen, wann der Teil eingereicht wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @property
    def is_handed_in(self) -> bool:
        return self.state == PartState.HANDED_IN


class OfPartQuerySet(OfCarrierQuerySet):
    grant_path = "part__application__grant"


class PartPost(BaseModel):
    """A post that a carrier applies for. Without a person it is vacant; `post`: the one of the post plan, where it exists."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    part = models.ForeignKey(CarrierPart, models.CASCADE, related_name="posts", verbose_name="Antragsteil")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stelle")
    title = models.CharField("Bezeichnung", max_length=120)
    fte = models.DecimalField("Stellenumfang (VZÄ)", max_digits=5, decimal_places=2)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Person")
    pay_grade = models.CharField("Eingruppierung", max_length=40, blank=True)
    starts_on = models.DateField("von", null=True, blank=True)
    ends_on = models.DateField("bis", null=True, blank=True)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "beantragte Stelle"
        verbose_name_plural = "beantragte Stellen"
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__gt=0),
                name="part_post_fte_positive",
                violation_error_message="Der Stellenumfang muss größer als 0 sein.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="part_post_days_in_order",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PartCost(BaseModel):
    """Planned for one funding year and kind of expense; `post` where it is paid for one of the posts applied for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    part = models.ForeignKey(CarrierPart, models.CASCADE, related_name="costs", verbose_name="Antragsteil")
    post = models.ForeignKey(
        PartPost, models.CASCADE, null=True, blank=True, related_name="costs", verbose_name="beantragte Stelle"
    )
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="planned", verbose_name="Ausgabenart")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    amount = models.DecimalField("Betrag in Euro", **EURO)
    description = models.CharField("Erläuterung", max_length=200, blank=True)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "geplante Ausgabe"
        verbose_name_plural = "geplante Ausgaben"
        ordering = ["funding_year", "line__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="part_cost_amount_positive", violation_error_message=ABOVE_NOTHING
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.funding_year}"


class PartFunds(BaseModel):
    """What a carrier brings in for a year beside the grant: the grant it asks for is its costs less these."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    part = models.ForeignKey(CarrierPart, models.CASCADE, related_name="funds", verbose_name="Antragsteil")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    source = models.CharField("Art", max_length=10, choices=FundsSource, default=FundsSource.OWN_SHARE)
    amount = models.DecimalField("Betrag in Euro", **EURO)
    description = models.CharField("Erläuterung", max_length=200, blank=True)

    objects = OfPartQuerySet.as_manager()

    class Meta:
        verbose_name = "eigene Mittel"
        verbose_name_plural = "eigene Mittel"
        ordering = ["funding_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="part_funds_amount_positive", violation_error_message=ABOVE_NOTHING
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.funding_year}"
