"""What is owed, as far as the actor may see it: one, a list by stand, year and agency, and a year by months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lotse.auditlog.models import Event
from lotse.auditlog.queries import acts_on
from lotse.core.finding import found
from lotse.core.typed import whole
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import Obligation
from lotse.programmes.models.deadlines import TO_HAND_IN

NOW, LATE, TO_CHECK, OPEN, ALL = "", "spaet", "pruefen", "offen", "alle"
STANDS = ((NOW, "Jetzt"), (LATE, "Überfällig"), (TO_CHECK, "Eingereicht"), (OPEN, "Alle offenen"), (ALL, "Alle"))
SOON = timedelta(weeks=8)

COLUMNS = {"jahr": "internal_due__year", "agentur": "bearer__public_id", "was": "document", "zu": "funding_year"}


def owed(bearer: Organisation, document: str, funding_year: int) -> Obligation | None:
    """For actions that know a document and not its deadline."""
    rows = Obligation.objects.select_related("bearer", "rule")
    return rows.filter(bearer=bearer, document=document, funding_year=funding_year).first()


def obligations(actor: Actor) -> QuerySet[Obligation]:
    return Obligation.objects.visible_to(actor).select_related("bearer", "rule")


def get_obligation(actor: Actor, public_id: str) -> Obligation:
    return found(obligations(actor).select_related("organisation", "rule__grant"), public_id)


def history_of(obligation: Obligation) -> QuerySet[Event]:
    return acts_on(obligation.public_id)


def is_late(today: date) -> Q:
    """Not handed in after its day, or not at the authority after that one."""
    inside = Q(state__in=TO_HAND_IN, internal_due__lt=today)
    return inside | Q(pk__in=Obligation.objects.open().filter(external_due__lt=today).values("pk"))


def is_near(today: date) -> Q:
    """Due within weeks, late, or with the coordination."""
    return Q(internal_due__lte=today + SOON) | ~Q(state__in=TO_HAND_IN)


@dataclass(frozen=True)
class Asked:
    """What the list is to show. Nonsense in the address means what is to be done now."""

    stand: str = NOW
    year: int | None = None
    bearer: str = ""
    document: str = ""
    funding_year: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        stand, known = query.get("stand", ""), {key for key, _label in STANDS}
        return cls(
            stand if stand in known else NOW, whole(query.get("jahr", ""), digits=4), query.get("agentur", "")[:16],
            query.get("was", "")[:40], whole(query.get("zu", ""), digits=4),
        )  # fmt: skip

    @property
    def narrowing(self) -> dict[str, Any]:
        """Beside the stand, under their names in the address."""
        given = {"jahr": self.year, "agentur": self.bearer, "was": self.document, "zu": self.funding_year}
        return {name: value for name, value in given.items() if value}

    @property
    def rest(self) -> str:
        return "".join(f"&{urlencode({name: value})}" for name, value in self.narrowing.items())

    def narrow(self, rows: QuerySet[Obligation], today: date) -> QuerySet[Obligation]:
        rows = rows.filter(**{COLUMNS[name]: value for name, value in self.narrowing.items()})
        if self.stand == ALL:
            return rows
        if self.stand == TO_CHECK:
            return rows.filter(state=ObligationState.SUBMITTED_INTERNAL)
        still = rows.filter(pk__in=Obligation.objects.open().values("pk"))
        if self.stand == OPEN:
            return still
        return still.filter(is_late(today) if self.stand == LATE else is_near(today))


def bearers(actor: Actor) -> QuerySet[Organisation]:
    """Who owes anything that she sees, by name."""
    rows = Obligation.objects.visible_to(actor).filter(bearer=OuterRef("pk"))
    return Organisation.objects.filter(Exists(rows.order_by())).order_by("name", "id")


@dataclass(frozen=True)
class DayLine:
    """Everything of one kind that is due on one day."""

    day: date
    name: str
    funding_year: int
    is_external: bool
    total: int
    still: int
    document: str

    @property
    def words(self) -> str:
        if self.total == 1:
            return "offen"
        return f"{self.still} von {self.total} offen"


def year_of(actor: Actor, year: int) -> list[tuple[date, list[DayLine]]]:
    """Twelve months; one statement for the days inside and one for those outside, however many owe."""
    months: dict[date, list[DayLine]] = {date(year, month, 1): [] for month in range(1, 13)}
    lines = [*_days(actor, year, "internal_due"), *_days(actor, year, "external_due")]
    for line in sorted(lines, key=lambda line: (line.day, line.name, line.is_external)):
        months[line.day.replace(day=1)].append(line)
    return list(months.items())


def _days(actor: Actor, year: int, column: str) -> Iterable[DayLine]:
    is_external = column == "external_due"
    rows = Obligation.objects.visible_to(actor).filter(**{f"{column}__year": year})
    rows = rows.exclude(state=ObligationState.DROPPED)
    still = Q(sent_on=None) if is_external else Q(submitted_on=None)
    grouped = rows.order_by().values("rule__name", "document", "funding_year", column)
    counted: Any = grouped.annotate(total=Count("pk"), still=Count("pk", filter=still))
    for row in counted:
        yield DayLine(
            row[column],
            row["rule__name"],
            row["funding_year"],
            is_external,
            row["total"],
            row["still"],
            row["document"],
        )
