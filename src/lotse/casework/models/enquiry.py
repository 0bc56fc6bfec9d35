from django.db import models
from django.db.models import Q

from lotse.casework.enums import Outcome
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person, Site
from lotse.partners.models import Partner
from lotse.programmes.models import Programme


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "EnquiryQuerySet":
        return self.filter(organisation_id=actor.organisation_id, recorded_by_id__in=actor.file_holder_ids)

    def countable_for(self, actor: Actor) -> "EnquiryQuerySet":
        if not actor.may(Permission.COUNT_CLIENTS):
            return self.none()
        return self.filter(organisation_id__in=actor.counted_organisation_ids)


class Enquiry(BaseModel):
    """A one-off enquiry: anonymous, Rahmendaten only (CL-01). There is no column for a name, and no link to a client."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, related_name="enquiries", verbose_name="Beratungsstelle")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name="Programm")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="erfasst von")
    on = models.DateField("Datum")
    channel = models.CharField("Kontaktweg", max_length=20)
    route = models.CharField("Zugangsweg", max_length=30)
    outcome = models.CharField("Ergebnis", max_length=20, choices=Outcome)
    referred_to = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name="verwiesen an"
    )
    next_step = models.CharField("gemeinsam vereinbarter nächster Schritt", max_length=160, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "Einmalige Anfrage"
        verbose_name_plural = "Einmalige Anfragen"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "on"], name="enquiry_period"),
            models.Index(fields=["recorded_by", "-on", "-id"], name="enquiry_mine"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFERRED) | Q(referred_to__isnull=False),
                name="enquiry_referral_has_target",
                violation_error_message="Bitte angeben, an wen verwiesen wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"Anfrage vom {self.on:%d.%m.%Y}"


class EnquiryTopic(models.Model):
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="topics", verbose_name="Anfrage")
    topic = models.CharField("Thema", max_length=30)

    class Meta:
        verbose_name = "Thema der Anfrage"
        verbose_name_plural = "Themen der Anfrage"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["enquiry", "topic"], name="enquiry_topic_once")]

    def __str__(self) -> str:
        return self.topic
