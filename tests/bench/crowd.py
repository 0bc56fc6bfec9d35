"""What the demo leaves out because nobody would read it: full calendars, hundreds of offered handovers, old files."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from lotse.casework.models import Appointment, Client, CounsellingCase, Handover, PairDecision
from lotse.casework.schedule import midnight, monday_of
from lotse.organisations.models import Person, Site
from lotse.portal.demo.tables import Table, analyse, count_on

OFFERED, DECIDED_SHARE = 200, 0.02  # handovers that are open at each site, and those decided long ago
A_WEEK, A_DAY, WEEKS = 40, 8, range(-2, 2)  # appointments of each counsellor
LINKED_EVERY = 100  # files of which one is linked with the next
OLD_SHARE = 0.05  # of all files: closed so long ago that they are to be erased
BEGUN, ENDED = date(2010, 1, 4), date(2012, 6, 29)
CHUNK = 5000


@transaction.atomic
def add_crowd() -> None:
    handovers = Table(
        Handover, "organisation_id", "client_id", "from_person_id", "to_person_id", "offered_by_id", "offered_on",
        "reason", "state", "decided_by_id", "decided_at",
    )  # fmt: skip
    appointments = Table(
        Appointment, "organisation_id", "client_id", "person_id", "site_id", "starts_at", "ends_at", "purpose", "room"
    )
    pairs = Table(PairDecision, "organisation_id", "first_id", "second_id", "kind", "decided_on", "by_label")
    for site in Site.objects.filter(pk__in=Client.objects.values("site_id")):
        _fill(handovers, _handovers(site))
        _fill(pairs, _pairs(site))
        for person in Person.objects.filter(pk__in=Client.objects.filter(site=site).values("responsible_id")):
            _fill(appointments, _calendar(site, person))
    count_on([handovers, appointments, pairs])
    _make_old()
    analyse()


def _fill(table: Table, rows: Iterator[tuple[Any, ...]]) -> None:
    for row in rows:
        table.add(*row)
    table.write()


def _handovers(site: Site) -> Iterator[tuple[Any, ...]]:
    """Of the newest files, to the next colleague."""
    files = list(Client.objects.filter(site=site).order_by("-id").values_list("id", "responsible_id"))
    people = sorted({giver for _file, giver in files})
    next_to = dict(zip(people, [*people[1:], people[0]], strict=True))
    today = timezone.localdate()
    for number, (file, giver) in enumerate(files[: OFFERED + int(len(files) * DECIDED_SHARE)]):
        taker, day = next_to[giver], f"{today - timedelta(days=number % 30)}"
        decided = ("offered", None, None) if number < OFFERED else ("accepted", taker, _stored(today))
        yield site.organisation_id, file, giver, taker, giver, day, "staff_change", *decided


def _pairs(site: Site) -> Iterator[tuple[Any, ...]]:
    files = list(Client.objects.filter(site=site).order_by("id").values_list("id", flat=True))
    for first, second in list(pairwise(files))[LINKED_EVERY // 2 :: LINKED_EVERY]:
        yield site.organisation_id, first, second, "linked", f"{timezone.localdate()}", "Helin Kunstname"


def _calendar(site: Site, person: Person) -> Iterator[tuple[Any, ...]]:
    """One an hour, from eight o'clock."""
    files = cycle(Client.objects.filter(responsible=person).values_list("id", flat=True))
    monday = monday_of(timezone.localdate())
    for week in WEEKS:
        for number in range(A_WEEK):
            day, hour = divmod(number, A_DAY)
            on = monday + timedelta(weeks=week, days=day)
            times = _stored(on, hours=8 + hour), _stored(on, hours=8 + hour, minutes=45)
            yield site.organisation_id, next(files), person.pk, site.pk, *times, "counselling", "Raum 1"


def _stored(day: date, **later: int) -> Any:
    return connection.ops.adapt_datetimefield_value(midnight(day) + timedelta(**later))


def _make_old() -> None:
    over = CounsellingCase.objects.exclude(ended_on=None).order_by("id").values_list("id", flat=True)
    wanted = int(Client.objects.count() * OLD_SHARE)
    some = list(over)[:: max(1, over.count() // wanted)]
    for start in range(0, len(some), CHUNK):
        _end_long_ago(CounsellingCase.objects.filter(pk__in=some[start : start + CHUNK]))


def _end_long_ago(cases: Any) -> None:
    evaluated = cases.filter(Q(evaluated_on__isnull=False))
    evaluated.update(first_contact_on=BEGUN, evaluated_on=ENDED, sustainability_checked_on=ENDED, ended_on=ENDED)
    cases.filter(evaluated_on=None).update(first_contact_on=BEGUN, ended_on=ENDED)
