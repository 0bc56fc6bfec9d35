"""Whatever the order of readings, confirmations and changes: what living evidence never does."""

from dataclasses import dataclass, field
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lotse.quality.actions import evidence as acts
from lotse.quality.actions import evidence_documents as papers
from lotse.quality.enums import Rating
from lotse.quality.gauges import Gauge, evidence
from lotse.quality.models import Criterion, EvidenceDocument, EvidenceLink, Judgement
from lotse.quality.quarters import quarters
from lotse.quality.queries.living import living
from tests.factories import quality as make
from tests.factories import quality_evidence as proofs
from tests.factories.rows import saved

SLUG, GAUGE = "mi-3-f", "minuted"
READ = some.tuples(
    some.just("read"), some.lists(some.sampled_from([None, 0, 79, 80, 100, 100]), min_size=5, max_size=5)
)
SEEN = [("read", [80, 80, 100, None, None]), ("confirm", None)]
BEGUN = [[], [("read", [100] * 5), ("confirm", None)], SEEN, [*SEEN, ("read", [80, 80, 100, 80, None])]]
STEPS = some.lists(
    READ
    | some.tuples(some.just("confirm"), some.none())
    | some.tuples(some.just("set_threshold"), some.sampled_from([0, 50, 80, 100]))
    | some.tuples(some.just("define"), some.sampled_from(["2026-11", "2027-01"]))
    | some.tuples(some.just("judge"), some.sampled_from([Rating.FULFILLED, Rating.PARTLY, Rating.NOT_FULFILLED]))
    | some.tuples(some.just("file"), some.none() | some.sampled_from([-30, -1, 0, 30]))
    | some.tuples(some.sampled_from(["unlink", "remove"]), some.none())
    | some.tuples(some.just("expire"), some.none() | some.sampled_from([-1, 0, 30])),
    min_size=1,
    max_size=9,
)
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _day(number):
    return None if number is None else proofs.days(number)


@dataclass
class House:
    """A carrier that does what it is told, and what a child would say of it afterwards."""

    world: object
    criterion: Criterion
    version: str = "2026-11"
    threshold: int = 80
    readings: list[int | None] = field(default_factory=lambda: [None] * 5)
    confirmed: tuple[int, str] | None = None  # which quarter, which definition
    ratings: dict[int, str] = field(default_factory=dict)
    expiry: dict[int, int | None] = field(default_factory=dict)  # of the documents beside the criterion

    @property
    def by(self):
        return self.world.carrier_manager.actor

    @property
    def proof(self):
        return living(self.by, self.criterion.framework, [self.criterion], proofs.today()).of(self.criterion)

    @property
    def sign(self):
        return next(one for one in self.proof.signs if one.gauge.key == GAUGE)

    @property
    def newest(self):
        """Which of the five quarters has the value that holds; the last one runs."""
        return next((at for at in reversed(range(5)) if self.readings[at] is not None), None)

    @property
    def is_fresh(self):
        if self.confirmed is None or self.newest is None or self.readings[self.newest] < self.threshold:
            return False
        quarter, version = self.confirmed
        is_over = quarter < self.newest < 4
        return version == self.version and not is_over

    def read(self, values):
        first = {quarter.begins_on: value for quarter, value in zip(quarters(proofs.today()), values, strict=True)}

        def numbers(wanted, _house, period):
            return dict.fromkeys(wanted, first[period.start])

        with patch.object(acts, "numbers", numbers):
            proofs.read(self.world)
        self.readings = list(values)

    def confirm(self, _nothing):
        """Refused where nothing speaks for it; the definition is the one that was read."""
        if self.sign.speaks:
            made = proofs.confirmed(self.world, SLUG, GAUGE)
            self.confirmed = (self.newest, made.version)

    def set_threshold(self, value):
        acts.set_threshold(
            by=self.by, organisation=self.world.nordstadt, gauge=evidence().gauges[GAUGE], threshold=value
        )
        self.threshold = value

    def define(self, version):
        self.version = version

    def judge(self, rating):
        row = Judgement.objects.get(criterion=self.criterion)
        make.judged(self.world, row, rating)
        self.ratings[row.pk] = rating

    def file(self, days):
        document = saved(
            EvidenceDocument, organisation=self.world.nordstadt, title="Beispiel", owner=self.world.counsellor.person,
            begins_on=proofs.days(-90), ends_on=proofs.days(-31), expires_on=_day(days),
        )  # fmt: skip
        papers.link_document(by=self.by, document=document, criterion=self.criterion)
        self.expiry[document.pk] = days

    def _first(self):
        return EvidenceDocument.objects.filter(pk__in=self.expiry).order_by("pk").first()

    def unlink(self, _nothing):
        if document := self._first():
            papers.unlink_document(by=self.by, link=EvidenceLink.objects.get(document=document))
            del self.expiry[document.pk]

    def remove(self, _nothing):
        if document := self._first():
            del self.expiry[document.pk]
            papers.remove_document(by=self.by, document=document)

    def expire(self, days):
        if document := self._first():
            papers.change_document(by=self.by, document=document, expires_on=_day(days))
            self.expiry[document.pk] = days


@pytest.fixture
def criterion(world):
    """Of the whole catalogue, with a self-assessment that has begun."""
    make.begun(world, make.awo(world))
    return Criterion.objects.select_related("framework__organisation").get(slug=SLUG)


@pytest.mark.rule("QM-12")
@pytest.mark.rule("QM-13")
@FEW
@given(begun=some.sampled_from(BEGUN), steps=STEPS)
def test_whatever_happens_in_whatever_order(world, criterion, begun, steps):
    house = House(world, criterion, ratings=dict(Judgement.objects.values_list("pk", "rating")))
    defined = property(lambda _gauge: house.version)
    with patch.object(Gauge, "version", defined), transaction.atomic():
        for verb, said in [*begun, *steps]:
            getattr(house, verb)(said)
            _no_rating_is_set_by_evidence(house)
            _confirmed_holds_as_long_as_what_was_seen(house)
            _only_what_lies_there_and_has_not_expired_proves(house)
        transaction.set_rollback(True)


def _no_rating_is_set_by_evidence(house):
    assert dict(Judgement.objects.values_list("pk", "rating")) == house.ratings


def _confirmed_holds_as_long_as_what_was_seen(house):
    """Not the number itself: its side of the threshold, its quarter and its definition."""
    assert house.sign.is_confirmed == house.is_fresh
    assert bool(house.sign.again) == (house.confirmed is not None and not house.is_fresh)


def _only_what_lies_there_and_has_not_expired_proves(house):
    proof = house.proof
    assert sorted(one.pk for one in proof.documents) == sorted(house.expiry)
    over = sum(days is not None and days < 0 for days in house.expiry.values())
    words = [word for word, _tone in proof.states if "Unterlage" in word]
    valid = len(house.expiry) - over
    expected = [(valid, "Unterlage", "Unterlagen"), (over, "Unterlage abgelaufen", "Unterlagen abgelaufen")]
    assert words == [f"{n} {one if n == 1 else more}" for n, one, more in expected if n]
