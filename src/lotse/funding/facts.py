"""Money of grants in figures, in euro and by the rows behind them; only for who keeps it. Of organisations, so nothing is hidden."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Round
from django.template.defaultfilters import floatformat
from django.utils import timezone

from lotse.facts.defined import Counted, facts_of, seen
from lotse.facts.registry import Line, Measure, Period, Population, part_of, register
from lotse.funding.enums import EntryKind, PaymentKind
from lotse.funding.models import CallShare, LedgerEntry, Payment
from lotse.funding.queries.balance import BOOKED
from lotse.funding.queries.vacancies import posts_of, vacancy_days
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Post
from lotse.organisations.models.scope import in_branches
from lotse.programmes import facts as deadlines
from lotse.programmes.models import Grant

PROGRAMME = "ia"
NOWHERE = Value(0, output_field=IntegerField())
NEEDS = (Permission.KEEP_FUNDS,)
DOCUMENTS = ("application", "interim_proof", "final_proof", "need_report")
FILLED, PARTLY = "filled", "open"


def _cents(amount: Any) -> Cast:
    """Rounded: an engine that counts in binary fractions would lose one."""
    return Cast(Round(amount * 100), BigIntegerField())


def _euro(amount: Decimal) -> str:
    return f"{floatformat(amount, '2g')} €"


def _within(model: Any, day: str) -> Callable[[Actor, Period], QuerySet]:
    def countable(actor: Actor, period: Period) -> QuerySet:
        rows = model.objects.visible_to(actor).annotate(nowhere=NOWHERE)
        return rows.filter(**{f"{day}__gte": period.start, f"{day}__lte": period.end})

    return countable


def _population(key: str, countable: Any, line: Any, visible: Any, **more: Any) -> Population:
    return Population(
        f"funding.{key}", countable, visible, line, site="nowhere", programme="nowhere", holds_files=False, of_house=True,
        needs=NEEDS, **more,
    )  # fmt: skip


def _share_line(row: CallShare) -> Line:
    return Line(f"{row.call}: {_euro(row.amount)}", row.call.received_on or row.call.called_on, row.carrier.name)


def _payment_line(row: Payment) -> Line:
    return Line(f"{row.get_kind_display()}: {_euro(row.amount)}", row.paid_on, row.organisation.name)


def _entry_line(row: LedgerEntry) -> Line:
    amount = -row.amount if row.reverses_id else row.amount
    return Line(f"{row.reason}, {row.payee}: {_euro(amount)}", row.on, row.organisation.name)


def _fixed(name: str) -> Callable[[Period], Any]:
    return lambda _period: F(name)


def _has_come(_period: Period) -> Case:
    came = When(call__received_on__isnull=False, then=Value("received"))
    return Case(came, default=Value("waiting"), output_field=CharField())


def _money(column: Any) -> Measure:
    return Measure("Euro", _cents(column), of=100, is_money=True)


OF_CALL = ("call", "carrier")
SIGNED = Case(When(kind=PaymentKind.FORWARDING, then=F("amount")), default=-F("amount"))
CALLED = _population(
    "called",
    _within(CallShare, "call__called_on"),
    _share_line,
    seen(CallShare),
    related=OF_CALL,
    measure=_money(F("amount")),
)
RECEIVED = _population(
    "received", _within(CallShare, "call__received_on"), _share_line, seen(CallShare), related=OF_CALL,
    measure=_money(F("amount")),
)  # fmt: skip
FORWARDED = _population(
    "forwarded",
    _within(Payment, "paid_on"),
    _payment_line,
    seen(Payment),
    related=("organisation",),
    measure=_money(SIGNED),
)
BOOKED_ROWS = _population(
    "booked",
    _within(LedgerEntry, "on"),
    _entry_line,
    seen(LedgerEntry),
    related=("organisation",),
    measure=_money(BOOKED),
)
SPENT = part_of(BOOKED_ROWS, "funding.spent", lambda _period: Q(kind=EntryKind.EXPENSE))
IN_TIME = part_of(
    deadlines.COUNTED["internal"].population, "funding.in_time", lambda _period: Q(document__in=DOCUMENTS), needs=NEEDS
)


def _posts(actor: Actor, period: Period) -> QuerySet[Post]:
    """With the FTE-days, in hundredths, that nobody filled until today."""
    grants = Grant.objects.filter(first_year__lte=period.end.year, last_year__gte=period.start.year)
    rows = posts_of(grants).filter(in_branches(actor.funded_paths, "organisation"))
    days = vacancy_days(rows, grants, period.start, min(period.end, timezone.localdate()))
    whens = [When(pk=pk, then=Value(int(open_days * 100))) for pk, open_days in days.items() if open_days]
    vacant = Case(*whens, default=Value(0), output_field=IntegerField()) if whens else NOWHERE
    return rows.annotate(nowhere=NOWHERE, vacant=vacant)


def _post_seen(actor: Actor) -> Q:
    return in_branches(actor.funded_paths, "organisation")


def _post_line(row: Any) -> Line:
    open_days = floatformat(Decimal(row.vacant) / 100, "-2")
    return Line(f"{row.title}: {open_days} VZÄ-Tage", timezone.localdate(), row.organisation.name)


def _is_filled(_period: Period) -> Case:
    return Case(When(vacant=0, then=Value(FILLED)), default=Value(PARTLY), output_field=CharField())


POSTS = _population(
    "posts", _posts, _post_line, _post_seen, related=("organisation",), measure=Measure("VZÄ-Tage", F("vacant"), of=100)
)
COUNTED = {
    "called": Counted(CALLED, _has_come, {"received": "eingegangen", "waiting": "noch nicht eingegangen"}),
    "received": Counted(RECEIVED, _fixed("carrier__name"), str),
    "forwarded": Counted(FORWARDED, _fixed("kind"), {kind.value: kind.label for kind in PaymentKind}),
    "booked": Counted(BOOKED_ROWS, _fixed("kind"), {kind.value: kind.label for kind in EntryKind}),
    "spent": Counted(SPENT, _fixed("line__name"), str),
    "vacancies": Counted(POSTS, _is_filled, {FILLED: "durchgehend besetzt", PARTLY: "zeitweise oder teils unbesetzt"}),
    "in_time": Counted(IN_TIME, deadlines.COUNTED["internal"].cell, deadlines.RESULTS),
}


def register_facts() -> None:
    for found in facts_of("funding", COUNTED, sheet="funding", programme=PROGRAMME):
        register(found)
