"""Living evidence: figures read for a carrier, thresholds of its own, and what somebody confirms."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.facts.kept import house_actor, numbers
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Organisation
from lotse.quality.actions.shared import kept
from lotse.quality.gauges import Gauge, evidence
from lotse.quality.models import Criterion, EvidenceConfirmation, EvidenceReading, EvidenceTarget, Framework
from lotse.quality.quarters import Quarter, quarters
from lotse.quality.queries.living import Sign, sign_of
from lotse.quality.tasks import queue

NO_SIGN = "Diese Kennzahl gehört nicht zu dem Kriterium."
NOT_FOR_IT = "Bestätigen lässt sich nur ein Wert, der für das Kriterium spricht."
OTHER_VALUE = "Inzwischen steht hier ein anderer Wert. Bitte sehen Sie ihn sich an."
MORE_THAN_ALL = "Mehr als 100 Prozent gibt es nicht."
FRESH_FOR = timedelta(hours=20)
Stored = Mapping[tuple[str, date, str], EvidenceReading]


@action("evidence.asked", "hat um neue Kennzahlen für Qualitätskriterien gebeten")
def ask_reading(*, by: Actor, organisation: Organisation) -> None:
    """The worker reads: over many files it takes longer than a page may."""
    kept(by, organisation)
    record(organisation, organisation_id=organisation.pk)
    queue(organisation.public_id)


@action("evidence.read", "hat die Kennzahlen für Qualitätskriterien gelesen")
def read_evidence(*, by: SystemActor, organisation: Organisation) -> int:
    """How many values are kept now. What counts files is read once for each quarter that is over (ADR 0047)."""
    fresh, today = locked(organisation), timezone.localdate()
    house, stored = house_actor(fresh), _stored(fresh, today)
    made = [reading for quarter in quarters(today) for reading in _read(fresh, house, quarter, stored, today)]
    EvidenceReading.objects.bulk_create(row for row in made if row.pk is None)
    EvidenceReading.objects.bulk_update([row for row in made if row.pk], ["value", "read_at"])
    record(fresh, organisation_id=fresh.pk, values=len(made))
    return len(made)


def _stored(house: Organisation, today: date) -> Stored:
    rows = EvidenceReading.objects.filter(organisation=house, begins_on__gte=quarters(today)[0].begins_on)
    return {(row.gauge, row.begins_on, row.version): row for row in rows}


def _read(house: Organisation, actor: Actor, quarter: Quarter, stored: Stored, today: date) -> list[EvidenceReading]:
    """One statement for all gauges of a quarter."""
    gauges = [one for one in evidence().gauges.values() if _is_due(one, quarter, stored, today)]
    found = numbers({one.key: one.wanted for one in gauges}, actor, quarter.until(today))
    return [_reading(house, one, quarter, stored, found[one.key]) for one in gauges]


def _is_due(gauge: Gauge, quarter: Quarter, stored: Stored, today: date) -> bool:
    if gauge.is_exact:
        return True
    return quarter.is_over(today) and (gauge.key, quarter.begins_on, gauge.version) not in stored


def _reading(house: Organisation, gauge: Gauge, quarter: Quarter, stored: Stored, value: int | None) -> EvidenceReading:
    row = stored.get((gauge.key, quarter.begins_on, gauge.version)) or EvidenceReading(
        organisation=house, gauge=gauge.key, begins_on=quarter.begins_on, ends_on=quarter.ends_on, version=gauge.version
    )
    row.value, row.read_at = value, timezone.now()
    return row


def read_due() -> int:
    """The nightly chore: every carrier whose catalogue has living evidence and whose figures are a day old."""
    lately = EvidenceReading.objects.filter(organisation=OuterRef("pk"), read_at__gt=timezone.now() - FRESH_FOR)
    with_signs = Framework.objects.filter(key=evidence().framework).order_by().values("organisation")
    stale = Organisation.objects.filter(~Exists(lately), pk__in=with_signs).order_by("pk")
    for house in stale:
        read_evidence(by=SystemActor("Kennzahlen lesen", organisation_id=house.pk), organisation=house)
    return len(stale)


@action("evidence.threshold_set", "hat die Schwelle einer Kennzahl festgelegt")
def set_threshold(
    *, by: Actor, organisation: Organisation, gauge: Gauge, threshold: int, revision: int | None = None
) -> EvidenceTarget:
    kept(by, organisation)
    refuse_if(gauge.wanted.is_share and threshold > 100, MORE_THAN_ALL, "threshold")
    locked(organisation)
    row = EvidenceTarget.objects.filter(organisation=organisation, gauge=gauge.key).first()
    row = row or EvidenceTarget(organisation=organisation, gauge=gauge.key, revision=0)
    revise(row, {"threshold": threshold}, revision)
    record(row, gauge=gauge.key, threshold=threshold)
    return row


@action("evidence.confirmed", "hat einen lebenden Nachweis bestätigt")
def confirm_evidence(
    *, by: Actor, criterion: Criterion, gauge: str, value: int, note: str = ""
) -> EvidenceConfirmation:
    """`value` is what the page showed. It sets no rating (QM-12)."""
    kept(by, criterion.organisation)
    locked(criterion)
    sign, now = _seen(by, criterion, gauge, value)
    refuse_if(not sign.speaks, NOT_FOR_IT)
    made = EvidenceConfirmation(
        organisation_id=criterion.organisation_id, criterion=criterion, gauge=gauge, value=value, threshold=sign.threshold,
        begins_on=now.begins_on, ends_on=now.ends_on, version=now.version, confirmed_by_id=by.person_id, note=note.strip(),
    )  # fmt: skip
    save_checked(made)
    record(made, gauge=gauge, value=value)
    return made


def _seen(by: Actor, criterion: Criterion, gauge: str, value: int) -> tuple[Sign, EvidenceReading]:
    sign = sign_of(by, criterion, gauge, timezone.localdate())
    now = sign.current.reading if sign and sign.current else None
    if sign is None or now is None or now.value != value:
        raise ValidationError(OTHER_VALUE if sign else NO_SIGN)
    return sign, now
