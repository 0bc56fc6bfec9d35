"""The person who is counselled, the household around her, and what changes with dates."""

from datetime import date

from django.db import models
from django.db.models import Q

from lotse.casework.enums import Attends, FreezeGround, Precision, Relation
from lotse.casework.models.scope import ClientQuerySet, FileQuerySet
from lotse.core.crypto import SealedTextField, fingerprint
from lotse.core.dates import full_years, years_later
from lotse.core.models import BaseModel
from lotse.core.phones import digits_of
from lotse.core.search import fold
from lotse.organisations.models import Organisation, Person, Site


class Household(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    size = models.PositiveSmallIntegerField("Personen im Haushalt", null=True, blank=True)

    class Meta:
        verbose_name = "Haushalt"
        verbose_name_plural = "Haushalte"
        constraints = [
            models.CheckConstraint(
                condition=Q(size=None) | Q(size__gte=1),
                name="household_size_at_least_one",
                violation_error_message="Zum Haushalt gehört mindestens eine Person.",
            )
        ]

    def __str__(self) -> str:
        return f"Haushalt {self.public_id}"


class Client(BaseModel):
    """A person known by name. She exists only together with the information on data recording (DP-01).

    Names, birth date and codes stay readable for search and statistics; what is told in confidence is sealed (ADR 0006).
    `name_key` is "last first", `given_key` "first last", both folded; `twin_key` has the same words in the order of the
    alphabet, `phone_key` is a keyed hash of the number: by these two possible duplicates are found. The four `*_on` dates of acts are the state in force,
    kept by the consent actions; the acts themselves are `Consent` rows.

    A row with `erased_month` is nobody any more: what figures of past years are counted from (casework/actions/remains.py).
    It has neither site nor responsible person, so that no query for people finds it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clients", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="clients", verbose_name="Beratungsstelle")
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, related_name="clients", verbose_name="zuständig")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="clients", verbose_name="Haushalt")
    number = models.PositiveIntegerField("Nummer", null=True)

    first_name = models.CharField("Vorname", max_length=80)
    last_name = models.CharField("Nachname", max_length=80)
    name_key = models.CharField(max_length=170, editable=False)
    given_key = models.CharField(max_length=170, editable=False)
    twin_key = models.CharField(max_length=170, editable=False, default="")
    phone_key = models.CharField(max_length=16, editable=False, blank=True, default="")
    birth_date = models.DateField("Geburtsdatum", null=True, blank=True)
    birth_precision = models.CharField("Genauigkeit", max_length=9, choices=Precision, default=Precision.DAY)
    gender = models.CharField("Geschlecht", max_length=10, blank=True)
    country_of_origin = models.CharField("Herkunftsland", max_length=20, blank=True)
    nationalities = models.JSONField("Nationalität", default=list, blank=True)
    languages = models.JSONField("Sprachen", default=list, blank=True)
    contact_language = models.CharField("Sprache für Gespräche", max_length=20, blank=True)
    interpreter_needed = models.BooleanField("Sprachmittlung nötig", null=True, blank=True)
    entered_germany_on = models.DateField("nach Deutschland eingereist", null=True, blank=True)
    entered_precision = models.CharField("Genauigkeit", max_length=9, choices=Precision, default=Precision.DAY)
    permanent_status_on = models.DateField("dauerhafter Aufenthalt seit", null=True, blank=True)
    is_resettler = models.BooleanField("Spätaussiedler*in oder Angehörige", null=True, blank=True)

    phone = SealedTextField("Telefon")
    email = SealedTextField("E-Mail")
    address = SealedTextField("Anschrift")
    warning_note = SealedTextField("Hinweis")

    informed_on = models.DateField("über die Datenerfassung informiert am")
    informed_language = models.CharField("informiert auf", max_length=20)
    agreement_on = models.DateField("Beratungsvereinbarung seit", null=True, blank=True, editable=False)
    recording_on = models.DateField("Einwilligung seit", null=True, blank=True, editable=False)
    competence_on = models.DateField("Kompetenzerfassung erlaubt seit", null=True, blank=True, editable=False)
    health_on = models.DateField("Gesundheitsdaten erlaubt seit", null=True, blank=True, editable=False)
    restricted_on = models.DateField("eingeschränkt seit", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name="gehört zu",
    )
    moved_on = models.DateField("Zuständigkeit zu prüfen seit dem Umzug am", null=True, blank=True, editable=False)
    frozen_on = models.DateField("Verarbeitung eingeschränkt seit", null=True, blank=True, editable=False)
    frozen_ground = models.CharField("Grund der Einschränkung", max_length=12, choices=FreezeGround, blank=True)
    erased_month = models.DateField("gelöscht im Monat", null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    # Who reads the file now and which case she has chosen; no columns, set per request.
    read_by = 0
    case_wanted = ""

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = "Klient*in"
        verbose_name_plural = "Klient*innen"
        ordering = ["name_key", "id"]
        indexes = [
            models.Index(fields=["responsible", "name_key", "id"], name="client_mine_by_name"),
            models.Index(fields=["responsible", "given_key", "id"], name="client_mine_by_given"),
            models.Index(fields=["site", "name_key", "id"], name="client_site_by_name"),
            models.Index(fields=["organisation", "name_key", "birth_date"], name="client_duplicates"),
            models.Index(fields=["organisation", "twin_key"], name="client_twins"),
            models.Index(fields=["organisation", "phone_key"], name="client_same_phone", condition=~Q(phone_key="")),
            models.Index(fields=["responsible", "moved_on"], name="client_moved", condition=Q(moved_on__isnull=False)),
            models.Index(
                fields=["organisation", "informed_on", "id"], name="client_informed"
            ),  # never begun, to be erased
            models.Index(
                fields=["organisation", "restricted_on", "id"],
                name="client_withdrawn",
                condition=Q(restricted_on__isnull=False),
            ),
            models.Index(
                fields=["organisation", "erased_month"],
                name="client_erased",
                condition=Q(erased_month__isnull=False),
            ),
            # statistics ask for the files of a site, once for each population
            models.Index(fields=["site", "organisation"], name="client_at_site", condition=Q(merged_into=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="client_number_once"),
            models.CheckConstraint(
                condition=Q(birth_date=None)
                | Q(entered_germany_on=None)
                | Q(entered_germany_on__gte=models.F("birth_date")),
                name="client_entry_after_birth",
                violation_error_message="Die Einreise liegt vor der Geburt.",
            ),
            models.CheckConstraint(
                condition=Q(erased_month__isnull=False) | ~Q(informed_language=""),
                name="client_informed_in_a_language",
                violation_error_message="Bitte die Sprache der Information angeben.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="client_merged_into_another",
                violation_error_message="Eine Akte geht nicht in sich selbst auf.",
            ),
            models.CheckConstraint(
                condition=Q(erased_month__isnull=False)
                | Q(site__isnull=False, responsible__isnull=False, household__isnull=False, number__isnull=False),
                name="client_has_place_and_person",
                violation_error_message="Eine Akte hat eine Beratungsstelle, eine zuständige Person und eine Nummer.",
            ),
            models.CheckConstraint(
                condition=Q(erased_month=None)
                | Q(
                    site=None,
                    responsible=None,
                    household=None,
                    number=None,
                    name_key="",
                    given_key="",
                    twin_key="",
                    phone_key="",
                ),
                name="client_erased_is_nobody",
                violation_error_message="Von einer gelöschten Akte bleibt niemand übrig.",
            ),
            models.CheckConstraint(
                condition=Q(frozen_on=None, frozen_ground="") | (Q(frozen_on__isnull=False) & ~Q(frozen_ground="")),
                name="client_frozen_has_ground",
                violation_error_message="Eine Einschränkung der Verarbeitung hat einen Grund.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name}, {self.first_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        self.name_key = fold(f"{self.last_name} {self.first_name}")
        self.given_key = fold(f"{self.first_name} {self.last_name}")
        self.twin_key = twin_key(self.name_key)
        if isinstance(self.__dict__.get("phone"), str):  # else it is as it was stored
            self.phone_key = phone_key(self.phone, self.organisation_id)

    def get_absolute_url(self) -> str:
        return f"/akte/{self.public_id}/"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def age_on(self, day: date) -> int | None:
        """Full years; None where the birth date is unknown."""
        return full_years(self.birth_date, day) if self.birth_date else None

    def stay_months_on(self, day: date) -> int | None:
        """Full months in Germany; None where the entry is unknown (D-06)."""
        start = self.entered_germany_on
        if not start or start > day:
            return None
        return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def twin_key(name_key: str) -> str:
    """The same for both orders of first and last name."""
    return " ".join(sorted(name_key.split()))


def phone_key(phone: str, organisation_id: int) -> str:
    """The same for the same number however it is spaced; empty for none."""
    digits = digits_of(phone)
    return fingerprint(digits, organisation_id=organisation_id) if digits else ""


class HouseholdMember(BaseModel):
    """A child or another person of the household. Adult on a day is derived from the birth date (CL-15).

    `own_file`: she is advised herself and counts there; without it, `is_co_advised` counts her as a relative.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="members", verbose_name="Klient*in")
    relation = models.CharField("Beziehung", max_length=10, choices=Relation, default=Relation.CHILD)
    name = SealedTextField("Name")
    gender = models.CharField("Geschlecht", max_length=10, blank=True)
    birth_date = models.DateField("Geburtsdatum", null=True, blank=True)
    birth_precision = models.CharField("Genauigkeit", max_length=9, choices=Precision, default=Precision.DAY)
    birth_place = SealedTextField("Geburtsort")
    nationality = models.CharField("Nationalität", max_length=20, blank=True)
    residence_place = SealedTextField("Wohnort")
    institution = SealedTextField("Kita, Schule oder Ausbildung")
    attends = models.CharField("besucht", max_length=10, choices=Attends, blank=True)
    attends_since = models.DateField("besucht seit", null=True, blank=True)
    school_degree_on = models.DateField("Schulabschluss am", null=True, blank=True)
    lives_in_household_since = models.DateField("im Haushalt seit", null=True, blank=True)
    left_household_on = models.DateField("ausgezogen am", null=True, blank=True)
    is_co_advised = models.BooleanField("wird mitberaten", null=True, blank=True)
    own_file = models.ForeignKey(
        Client,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="member_rows",
        verbose_name="eigene Akte",
    )
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Haushaltsmitglied"
        verbose_name_plural = "Haushaltsmitglieder"
        ordering = ["birth_date", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "client", "relation"],
                name="household_member_co_advised",
                condition=Q(is_co_advised=True, own_file__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_household_on=None)
                | Q(lives_in_household_since=None)
                | Q(left_household_on__gte=models.F("lives_in_household_since")),
                name="household_member_leaves_after_arrival",
                violation_error_message="Der Auszug liegt vor dem Einzug.",
            ),
            models.CheckConstraint(
                condition=Q(own_file=None) | ~Q(own_file=models.F("client")),
                name="household_member_is_another_person",
                violation_error_message="Das ist die Akte, in der die Person schon steht.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.public_id}"

    def is_minor_on(self, day: date) -> bool | None:
        return full_years(self.birth_date, day) < 18 if self.birth_date else None

    def turns_adult_on(self) -> date | None:
        return years_later(self.birth_date, 18) if self.birth_date else None

    def lives_here_on(self, day: date) -> bool:
        return self.left_household_on is None or day < self.left_household_on


class ResidenceStatus(BaseModel):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="residence_statuses", verbose_name="Klient*in")
    status = models.CharField("Aufenthaltsstatus", max_length=60)
    valid_from = models.DateField("seit")
    valid_to = models.DateField("gültig bis", null=True, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufenthaltsstatus"
        verbose_name_plural = "Aufenthaltsstatus"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="residence_status_end_after_begin",
                violation_error_message="Das Ende des Aufenthaltsstatus liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return self.status


class GermanLevel(BaseModel):
    """Level of German on a day; the seven ordered values of CL-16."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    client = models.ForeignKey(Client, models.CASCADE, related_name="german_levels", verbose_name="Klient*in")
    level = models.CharField("Sprachniveau Deutsch", max_length=8)
    assessed_on = models.DateField("festgestellt am")
    source = models.CharField("Quelle", max_length=20, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "Deutschniveau"
        verbose_name_plural = "Deutschniveaus"
        ordering = ["-assessed_on", "-id"]
        indexes = [models.Index(fields=["client", "assessed_on", "id", "level"], name="german_level_series")]

    def __str__(self) -> str:
        return self.level
