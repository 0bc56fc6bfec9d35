"""The figures that casework contributes. The only place where `countable_for` is called."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lotse.casework.enums import Outcome, PlanStatusValue, Tier
from lotse.casework.models import (
    Contact,
    ContactTopic,
    CounsellingCase,
    Enquiry,
    EnquiryTopic,
    GermanLevel,
    PlanStatus,
    SupportPlan,
)
from lotse.casework.models.client import full_years
from lotse.catalogues.loader import catalogue, label
from lotse.facts.registry import Compute, Counts, Fact, Period, Scope, register
from lotse.organisations.actor import Actor

SOURCE = "Klientenstatistik, eigene Definition (Domänenmodell §10.5)"
AGE_BANDS = (
    (27, "unter 27"),
    (35, "27 bis 34"),
    (45, "35 bis 44"),
    (55, "45 bis 54"),
    (65, "55 bis 64"),
    (999, "65 und älter"),
)
STAY_BANDS = ((12, "unter 1 Jahr"), (36, "1 bis 3 Jahre"), (9999, "über 3 Jahre"))


def _in_scope(rows: QuerySet, scope: Scope, prefix: str = "") -> QuerySet:
    if scope.site_id:
        rows = rows.filter(**{f"{prefix}site_id": scope.site_id})
    if scope.programme_id:
        rows = rows.filter(**{f"{prefix}programme_id": scope.programme_id})
    return rows


def _active(rows: QuerySet, period: Period, prefix: str = "") -> QuerySet:
    """Cases that were open on at least one day of the period."""
    still_open = Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": period.start})
    return rows.filter(still_open, **{f"{prefix}first_contact_on__lte": period.end})


def _cases(actor: Actor, scope: Scope, period: Period) -> QuerySet[CounsellingCase]:
    return _active(_in_scope(CounsellingCase.objects.countable_for(actor), scope), period).order_by()


def _may_see_all(actor: Actor, rows: QuerySet) -> bool:
    """Whether every counted row is one the actor may also read."""
    return not rows.exclude(pk__in=rows.model.objects.visible_to(actor).order_by().values("pk")).exists()


def _tally(rows: QuerySet, column: str, keys: Iterable[str] = ()) -> tuple[dict[str, int], int]:
    """Counts by the values of a column, and how many have none."""
    found = dict(rows.values_list(column).annotate(n=Count("pk", distinct=True)))
    missing = sum(found.pop(nothing, 0) for nothing in ("", None))
    return {**dict.fromkeys(keys, 0), **found}, missing


def _banded(pairs: Iterable[tuple[int | None, int]], bands: tuple[tuple[int, str], ...]) -> tuple[dict[str, int], int]:
    cells, missing = {name: 0 for _limit, name in bands}, 0
    for value, count in pairs:
        if value is None:
            missing += count
        else:
            cells[next(name for limit, name in bands if value < limit)] += count
    return cells, missing


def by_column(actor: Actor, scope: Scope, period: Period, *, column: str, keys: tuple[str, ...] = ()) -> Counts:
    rows = _cases(actor, scope, period)
    return Counts(*_tally(rows, column, keys), exact=_may_see_all(actor, rows))


def movement(actor: Actor, scope: Scope, period: Period) -> Counts:
    """New, continuing and ended cases of the period; each case once, and ended wins over new."""
    rows = _cases(actor, scope, period)
    ended, new = Q(ended_on__lte=period.end), Q(first_contact_on__gte=period.start)
    still = Q(ended_on=None) | Q(ended_on__gt=period.end)
    cells = rows.aggregate(
        new=Count("pk", filter=new & still),
        continuing=Count("pk", filter=~new & still),
        ended=Count("pk", filter=ended),
    )
    return Counts(cells, exact=_may_see_all(actor, rows))


def ages(actor: Actor, scope: Scope, period: Period) -> Counts:
    rows = _cases(actor, scope, period)
    births = rows.values_list("client__birth_date").annotate(n=Count("client_id", distinct=True))
    pairs = ((full_years(birth, period.key_date) if birth else None, n) for birth, n in births)
    return Counts(*_banded(pairs, AGE_BANDS), exact=_may_see_all(actor, rows))


def stays(actor: Actor, scope: Scope, period: Period) -> Counts:
    rows = _cases(actor, scope, period)
    entries = rows.values_list("client__entered_germany_on").annotate(n=Count("client_id", distinct=True))
    pairs = ((_months(entry, period.key_date), n) for entry, n in entries)
    return Counts(*_banded(pairs, STAY_BANDS), exact=_may_see_all(actor, rows))


def _months(start: date | None, day: date) -> int | None:
    if start is None or start > day:
        return None
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def levels(actor: Actor, scope: Scope, period: Period, *, newest: bool) -> Counts:
    """Level of German of the people in the cases: the first one recorded, or the last one up to the key date."""
    rows = _cases(actor, scope, period)
    order = ("-assessed_on", "-id") if newest else ("assessed_on", "id")
    series = GermanLevel.objects.filter(client_id=OuterRef("client_id"), assessed_on__lte=period.key_date).order_by(
        *order
    )
    with_level = rows.annotate(level=Subquery(series.values("level")[:1]))
    return Counts(*_tally(with_level, "level", catalogue("german_level").entries), exact=_may_see_all(actor, rows))


def plan_status(actor: Actor, scope: Scope, period: Period) -> Counts:
    """Latest entry of the dated series up to the key date (CL-20)."""
    plans = SupportPlan.objects.countable_for(actor).filter(drafted_on__lte=period.key_date)
    plans = _active(_in_scope(plans, scope, "case__"), period, "case__").order_by()
    series = PlanStatus.objects.filter(plan_id=OuterRef("pk"), key_date__lte=period.key_date).order_by(
        "-key_date", "-id"
    )
    rows = plans.annotate(value=Subquery(series.values("value")[:1]))
    return Counts(*_tally(rows, "value", PlanStatusValue.values), exact=_may_see_all(actor, plans))


def _contacts(actor: Actor, scope: Scope, period: Period) -> QuerySet[Contact]:
    rows = Contact.objects.countable_for(actor).filter(on__gte=period.start, on__lte=period.end)
    return _in_scope(rows, scope, "case__").order_by()


def contact_channels(actor: Actor, scope: Scope, period: Period) -> Counts:
    rows = _contacts(actor, scope, period)
    return Counts(*_tally(rows, "channel"), exact=_may_see_all(actor, rows))


def contact_topics(actor: Actor, scope: Scope, period: Period) -> Counts:
    rows = _contacts(actor, scope, period)
    topics = ContactTopic.objects.filter(contact__in=rows.values("pk")).order_by()
    return Counts(*_tally(topics, "topic"), exact=_may_see_all(actor, rows))


def _enquiries(actor: Actor, scope: Scope, period: Period) -> QuerySet[Enquiry]:
    rows = Enquiry.objects.countable_for(actor).filter(on__gte=period.start, on__lte=period.end)
    return _in_scope(rows, scope).order_by()


def enquiries_by(actor: Actor, scope: Scope, period: Period, *, column: str) -> Counts:
    rows = _enquiries(actor, scope, period)
    return Counts(*_tally(rows, column), exact=_may_see_all(actor, rows))


def enquiry_topics(actor: Actor, scope: Scope, period: Period) -> Counts:
    rows = _enquiries(actor, scope, period)
    topics = EnquiryTopic.objects.filter(enquiry__in=rows.values("pk")).order_by()
    return Counts(*_tally(topics, "topic"), exact=_may_see_all(actor, rows))


def _words(name: str) -> Callable[[str], str]:
    return partial(label, name)


MOVEMENT = {"new": "neu", "continuing": "fortgeführt", "ended": "beendet"}


IN_PERIOD = "Fälle, die im Zeitraum an mindestens einem Tag offen waren."
SEVERAL = "Ein Eintrag kann mehrere Themen haben."
ANONYMOUS = "Anonyme Anfragen im Zeitraum."


def _case_fact(
    key: str,
    title: str,
    compute: Compute,
    words: Callable[[str], str] = str,
    definition: str = IN_PERIOD,
    unit: str = "Fälle",
) -> Fact:
    return Fact(key=key, title=title, unit=unit, definition=definition, source=SOURCE, compute=compute, words=words)


TIERS = tuple(Tier.values[1:])
FACTS = (
    _case_fact("cases.movement", "Fälle", movement, MOVEMENT.__getitem__, IN_PERIOD + " Wer endete, zählt als beendet."),
    _case_fact("cases.tier", "Art der Beratung", partial(by_column, column="tier", keys=TIERS), lambda key: Tier(key).label),
    _case_fact("cases.site", "Beratungsstellen", partial(by_column, column="site__name")),
    _case_fact("cases.gender", "Geschlecht", partial(by_column, column="client__gender"), _words("gender")),
    _case_fact("cases.age", "Alter zum Stichtag", ages, str, "Volle Jahre am letzten Tag des Zeitraums.", "Personen"),
    _case_fact("cases.stay", "Aufenthaltsdauer zum Stichtag", stays, str, "Volle Monate seit der Einreise (D-06).", "Personen"),
    _case_fact("cases.level_first", "Deutsch zu Beginn", partial(levels, newest=False), _words("german_level"), "Erstes Niveau."),
    _case_fact("cases.level_last", "Deutsch zuletzt", partial(levels, newest=True), _words("german_level"), "Letztes Niveau bis zum Stichtag."),
    _case_fact("plans.status", "Stand der Pläne zum Stichtag", plan_status, lambda key: PlanStatusValue(key).label, "Letzter Eintrag bis zum Stichtag (CL-20).", "Pläne"),
    _case_fact("contacts.channel", "Kontakte nach Kontaktweg", contact_channels, _words("contact_channel"), "Kontakte im Zeitraum.", "Kontakte"),
    _case_fact("contacts.topic", "Themen der Kontakte", contact_topics, _words("counselling_topic"), SEVERAL, "Nennungen"),
    _case_fact("enquiries.outcome", "Einmalige Anfragen", partial(enquiries_by, column="outcome"), lambda key: Outcome(key).label, ANONYMOUS, "Anfragen"),
    _case_fact("enquiries.channel", "Anfragen nach Kontaktweg", partial(enquiries_by, column="channel"), _words("contact_channel"), ANONYMOUS, "Anfragen"),
    _case_fact("enquiries.topic", "Themen der Anfragen", enquiry_topics, _words("counselling_topic"), SEVERAL, "Nennungen"),
)  # fmt: skip


def register_facts() -> None:
    for fact in FACTS:
        register(fact)
