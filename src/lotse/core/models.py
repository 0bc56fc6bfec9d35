"""What every row of the house has: a public id and the moment it was written."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from lotse.core.crypto import SealedTextField
from lotse.core.ids import new_public_id


class BaseModel(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    class Meta:
        abstract = True


STAYS = "Das wird nur fortgeschrieben und bleibt, wie es ist."


class AddedOnlyQuerySet(models.QuerySet):
    """Goes with `AddedOnly`."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(STAYS)

    update = delete = bulk_update = update_or_create = _refuse


class AddedOnly(BaseModel):
    """Rows that are added and never changed: what was released, what was deleted. Its manager is an `AddedOnlyQuerySet`."""

    objects = AddedOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(STAYS)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(STAYS)


class DataKey(models.Model):
    """A data key of one organisation, wrapped by the root key. Rotation adds a row; old ones stay to read old text."""

    organisation_id = models.BigIntegerField("Organisation", db_index=True)
    wrapped = models.BinaryField("verpackter Schlüssel")
    root_key_name = models.CharField("Hauptschlüssel", max_length=16)
    created_at = models.DateTimeField("angelegt am", default=timezone.now)
    retired_at = models.DateTimeField("abgelöst am", null=True, blank=True)

    class Meta:
        verbose_name = "Datenschlüssel"
        verbose_name_plural = "Datenschlüssel"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Datenschlüssel {self.pk}"


class Draft(models.Model):
    """What somebody has typed and not yet saved, per person, form and object; sealed like the text it will become."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation_id = models.BigIntegerField("Organisation")
    owner_ref = models.CharField("Person", max_length=16)
    form_key = models.CharField("Formular", max_length=80)
    object_ref = models.CharField("Gegenstand", max_length=64, blank=True)
    label = models.CharField("Bezeichnung", max_length=120)
    url = models.CharField("Adresse", max_length=300)
    content = SealedTextField("Inhalt")
    based_on = models.CharField("Stand der Vorlage", max_length=40, blank=True)
    revision = models.PositiveIntegerField("Fassung", default=1)
    updated_at = models.DateTimeField("geändert am", default=timezone.now)

    class Meta:
        verbose_name = "Entwurf"
        verbose_name_plural = "Entwürfe"
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_ref", "form_key", "object_ref"],
                name="draft_one_per_person_and_form",
                violation_error_message="Zu diesem Formular gibt es schon einen Entwurf.",
            )
        ]

    def __str__(self) -> str:
        return self.label
