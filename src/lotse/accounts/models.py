"""The login. Who somebody is at work stands one floor higher, in organisations."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lotse.core.ids import new_public_id
from lotse.core.models import BaseModel


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """`session_round` stands in the fingerprint of every session: counting it up ends them all at once."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField("Name", max_length=160, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    must_use_second_factor = models.BooleanField("zweiter Faktor Pflicht", default=False)
    session_round = models.PositiveIntegerField("Sitzungsrunde", default=0)
    date_joined = models.DateTimeField("angelegt am", default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin site is not part of the product."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        content = f"{self.password}{self.session_round}"
        return salted_hmac("lotse.accounts.session", content, secret=secret, algorithm="sha256").hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither used nor withdrawn; the link may have run out and can be renewed."""
        return self.filter(used_at=None, withdrawn_at=None)


class Invitation(BaseModel):
    """A way in for one address. The link holds a random token; only its hash is stored. `person_ref` names who comes."""

    organisation_id = models.BigIntegerField("Organisation", db_index=True)
    person_ref = models.CharField("Person", max_length=16, blank=True)
    email = models.EmailField("E-Mail-Adresse")
    name = models.CharField("Name", max_length=160)
    token_hash = models.CharField("Prüfsumme des Links", max_length=64, unique=True)
    expires_at = models.DateTimeField("gültig bis")
    used_at = models.DateTimeField("angenommen am", null=True, blank=True)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "email"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="invitation_one_open_per_address",
                violation_error_message="Für diese Adresse ist schon eine Einladung offen.",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None),
                name="invitation_used_or_withdrawn",
                violation_error_message="Eine angenommene Einladung lässt sich nicht zurückziehen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Einladung für {self.name}"

    def is_valid_at(self, moment: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and moment < self.expires_at


class FactorReset(BaseModel):
    """Taking away a lost second factor: one person asks, another one confirms, and neither is the owner."""

    organisation_id = models.BigIntegerField("Organisation", db_index=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="factor_resets", verbose_name="Konto")
    reason = models.CharField("Grund", max_length=300)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="beantragt von")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)
    dropped_at = models.DateTimeField("verworfen am", null=True, blank=True)

    class Meta:
        verbose_name = "Zurücksetzen des zweiten Faktors"
        verbose_name_plural = "Zurücksetzen des zweiten Faktors"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(requested_by=F("user")),
                name="factor_reset_requested_by_another",
                violation_error_message="Den eigenen zweiten Faktor beantragt niemand selbst zurückzusetzen.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("requested_by")) & ~Q(confirmed_by=F("user"))),
                name="factor_reset_confirmed_by_another",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="factor_reset_confirmation_pair",
                violation_error_message="Eine Bestätigung hat eine Person und ein Datum.",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at=None, dropped_at=None),
                name="factor_reset_one_open",
                violation_error_message="Für dieses Konto ist das schon beantragt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zweiter Faktor von {self.user}"


class SignIn(BaseModel):
    """One login of an account: for "last logins" and "open sessions" on the page of its owner."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name="Konto")
    methods = models.CharField("Anmeldung mit", max_length=120)
    device = models.CharField("Gerät", max_length=80, blank=True)
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"Anmeldung vom {self.created_at:%d.%m.%Y}"


class LoginAttempt(models.Model):
    """A password that did not fit. Address and account are keyed hashes: nobody reads here who exists."""

    account_key = models.CharField("Konto (Prüfsumme)", max_length=64)
    address_key = models.CharField("Herkunft (Prüfsumme)", max_length=64)
    at = models.DateTimeField("wann", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "Fehlversuch"
        verbose_name_plural = "Fehlversuche"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["account_key", "at"], name="login_attempt_account"),
            models.Index(fields=["address_key", "at"], name="login_attempt_address"),
        ]

    def __str__(self) -> str:
        return f"Fehlversuch {self.pk}"

    @property
    def public_id(self) -> str:
        """What the log names when the address has no account."""
        return self.account_key[:16]


class RoleDuty(BaseModel):
    """Whether an organisation demands a second factor of a role; without a row the default of the role holds."""

    organisation_id = models.BigIntegerField("Organisation")
    role = models.CharField("Rolle", max_length=30)
    must_use_second_factor = models.BooleanField("zweiter Faktor Pflicht")

    class Meta:
        verbose_name = "Pflicht zum zweiten Faktor"
        verbose_name_plural = "Pflichten zum zweiten Faktor"
        ordering = ["organisation_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "role"],
                name="role_duty_once",
                violation_error_message="Für diese Rolle ist schon etwas festgelegt.",
            )
        ]

    def __str__(self) -> str:
        return f"Zweiter Faktor für {self.role}"
