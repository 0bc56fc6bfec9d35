"""Tables of a fixed period, counted once. What was counted and what is hidden of it stand in `content` and never change."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.insight.enums import PeriodKind, SnapshotState
from lotse.insight.periods import FixedPeriod
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Person, Site


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, actor: Actor) -> Self:
        """Released ones for whoever counts this work; what is prepared or withdrawn for who leads the carrier."""
        if not actor.may(Permission.COUNT_CLIENTS):
            return self.none()
        led = Q(organisation_id=actor.organisation_id) if actor.may(Permission.CONFIRM_FILE_ACCESS) else Q(pk__in=())
        released = Q(state=SnapshotState.RELEASED, organisation_id__in=actor.counted_organisation_ids)
        return self.filter(led | released)

    def released(self) -> Self:
        return self.filter(state=SnapshotState.RELEASED)

    def ever_released(self) -> Self:
        """What somebody may have printed; to withdraw it takes nothing back that was seen."""
        return self.filter(released_at__isnull=False)


class Snapshot(BaseModel):
    """`edition`: the number among those of the same place and period. `site` None: the whole organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beratungsstelle"
    )
    kind = models.CharField("Zeitraum", max_length=7, choices=PeriodKind)
    start = models.DateField("von")
    end = models.DateField("bis")
    edition = models.PositiveSmallIntegerField("Ausgabe", default=1)
    content = models.JSONField("Tabellen")
    digest = models.CharField("Prüfsumme", max_length=64)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="vorbereitet von")
    state = models.CharField("Stand", max_length=9, choices=SnapshotState, default=SnapshotState.PREPARED)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="freigegeben von"
    )
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zurückgezogen von"
    )
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)
    reason = models.CharField("Grund", max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "Tabellenband"
        verbose_name_plural = "Tabellenbände"
        ordering = ["-end", "kind", "-edition", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="snapshot_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="snapshot_release_has_person",
                violation_error_message="Eine Freigabe hat eine Person und ein Datum.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SnapshotState.RELEASED) | Q(released_at__isnull=False),
                name="snapshot_released_has_time",
                violation_error_message="Freigegeben ist, was jemand an einem Tag freigegeben hat.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason="")),
                name="snapshot_withdrawn_has_reason",
                violation_error_message="Zum Zurückziehen gehören Person, Datum und Grund.",
            ),
            models.CheckConstraint(
                condition=Q(state=SnapshotState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=SnapshotState.WITHDRAWN) & Q(withdrawn_at=None)),
                name="snapshot_withdrawn_has_time",
                violation_error_message="Zurückgezogen ist, was jemand an einem Tag zurückgezogen hat.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "start", "edition"],
                condition=Q(site=None),
                name="snapshot_edition_once",
            ),
            models.UniqueConstraint(fields=["site", "kind", "start", "edition"], name="snapshot_site_edition_once"),
        ]

    def __str__(self) -> str:
        more = f", Ausgabe {self.edition}" if self.edition > 1 else ""
        return f"{self.period.name}, {self.place}{more}"

    @property
    def place(self) -> str:
        return f"{self.site or self.organisation}"

    @property
    def period(self) -> FixedPeriod:
        return FixedPeriod(PeriodKind(self.kind), self.start)

    @property
    def tables(self) -> list[dict[str, Any]]:
        return self.content["tables"]
