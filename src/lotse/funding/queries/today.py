"""What money asks of somebody today, for *Heute*: of each kind one line, all in one statement."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, DateField, DecimalField, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from lotse.core.bundles import Bundle, Kind
from lotse.core.lines import Line
from lotse.core.work import WorkItem
from lotse.funding import rules
from lotse.funding.enums import ApplicationState, EntryKind, PartState, PaymentKind, SubsidyState
from lotse.funding.enums_staff import ProcessCode
from lotse.funding.models import (
    Application,
    CallShare,
    CarrierPart,
    ContractAmendment,
    ForwardingContract,
    LedgerEntry,
    Payment,
    Subsidy,
)
from lotse.funding.models.subsidies import AWARDED
from lotse.funding.queries.balance import BOOKED
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.waiting import contact_to_send, of_her_house, to_confirm, to_pass_on, without_consent
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches

LIES_FOR = timedelta(days=7)
AHEAD = timedelta(weeks=2)
PROOF_AHEAD = timedelta(weeks=4)
ANSWER_AFTER = timedelta(weeks=4)
COLLECTING = (ApplicationState.COLLECTING, ApplicationState.CORRECTION)
EURO = DecimalField(max_digits=14, decimal_places=2)
SPENT = Case(When(kind=EntryKind.EXPENSE, then=BOOKED), default=-BOOKED, output_field=EURO)
FORWARDED = Case(When(kind=PaymentKind.FORWARDING, then=F("amount")), default=-F("amount"), output_field=EURO)


class _DaysLater(Func):
    """A day and a column of days; neither engine's own way to write it is understood by the other."""

    template, arg_joiner = "(%(expressions)s)", " + "
    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        days = {"template": "date(%(expressions)s || ' days')", "arg_joiner": ", '+' || "}
        return self.as_sql(compiler, connection, **{**context, **days})


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    """One statement however much there is; none for who keeps no funds. Deadlines have lines of their own (programmes)."""
    return BUNDLE.items(actor, today) if rules.enters(actor) else []


def parts_to_fill(actor: Actor, _today: date) -> QuerySet[CarrierPart]:
    open_ones = CarrierPart.objects.filter(of_her_house(actor), application__state__in=COLLECTING)
    return open_ones.exclude(state=PartState.HANDED_IN)


def to_submit(actor: Actor, _today: date) -> QuerySet[Application]:
    """All carriers have handed in."""
    rows = Application.objects.filter(in_branches(actor.funded_paths, "grant__organisation"), state__in=COLLECTING)
    missing = CarrierPart.objects.exclude(state=PartState.HANDED_IN).order_by().values("application")
    return rows.filter(parts__isnull=False).exclude(pk__in=missing).distinct()


def to_sign(actor: Actor, _today: date) -> QuerySet[ForwardingContract]:
    return ForwardingContract.objects.filter(_unsigned(actor, "grant__organisation"))


def amendments_to_sign(actor: Actor, _today: date) -> QuerySet[ContractAmendment]:
    return ContractAmendment.objects.filter(_unsigned(actor, "contract__grant__organisation"))


def _unsigned(actor: Actor, receiver: str) -> Q:
    """The carrier first, then the receiver of the grant."""
    hers = Q(of_her_house(actor), carrier_signed_on=None)
    return hers | Q(in_branches(actor.funded_paths, receiver), carrier_signed_on__isnull=False, district_signed_on=None)


def to_forward(actor: Actor, today: date) -> QuerySet[CallShare]:
    """Came a week ago or earlier: what came until then is more than what was forwarded."""
    rows = CallShare.objects.filter(in_branches(actor.funded_paths, "call__grant__organisation"))
    old = rows.filter(call__received_on__lte=today - LIES_FOR).exclude(carrier=F("call__grant__organisation"))
    paid = Payment.objects.filter(contract__grant=OuterRef("call__grant"), **_of_carrier_and_year())
    return old.annotate(came=_come_until(), gone=_summed(paid, FORWARDED)).filter(came__gt=F("gone"))


