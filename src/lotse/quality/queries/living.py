"""Living evidence: what the figures say of each criterion, and the documents that stand beside them; read, never counted here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.enums import Better
from lotse.quality.gauges import Gauge, evidence
from lotse.quality.models import (
    Criterion,
    CriterionLink,
    EvidenceConfirmation,
    EvidenceDocument,
    EvidenceLink,
    EvidenceReading,
    EvidenceTarget,
    Framework,
)
from lotse.quality.quarters import Quarter, quarters

HIGHEST = 20  # of a bar in the small picture


@dataclass(frozen=True)
class Point:
    quarter: Quarter
    reading: EvidenceReading | None
    said: str
    is_over: bool

    @property
    def value(self) -> int | None:
        return self.reading.value if self.reading else None


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Sign:
    """A gauge beside a criterion. `via`: the criterion of another catalogue that it comes from."""

    gauge: Gauge
    why: str
    points: Sequence[Point]
    threshold: int
    target: EvidenceTarget | None
    confirmation: EvidenceConfirmation | None
    today: date
    via: Criterion | None = None

    @property
    def current(self) -> Point | None:
        """Of a share the newest; a number is judged when its quarter is over, or good enough before."""
        known = [point for point in reversed(self.points) if point.value is not None]
        if self.gauge.wanted.is_share:
            return next(iter(known), None)
        return next((point for point in known if point.is_over or self._is_enough(point)), None)

    def _is_enough(self, point: Point) -> bool:
        is_counting = self.gauge.better == Better.HIGHER
        return is_counting and rules.speaks_for(self.gauge.better, self.threshold, point.value)

    @property
    def shown(self) -> str:
        return self.current.said if self.current else "noch kein Wert"

    @property
    def speaks(self) -> bool:
        value = self.current.value if self.current else None
        return rules.speaks_for(self.gauge.better, self.threshold, value)

    @property
    def aim(self) -> str:
        return f"{self.gauge.better.label} {self.gauge.shown(self.threshold)}"

    @property
    def word(self) -> str:
        if self.current is None:
            return "kein Wert"
        if self.speaks:
            return "spricht dafür"
        return "unter der Schwelle" if self.gauge.better == Better.HIGHER else "über der Schwelle"

    @property
    def tone(self) -> str:
        return "none" if self.current is None else "good" if self.speaks else "bad"

    @property
    def again(self) -> str:
        """Why it wants to be looked at again; empty where nobody confirmed it, or where it still holds."""
        if self.confirmation is None:
            return ""
        now = self.current.reading if self.current else None
        return rules.why_again(self.confirmation, self.gauge.version, now, speaks=self.speaks, day=self.today)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation is not None and not self.again

    @property
    def trend(self) -> str:
        values = [point.value for point in self.points if point.value is not None]
        if len(values) < 2:
            return ""
        before, now = values[-2:]
        return "gestiegen" if now > before else "gesunken" if now < before else "gleich"

    @property
    def story(self) -> str:
        """The small picture in words."""
        return ", ".join(f"{point.quarter.name}: {point.said}" for point in self.points)

    @property
    def bars(self) -> list[Bar]:
        most = max([point.value or 0 for point in self.points] + [1])
        heights = [round((point.value or 0) * HIGHEST / most) for point in self.points]
        return [Bar(at * 8, HIGHEST - height, height) for at, height in enumerate(heights)]


@dataclass(frozen=True)
class Proof:
    """What proves one criterion. `documents` are those that the reader may open."""

    signs: Sequence[Sign]
    documents: Sequence[EvidenceDocument]
    today: date

    @property
    def states(self) -> list[tuple[str, str]]:
        """In few words, with a tone each, for the catalogue."""
        told = [
            (sum(sign.speaks for sign in self.signs), "{} spricht dafür", "{} sprechen dafür", "good"),
            (self._bad, "{} spricht dagegen", "{} sprechen dagegen", "bad"),
            (sum(bool(sign.again) for sign in self.signs), "{} neu ansehen", "{} neu ansehen", "warn"),
            (len(self._valid), "{} Unterlage", "{} Unterlagen", "none"),
            (self._expired, "{} Unterlage abgelaufen", "{} Unterlagen abgelaufen", "bad"),
        ]
        return [((one if count == 1 else more).format(count), tone) for count, one, more, tone in told if count]

    @property
    def is_red(self) -> bool:
        return bool(self._bad or self._expired)

    @property
    def _bad(self) -> int:
        return sum(sign.tone == "bad" for sign in self.signs)

    @property
    def _valid(self) -> list[EvidenceDocument]:
        return [one for one in self.documents if not one.is_expired(self.today)]

    @property
    def _expired(self) -> int:
        return len(self.documents) - len(self._valid)


@dataclass(frozen=True)
class Living:
    """Of one catalogue. `read_at`: of the newest reading; None where nothing was read yet."""

    proofs: Mapping[int, Proof]
    read_at: datetime | None
    has_signs: bool

    def of(self, criterion: Criterion) -> Proof:
        return self.proofs[criterion.pk]


def living(actor: Actor, framework: Framework, criteria: Sequence[Criterion], today: date) -> Living:
    """Five statements, however many criteria, figures and documents there are."""
    like = _neighbours(criteria)
    known = _Known.of(actor, framework.organisation, criteria, today)
    documents = _documents(actor, criteria, like)
    proofs = {one.pk: Proof(known.signs(framework, one, like[one.pk]), documents[one.pk], today) for one in criteria}
    return Living(proofs, known.read_at, any(proof.signs for proof in proofs.values()))


def _neighbours(criteria: Iterable[Criterion]) -> dict[int, list[Criterion]]:
    """Both ends of every link, whatever its direction."""
    ids = [one.pk for one in criteria]
    rows = CriterionLink.objects.filter(Q(from_criterion__in=ids) | Q(to_criterion__in=ids))
    found: dict[int, list[Criterion]] = defaultdict(list)
    for row in rows.select_related("from_criterion__framework", "to_criterion__framework"):
        found[row.from_criterion_id].append(row.to_criterion)
        found[row.to_criterion_id].append(row.from_criterion)
    return found


@dataclass(frozen=True)
class _Known:
    readings: Mapping[tuple[str, date], EvidenceReading]
    targets: Mapping[str, EvidenceTarget]
    confirmations: Mapping[tuple[int, str], EvidenceConfirmation]
    shown: Sequence[Quarter]
    today: date

    @classmethod
    def of(cls, actor: Actor, house: Organisation, criteria: Iterable[Criterion], today: date) -> "_Known":
        """Newest last, so that it is the one that stays."""
        shown, own = quarters(today), {"organisation": house}
        read = EvidenceReading.objects.visible_to(actor).filter(**own, begins_on__gte=shown[0].begins_on)
        targets = EvidenceTarget.objects.visible_to(actor).filter(**own)
        said = EvidenceConfirmation.objects.visible_to(actor).filter(criterion__in=[one.pk for one in criteria])
        return cls(
            {(row.gauge, row.begins_on): row for row in read.order_by("read_at", "id")},
            {row.gauge: row for row in targets},
            {(row.criterion_id, row.gauge): row for row in said.select_related("confirmed_by").order_by("id")},
            shown, today,
        )  # fmt: skip

    @property
    def read_at(self) -> datetime | None:
        return max((row.read_at for row in self.readings.values()), default=None)

    def signs(self, framework: Framework, criterion: Criterion, like: Iterable[Criterion]) -> list[Sign]:
        """Its own and those of what it is linked to, each gauge once."""
        found: dict[str, Sign] = {}
        for source in (criterion, *like):
            key = framework.key if source is criterion else source.framework.key
            whys = evidence().signs.get(source.slug, {}) if key == evidence().framework else {}
            for gauge, why in whys.items():
                via = None if source is criterion else source
                found.setdefault(gauge, self._sign(criterion, evidence().gauges[gauge], why, via))
        return list(found.values())

    def _sign(self, criterion: Criterion, gauge: Gauge, why: str, via: Criterion | None) -> Sign:
        target = self.targets.get(gauge.key)
        points = [self._point(gauge, quarter) for quarter in self.shown]
        return Sign(
            gauge, why, points, target.threshold if target else gauge.threshold, target,
            self.confirmations.get((criterion.pk, gauge.key)), self.today, via,
        )  # fmt: skip

    def _point(self, gauge: Gauge, quarter: Quarter) -> Point:
        reading = self.readings.get((gauge.key, quarter.begins_on))
        return Point(quarter, reading, gauge.shown(reading.value if reading else None), quarter.is_over(self.today))


def _documents(
    actor: Actor, criteria: Iterable[Criterion], like: Mapping[int, Sequence[Criterion]]
) -> dict[int, list[EvidenceDocument]]:
    """Each once; what proves a linked criterion proves this one, too."""
    near = {one.pk: {one.pk, *(other.pk for other in like.get(one.pk, ()))} for one in criteria}
    wanted = {pk for pks in near.values() for pk in pks}
    rows = EvidenceLink.objects.visible_to(actor).filter(criterion__in=wanted).select_related("document__owner")
    by_criterion: dict[int, dict[int, EvidenceDocument]] = defaultdict(dict)
    for row in rows.order_by("document__title", "document_id"):
        by_criterion[row.criterion_id][row.document_id] = row.document
    return {
        pk: list({key: row for other in sorted(pks) for key, row in by_criterion[other].items()}.values())
        for pk, pks in near.items()
    }


def sign_of(actor: Actor, criterion: Criterion, gauge: str, today: date) -> Sign | None:
    found = living(actor, criterion.framework, [criterion], today).of(criterion)
    return next((sign for sign in found.signs if sign.gauge.key == gauge), None)


def confirmations(actor: Actor, criterion: Criterion, gauge: str) -> QuerySet[EvidenceConfirmation]:
    """Newest first; the last ten."""
    rows = EvidenceConfirmation.objects.visible_to(actor).filter(criterion=criterion, gauge=gauge)
    return rows.select_related("confirmed_by").order_by("-id")[:10]
