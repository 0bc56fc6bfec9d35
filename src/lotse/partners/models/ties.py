"""How we and others work with a partner: who spoke with whom, how it goes, who is how close to whom."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.partners.enums import Closeness, ContactKind, Quality
from lotse.partners.models.partner import OfHouseQuerySet, Partner


class PartnerContact(BaseModel):
    """One of ours and the partner have spoken. Not about a client: that stands in the file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts", verbose_name="Kooperationspartner")
    on = models.DateField("am")
    kind = models.CharField("wie", max_length=10, choices=ContactKind)
    note = SealedTextField("Notiz")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="von uns")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Kontakt zum Partner"
        verbose_name_plural = "Kontakte zum Partner"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["partner", "-on"], name="partner_contact_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} am {self.on:%d.%m.%Y}"


class PartnerRating(BaseModel):
    """How the cooperation goes, as somebody saw it on a day; the newest one counts, earlier ones stay."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="ratings", verbose_name="Kooperationspartner")
    on = models.DateField("am")
    quality = models.CharField("Zusammenarbeit", max_length=10, choices=Quality)
    reason = SealedTextField("Begründung")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingeschätzt von")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Einschätzung der Zusammenarbeit"
        verbose_name_plural = "Einschätzungen der Zusammenarbeit"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.get_quality_display()


class RelationQuerySet(OfHouseQuerySet):
    def on_day(self, day: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), since__lte=day)


class PartnerRelation(BaseModel):
    """Two who work together. Without `other` the second one is our own house. A change ends one row and begins another."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="relations", verbose_name="Kooperationspartner")
    other = models.ForeignKey(
        Partner, models.CASCADE, null=True, blank=True, related_name="relations_back", verbose_name="mit wem"
    )
    closeness = models.CharField("wie eng", max_length=12, choices=Closeness)
    since = models.DateField("seit")
    ended_on = models.DateField("bis", null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = "Beziehung"
        verbose_name_plural = "Beziehungen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) | Q(partner__lt=F("other")),
                name="partner_relation_once_for_both",
                violation_error_message="Bitte zwei verschiedene Partner wählen.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="partner_relation_ends_after_begin",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(other=None, ended_on=None),
                name="partner_relation_to_us_once",
                violation_error_message="Zu diesem Partner ist schon festgehalten, wie eng wir zusammenarbeiten.",
            ),
            models.UniqueConstraint(
                fields=["partner", "other"],
                condition=Q(other__isnull=False, ended_on=None),
                name="partner_relation_to_other_once",
                violation_error_message="Zwischen diesen beiden ist schon festgehalten, wie eng sie zusammenarbeiten.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_closeness_display()