def to_spend(actor: Actor, today: date) -> QuerySet[CallShare]:
    """Its day is near or over, and the carrier has spent less of the grant than came until then."""
    last = _DaysLater(F("call__received_on"), F("call__grant__spend_within_days"))
    hers = in_branches(actor.funded_paths, "call__grant__organisation") | of_her_house(actor, "carrier")
    rows = CallShare.objects.filter(hers, call__received_on__isnull=False).annotate(last_day=last)
    booked = LedgerEntry.objects.filter(grant=OuterRef("call__grant"), **_of_carrier_and_year())
    rows = rows.annotate(came=_come_until(), gone=_summed(booked, SPENT))
    return rows.filter(last_day__lte=today + AHEAD, came__gt=F("gone"))


def _of_carrier_and_year() -> dict[str, OuterRef]:
    return {"organisation": OuterRef("carrier"), "funding_year": OuterRef("call__funding_year")}


def _come_until() -> Coalesce:
    """For the same carrier and year, until the day on which this share came: what is older goes first."""
    shares = CallShare.objects.filter(
        carrier=OuterRef("carrier"), call__grant=OuterRef("call__grant"),
        call__funding_year=OuterRef("call__funding_year"), call__received_on__lte=OuterRef("call__received_on"),
    )  # fmt: skip
    return _summed(shares, F("amount"))


def _summed(rows: QuerySet, amount: F | Case) -> Coalesce:
    total = rows.order_by().annotate(of=Value(1)).values("of").annotate(total=EuroSum(amount)).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=EURO)


def unanswered(actor: Actor, today: date) -> QuerySet[Subsidy]:
    return Subsidy.objects.filter(of_her_house(actor), state=SubsidyState.SENT, sent_on__lte=today - ANSWER_AFTER)


def to_prove(actor: Actor, today: date) -> QuerySet[Subsidy]:
    near = Subsidy.objects.filter(of_her_house(actor), state__in=AWARDED, proof_due_on__lte=today + PROOF_AHEAD)
    return near.filter(proof_sent_on=None)


def _page(name: str) -> Callable[[list[Line]], str]:
    """Of the row itself."""
    return lambda lines: reverse(f"funding:{name}", args=[lines[0].ref])


def _of_grant(name: str) -> Callable[[list[Line]], str]:
    """Where the grant is chosen in the address."""
    return lambda lines: f"{reverse(f'funding:{name}')}?zuwendung={lines[0].ref}"


def _round(lines: list[Line]) -> str:
    return f"{reverse('funding:new_round', args=[lines[0].ref])}?jahr={lines[0].number}"


def _accounts(_lines: list[Line]) -> str:
    return reverse("funding:accounts")


def _subsidy(stand: str) -> Callable[[list[Line]], str]:
    def url(lines: list[Line]) -> str:
        if len(lines) == 1:
            return reverse("funding:subsidy", args=[lines[0].ref])
        return f"{reverse('funding:subsidies')}{stand}"

    return url


