"""What a partner offers, in which languages, and who is to be asked about it there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.core.search import fold
from lotse.organisations.models import Organisation
from lotse.partners.models.partner import OfHouseQuerySet, Partner


class ContactPerson(BaseModel):
    """Somebody at the partner's, with what belongs to her work there; she can be taken out any time (PA-02)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="people", verbose_name="Kooperationspartner")
    name = SealedTextField("Name")
    role = models.CharField("Funktion", max_length=120, blank=True)
    responsible_for = models.CharField("zuständig für", max_length=200, blank=True)
    phone = SealedTextField("Telefon")
    email = SealedTextField("E-Mail")
    valid_to = models.DateField("dort bis", null=True, blank=True)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Ansprechperson beim Partner"
        verbose_name_plural = "Ansprechpersonen beim Partner"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class PartnerOffer(BaseModel):
    """`topic` is what a counsellor looks for; empty where none fits."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="offers", verbose_name="Kooperationspartner")
    title = models.CharField("Angebot", max_length=160)
    title_key = models.CharField(max_length=170, editable=False)
    topic = models.CharField("Thema", max_length=40, blank=True)
    for_whom = models.CharField("für wen", max_length=200, blank=True)
    admission = models.TextField("Bedingungen", blank=True)
    costs = models.CharField("Kosten", max_length=120, blank=True)
    waiting = models.CharField("Wartezeit", max_length=120, blank=True)
    contact = models.ForeignKey(
        ContactPerson, models.SET_NULL, null=True, blank=True, related_name="offers", verbose_name="Ansprechperson"
    )
    valid_to = models.DateField("gibt es bis", null=True, blank=True)
    checked_on = models.DateField("zuletzt geprüft am", default=timezone.localdate)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Angebot eines Partners"
        verbose_name_plural = "Angebote von Partnern"
        ordering = ["title_key", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def languages(self) -> list[str]:
        return [row.language for row in self.spoken.all()]

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_key = fold(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PartnerLanguage(BaseModel):
    """Spoken at the partner's, or in one of its offers: one table, so that a search by language finds both."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="spoken", verbose_name="Kooperationspartner")
    offer = models.ForeignKey(
        PartnerOffer, models.CASCADE, null=True, blank=True, related_name="spoken", verbose_name="Angebot"
    )
    language = models.CharField("Sprache", max_length=20)

    class Meta:
        verbose_name = "Sprache beim Partner"
        verbose_name_plural = "Sprachen beim Partner"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "language"], condition=Q(offer=None), name="partner_language_once"
            ),
            models.UniqueConstraint(
                fields=["offer", "language"], condition=Q(offer__isnull=False), name="partner_offer_language_once"
            ),
        ]

    def __str__(self) -> str:
        return self.language
