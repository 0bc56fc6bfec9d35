"""Internal review of files (Mi 4 c): a sample per site and quarter, a checklist, and what is still to be done."""

from django.db import models
from django.db.models import F, Q

from lotse.casework.models.client import Client
from lotse.casework.models.scope import FileQuerySet
from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person, Site


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def visible_to(self, actor: Actor) -> "ReviewRoundQuerySet":
        """To who reviews, to who leads the site, and to who confirms as a second person; files show as numbers."""
        here = self.filter(organisation_id=actor.organisation_id)
        if actor.may(Permission.CONFIRM_FILE_ACCESS):
            return here
        return here.filter(reviewer_id=actor.person_id)


class ReviewRound(BaseModel):
    """Files of one site drawn for one quarter. `seed` and `drawn_from` say how, so that nobody picks (QP-01).

    A reviewer who does not lead the site gets exactly these files, until a day, once a second person has agreed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="Beratungsstelle")
    quarter = models.DateField("Quartal ab")
    seed = models.CharField("Zufallszahl", max_length=16)
    per_counsellor = models.PositiveSmallIntegerField("Akten je Berater*in")
    drawn_from = models.PositiveIntegerField("gezogen aus")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="prüft")
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="gezogen von")
    opens_until = models.DateField("offen bis")
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "Aktenprüfung"
        verbose_name_plural = "Aktenprüfungen"
        ordering = ["-quarter", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "quarter"],
                name="review_round_a_quarter_once",
                violation_error_message="Für diese Stelle ist die Stichprobe des Quartals schon gezogen.",
            ),
            models.CheckConstraint(
                condition=Q(per_counsellor__gte=1, per_counsellor__lte=20),
                name="review_round_one_to_twenty",
                violation_error_message="Bitte 1 bis 20 Akten je Berater*in ziehen.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("drawn_by")) & ~Q(confirmed_by=F("reviewer"))),
                name="review_round_confirmed_by_another",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aktenprüfung {(self.quarter.month + 2) // 3}/{self.quarter.year}, {self.site}"


class FileReview(BaseModel):
    """One file of a round: the checklist by its keys, and when it was gone through."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="reviews", verbose_name="Klient*in")
    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="reviews", verbose_name="Aktenprüfung")
    counsellor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="zuständig bei der Ziehung")
    answers = models.JSONField("Prüfliste", default=dict, blank=True)
    note = SealedTextField("Anmerkung")
    reviewed_on = models.DateField("geprüft am", null=True, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "geprüfte Akte"
        verbose_name_plural = "geprüfte Akten"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "client"], name="file_review_once"),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, answers={}) | (Q(reviewed_on__isnull=False) & ~Q(answers={})),
                name="file_review_answers_have_date",
                violation_error_message="Eine ausgefüllte Prüfliste hat ein Datum.",
            ),
        ]

    def __str__(self) -> str:
        return f"Prüfung {self.public_id}"


class ReviewPoint(BaseModel):
    """What the review found to be done; it goes back to whoever is responsible for the file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="review_points", verbose_name="Klient*in")
    review = models.ForeignKey(FileReview, models.CASCADE, related_name="points", verbose_name="Prüfung")
    item = models.CharField("Punkt", max_length=40)
    text = SealedTextField("Was fehlt?")
    due_on = models.DateField("bis")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="erledigt von"
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "offener Punkt"
        verbose_name_plural = "offene Punkte"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["client", "due_on"], name="review_point_open", condition=Q(done_on=None))]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="review_point_item_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="review_point_done_by_somebody",
                violation_error_message="Was erledigt ist, hat eine Person und ein Datum.",
            ),
        ]

    def __str__(self) -> str:
        return f"offener Punkt {self.public_id}"