BEGUN = Cast(F("created_at"), DateField())
OF_PART = {"words": F("application__grant__name"), "day": Cast(F("application__created_at"), DateField())}
OF_GRANT = {"ref": F("grant__public_id"), "words": F("grant__name"), "day": BEGUN}
OF_CONTRACT = {"words": F("grant__name"), "about": F("organisation__name"), "day": BEGUN}
OF_AMENDMENT = {
    "ref": F("contract__public_id"), "words": F("contract__grant__name"), "about": F("organisation__name"), "day": BEGUN,
}  # fmt: skip
OF_CALL = {"ref": F("call__grant__public_id"), "words": F("call__grant__name"), "about": F("carrier__name")}
OF_PROCESS = {"ref": F("change__public_id"), "words": F("code"), "about": F("organisation__name")}
OF_SUBSIDY = {"words": F("subject"), "about": F("addressee")}
PROCESSES = {str(code): str(label) for code, label in ProcessCode.choices}
KINDS = {
    "part": Kind(
        parts_to_fill, OF_PART, _page("carrier_part"),
        ("Teil des Antrags", "{words}"), ("{count} Teile von Anträgen", "zuerst {words}"), "ausfüllen",
    ),
    "submit": Kind(
        to_submit, OF_GRANT, _of_grant("application"),
        ("Gesamtantrag", "{words}: Alle Teile sind da."), ("{count} Gesamtanträge", "zuerst {words}"), "stellen",
    ),
    "sign": Kind(
        to_sign, OF_CONTRACT, _page("contract"),
        ("Weiterleitungsvertrag", "{about}, {words}"),
        ("{count} Weiterleitungsverträge", "zuerst {about}, {words}"), "unterschreiben",
    ),
    "amend": Kind(
        amendments_to_sign, OF_AMENDMENT, _page("contract"),
        ("Nachtrag zum Vertrag", "{about}, {words}"), ("{count} Nachträge zu Verträgen", "zuerst {about}, {words}"),
        "unterschreiben",
    ),
    "forward": Kind(
        to_forward, {**OF_CALL, "day": F("call__received_on"), "number": F("call__funding_year")}, _round,
        ("Mittel weiterleiten", "{about}, eingegangen am {day}"),
        ("{count} × Mittel weiterleiten", "zuerst {about}, eingegangen am {day}"), "liegt noch",
    ),
    "spend": Kind(
        to_spend, {**OF_CALL, "day": F("last_day")}, _of_grant("calls"),
        ("Abgerufene Mittel", "{about}, zu verwenden bis {day}"),
        ("{count} × abgerufene Mittel", "zuerst {about}, zu verwenden bis {day}"), "noch nicht verwendet",
    ),
    "account": Kind(
        to_confirm, {"about": F("organisation__name"), "day": BEGUN}, _accounts,
        ("Bankverbindung", "{about}, eingetragen am {day}"),
        ("{count} Bankverbindungen", "zuerst {about}, eingetragen am {day}"), "bestätigen",
    ),
    "pass_on": Kind(
        to_pass_on, {**OF_PROCESS, "day": F("change__reported_on")}, _page("staff_change"),
        ("Änderung einer Stelle", "{about}: {words}"),
        ("{count} Änderungen von Stellen", "zuerst {about}: {words}"), "an die Behörde", PROCESSES,
    ),
    "consent": Kind(
        without_consent, {**OF_PROCESS, "day": F("effective_from")}, _page("staff_change"),
        ("Zustimmung der Behörde", "{about}: {words}, nötig vor dem {day}"),
        ("{count} Zustimmungen der Behörde", "zuerst {about}: {words}, nötig vor dem {day}"), "fehlt", PROCESSES,
    ),
    "contact": Kind(
        contact_to_send, {"about": F("agency__name"), "day": F("newcomer_from")}, _page("staff_change"),
        ("Kontaktdaten einer neuen Person", "{about}, dort seit {day}"),
        ("Kontaktdaten von {count} neuen Personen", "zuerst {about}, dort seit {day}"), "fehlen beim Bezirk",
    ),
    "decision": Kind(
        unanswered, {**OF_SUBSIDY, "day": F("sent_on")}, _subsidy("?stand=sent"),
        ("Zuschuss: {words}", "{about}, gestellt am {day}"),
        ("{count} Zuschüsse", "zuerst {about}, gestellt am {day}"), "ohne Antwort",
    ),
    "proof": Kind(
        to_prove, {**OF_SUBSIDY, "day": F("proof_due_on")}, _subsidy(""),
        ("Verwendungsnachweis: {words}", "{about}, bis {day}"),
        ("{count} Verwendungsnachweise für Zuschüsse", "zuerst {about}, bis {day}"), "fällig",
    ),
}  # fmt: skip
BUNDLE = Bundle(KINDS)
