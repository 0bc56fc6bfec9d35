"""The figures that casework contributes. The only place where `countable_for` and `countable` are called."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.timezone import localdate

from lotse.casework.enums import CaseState, Outcome, PlanStatusValue, ReferralState, Relation, Tier
from lotse.casework.models import (
    Appointment,
    Client,
    Contact,
    ContactTopic,
    CounsellingCase,
    Enquiry,
    EnquiryTopic,
    GermanLevel,
    HouseholdMember,
    PlanStatus,
    Referral,
    SupportPlan,
)
from lotse.casework.models.scope import countable
from lotse.casework.open_files import in_open_file, own_enquiry
from lotse.casework.schedule import midnight
from lotse.catalogues.loader import UnknownEntry, catalogue
from lotse.catalogues.own_lists import lists_at_desk
from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

SOURCE = "Klientenstatistik, eigene Definition"
# Key, words, and the years below which one belongs to the band; the last band has no end.
AGES = (
    ("under_27", "unter 27", 27),
    ("27_to_34", "27 bis 34", 35),
    ("35_to_44", "35 bis 44", 45),
    ("45_to_54", "45 bis 54", 55),
    ("55_to_64", "55 bis 64", 65),
    ("from_65", "65 und älter", None),
)
STAYS = (
    ("under_1", "unter 1 Jahr", 1),
    ("1_to_2", "1 bis 2 Jahre", 3),
    ("from_3", "3 Jahre und länger", None),
)
Bands = tuple[tuple[str, str, int | None], ...]
MOVEMENT = {"new": "neu", "continuing": "fortgeführt", "ended": "beendet"}
TIERS = tuple(Tier.values[1:])


# --- which rows --------------------------------------------------------------------------------------------------
def _active(rows: QuerySet, period: Period, prefix: str = "") -> QuerySet:
    """Cases that were open on at least one day of the period."""
    still_open = Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": period.start})
    return rows.filter(still_open, **{f"{prefix}first_contact_on__lte": period.end})


def _cases(actor: Actor, period: Period) -> QuerySet[CounsellingCase]:
    return _active(CounsellingCase.objects.countable_for(actor), period)


def open_cases(actor: Actor, site_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """How many cases are open today, by responsible person and site; only for who may count (casework/capacity.py)."""
    cases = CounsellingCase.objects.countable_for(actor).open().filter(site_id__in=site_ids)
    rows = cases.order_by().values_list("responsible_id", "site_id")
    return {(person, site): number for person, site, number in rows.annotate(number=Count("pk"))}


def of_plans(actor: Actor, period: Period, rows: QuerySet, plan: str = "") -> QuerySet:
    """Rows of plans that count in the period; `plan` is the path to the plan."""
    drafted = rows.filter(countable(actor, plan), **{f"{plan}drafted_on__lte": period.key_date})
    return _active(drafted.exclude(**{f"{plan}case__state": CaseState.MERGED}), period, f"{plan}case__")


def _plans(actor: Actor, period: Period) -> QuerySet[SupportPlan]:
    return of_plans(actor, period, SupportPlan.objects.all())


def cases_beside(period: Period, **more: Any) -> QuerySet[CounsellingCase]:
    """For a subquery: the cases of the same person that count in the period."""
    cases = CounsellingCase.objects.filter(client_id=OuterRef("client_id"), **more).exclude(state=CaseState.MERGED)
    return _active(cases, period)


def _relatives(actor: Actor, period: Period) -> QuerySet[HouseholdMember]:
    return of_people(HouseholdMember, actor, cases_beside(period)).filter(is_co_advised=True, own_file=None)


def of_people(model: Any, actor: Actor, cases: QuerySet) -> QuerySet:
    """Each row once, however many cases the person has: from the first that was open in the period to the last one."""
    first, last = cases.order_by("first_contact_on", "id"), cases.order_by(F("ended_on").desc(nulls_first=True), "id")
    rows = model.objects.countable_for(actor).annotate(
        at=Subquery(first.values("site_id")[:1]),
        programme=Subquery(first.values("programme_id")[:1]),
        advised_from=Subquery(first.values("first_contact_on")[:1]),
        advised_until=Subquery(last.values("ended_on")[:1]),
    )
    return rows.filter(Exists(cases))


def _contacts(actor: Actor, period: Period) -> QuerySet[Contact]:
    return Contact.objects.countable_for(actor).filter(on__gte=period.start, on__lte=period.end)


def _contact_topics(actor: Actor, period: Period) -> QuerySet[ContactTopic]:
    return ContactTopic.objects.filter(countable(actor, "contact__"), contact__on__range=(period.start, period.end))


def _enquiries(actor: Actor, period: Period) -> QuerySet[Enquiry]:
    return Enquiry.objects.countable_for(actor).filter(on__gte=period.start, on__lte=period.end)


def _enquiry_topics(actor: Actor, period: Period) -> QuerySet[EnquiryTopic]:
    return EnquiryTopic.objects.filter(countable(actor, "enquiry__"), enquiry__on__range=(period.start, period.end))


def _referrals(actor: Actor, period: Period) -> QuerySet[Referral]:
    """Those that left the house in the period; a draft is none."""
    begin, end = midnight(period.start), midnight(period.end + timedelta(days=1))
    return Referral.objects.countable_for(actor).filter(sent_at__gte=begin, sent_at__lt=end)


def with_interpreter(actor: Actor, period: Period) -> QuerySet[Appointment]:
    """What took place or was paid. Of the programme of the last case that had begun by then, in whole months as in what
    is left of an erased file."""
    begin, end = midnight(period.start), midnight(period.end + timedelta(days=1))
    rows = Appointment.objects.countable_for(actor).filter(starts_at__gte=begin, starts_at__lt=end)
    cases = CounsellingCase.objects.filter(client_id=OuterRef("client_id")).exclude(state=CaseState.MERGED)
    begun = cases.annotate(month=_months("first_contact_on")).filter(month__lte=OuterRef("month"))
    programme = Subquery(begun.order_by("-month", "-id").values("programme_id")[:1])
    counted = Coalesce(programme, 0, output_field=IntegerField())
    return rows.interpreted().annotate(month=_months("starts_at")).annotate(programme=counted)


def _months(path: str) -> CombinedExpression:
    return ExtractYear(path) * 12 + ExtractMonth(path)


def of_files(model: Any, actor: Actor) -> QuerySet:
    """What hangs at files and belongs to no programme."""
    return model.objects.countable_for(actor).annotate(no_programme=Value(0, output_field=IntegerField()))


# --- what neighbouring periods differ by ---------------------------------------------------------------------------
def _began(period: Period) -> Q:
    return Q(first_contact_on__gte=period.start)


def _ended(period: Period, *, prefix: str = "") -> Q:
    return Q(**{f"{prefix}ended_on__lte": period.end})


def _began_with(period: Period) -> Q:
    return Q(advised_from__gte=period.start)


def _ended_with(period: Period) -> Q:
    return Q(advised_until__lte=period.end)


def _drafted(period: Period) -> Q:
    return Q(drafted_on__gte=period.start)


# --- how a row is listed ------------------------------------------------------------------------------------------
def file_line(client: Client, on: date, place: str) -> Line:
    if client.erased_month:
        return Line("gelöschte Akte", on, place)
    return Line(str(client), on, place, reverse("casework:overview", args=[client.public_id]))


def _enquiry(enquiry: Enquiry) -> Line:
    return Line("Einmalige Anfrage", enquiry.on, enquiry.site.name)


CASES = Population(
    "cases",
    _cases,
    in_open_file,
    lambda case: file_line(case.client, case.first_contact_on, case.site.name),
    related=("client", "site"),
    arrived=_began,
    left=_ended,
)
PLANS = Population(
    "plans",
    _plans,
    in_open_file,
    lambda plan: file_line(plan.client, plan.drafted_on, plan.case.site.name),
    site="case__site_id",
    programme="case__programme_id",
    related=("client", "case__site"),
    arrived=_drafted,
    left=partial(_ended, prefix="case__"),
)
RELATIVES = Population(
    "relatives",
    _relatives,
    in_open_file,
    lambda member: file_line(member.client, member.advised_from, member.client.site.name),
    site="at",
    programme="programme",
    related=("client__site",),
    arrived=_began_with,
    left=_ended_with,
)
CONTACTS = Population(
    "contacts",
    _contacts,
    in_open_file,
    lambda contact: file_line(contact.client, contact.on, contact.case.site.name),
    site="case__site_id",
    programme="case__programme_id",
    related=("client", "case__site"),
)
CONTACT_TOPICS = Population(
    "contact_topics",
    _contact_topics,
    partial(in_open_file, client="contact__client"),
    lambda row: file_line(row.contact.client, row.contact.on, row.contact.case.site.name),
    site="contact__case__site_id",
    programme="contact__case__programme_id",
    related=("contact__client", "contact__case__site"),
)
REFERRALS = Population(
    "referrals",
    _referrals,
    in_open_file,
    lambda referral: file_line(referral.client, localdate(referral.sent_at), referral.case.site.name),
    site="case__site_id",
    programme="case__programme_id",
    related=("client", "case__site"),
)
ENQUIRIES = Population(
    "enquiries", _enquiries, own_enquiry, _enquiry, related=("site",), holds_files=False,
    own_needs=Permission.RECORD_ENQUIRY,
)  # fmt: skip
ENQUIRY_TOPICS = Population(
    "enquiry_topics",
    _enquiry_topics,
    partial(own_enquiry, enquiry="enquiry"),
    lambda row: _enquiry(row.enquiry),
    site="enquiry__site_id",
    programme="enquiry__programme_id",
    related=("enquiry__site",),
    holds_files=False,
    own_needs=Permission.RECORD_ENQUIRY,
)


# --- into which cell -----------------------------------------------------------------------------------------------
def _choice(*cases: When, default: str) -> Case:
    return Case(*cases, default=Value(default), output_field=CharField())


def movement(period: Period) -> Case:
    """New, continuing or ended in the period; each case once, and ended wins over new."""
    return _choice(
        When(ended_on__lte=period.end, then=Value("ended")),
        When(first_contact_on__gte=period.start, then=Value("new")),
        default="continuing",
    )


def banded(period: Period, *, path: str, bands: Bands) -> Case:
    """Full years since a day, at the key date; a day that is unknown or still to come is not recorded."""
    unknown = (When(Q(**{path: None}) | Q(**{f"{path}__gt": period.key_date}), then=Value("")),)
    younger = (
        When(**{f"{path}__gt": years_before(period.key_date, years)}, then=Value(key))
        for key, _words, years in bands
        if years
    )
    return _choice(*unknown, *younger, default=bands[-1][0])


def years_before(day: date, years: int) -> date:
    """Whoever began after this day has fewer full years; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def level(period: Period, *, newest: bool) -> Subquery:
    """Level of German of the person: the first one recorded, or the last one up to the key date."""
    order = ("-assessed_on", "-id") if newest else ("assessed_on", "id")
    series = GermanLevel.objects.filter(client_id=OuterRef("client_id"), assessed_on__lte=period.key_date)
    return Subquery(series.order_by(*order).values("level")[:1])


def plan_status(period: Period) -> Subquery:
    """Latest entry of the dated series up to the key date (CL-20)."""
    series = PlanStatus.objects.filter(plan_id=OuterRef("pk"), key_date__lte=period.key_date)
    return Subquery(series.order_by("-key_date", "-id").values("value")[:1])


def column(name: str) -> Callable[[Period], F]:
    return lambda _period: F(name)


# --- in which words ------------------------------------------------------------------------------------------------
def words_of(name: str) -> Callable[[str], str]:
    def words(key: str) -> str:
        try:
            return lists_at_desk().label(name, key)
        except UnknownEntry:
            return key

    return words


def _band_words(bands: Bands) -> Callable[[str], str]:
    return {key: words for key, words, _years in bands}.__getitem__


def _keys(bands: Bands) -> tuple[str, ...]:
    return tuple(key for key, *_rest in bands)


IN_PERIOD = "Fälle, die im Zeitraum an mindestens einem Tag offen waren."
SEVERAL = "Ein Eintrag kann mehrere Themen haben."
ANONYMOUS = "Anonyme Anfragen im Zeitraum."
LEVELS = tuple(catalogue("german_level").entries)


def _fact(
    key: str, title: str, population: Population, cell: Callable[[Period], Any], unit: str = "Fälle", **more: Any
) -> Fact:
    return Fact(
        key=key,
        title=title,
        population=population,
        cell=cell,
        unit=unit,
        source=SOURCE,
        **{"definition": IN_PERIOD, **more},
    )


FACTS = (
    _fact("cases.movement", "Verlauf", CASES, movement, keys=tuple(MOVEMENT), words=MOVEMENT.__getitem__,
          definition=f"{IN_PERIOD} Wer endete, zählt als beendet."),
    _fact("cases.tier", "Art der Beratung", CASES, column("tier"), keys=TIERS, words=lambda key: Tier(key).label),
    _fact("cases.site", "Beratungsstellen", CASES, column("site__public_id"), by_site=True),
    _fact("cases.gender", "Geschlecht", CASES, column("client__gender"), words=words_of("gender")),
    _fact("cases.age", "Alter zum Stichtag", CASES, partial(banded, path="client__birth_date", bands=AGES), keys=_keys(AGES),
          words=_band_words(AGES), definition=f"{IN_PERIOD} Volle Jahre am letzten Tag.", version=2),
    _fact("cases.stay", "Aufenthaltsdauer zum Stichtag", CASES, partial(banded, path="client__entered_germany_on", bands=STAYS),
          keys=_keys(STAYS), words=_band_words(STAYS), definition=f"{IN_PERIOD} Volle Jahre seit der Einreise.", version=2),
    _fact("cases.level_first", "Deutsch zu Beginn", CASES, partial(level, newest=False), keys=LEVELS, words=words_of("german_level"),
          definition=f"{IN_PERIOD} Erstes Niveau.", same_missing="level"),
    _fact("cases.level_last", "Deutsch zuletzt", CASES, partial(level, newest=True), keys=LEVELS, words=words_of("german_level"),
          definition=f"{IN_PERIOD} Letztes Niveau bis zum Stichtag.", same_missing="level"),
    _fact("relatives.co_advised", "Mitberatene Angehörige", RELATIVES, column("relation"), "Angehörige", keys=tuple(Relation.values),
          words=lambda key: Relation(key).label,
          definition="Angehörige, die mitberaten werden, in Fällen des Zeitraums. Wer eine eigene Akte hat, zählt dort als Fall."),
    _fact("plans.status", "Stand der Pläne zum Stichtag", PLANS, plan_status, "Pläne", keys=tuple(PlanStatusValue.values),
          words=lambda key: PlanStatusValue(key).label, definition="Pläne offener Fälle; letzter Eintrag bis zum Stichtag."),
    _fact("contacts.channel", "Kontakte nach Kontaktweg", CONTACTS, column("channel"), "Kontakte", words=words_of("contact_channel"),
          definition="Kontakte im Zeitraum."),
    _fact("contacts.topic", "Themen der Kontakte", CONTACT_TOPICS, column("topic"), "Nennungen", words=words_of("counselling_topic"),
          definition=SEVERAL),
    _fact("referrals.outcome", "Verweise an Partner", REFERRALS, column("state"), "Verweise", keys=tuple(ReferralState.values[1:]),
          words=lambda key: ReferralState(key).label, definition="Im Zeitraum abgeschickt; Stand heute."),
    _fact("referrals.partner", "Verweise nach Art des Partners", REFERRALS, column("partner__category"), "Verweise",
          words=words_of("partner_category"), definition="Im Zeitraum abgeschickt."),
    _fact("enquiries.outcome", "Einmalige Anfragen", ENQUIRIES, column("outcome"), "Anfragen", words=lambda key: Outcome(key).label,
          definition=ANONYMOUS),
    _fact("enquiries.channel", "Anfragen nach Kontaktweg", ENQUIRIES, column("channel"), "Anfragen", words=words_of("contact_channel"),
          definition=ANONYMOUS),
    _fact("enquiries.topic", "Themen der Anfragen", ENQUIRY_TOPICS, column("topic"), "Nennungen", words=words_of("counselling_topic"),
          definition=SEVERAL),
)  # fmt: skip


def register_facts() -> None:
    for fact in FACTS:
        register(fact)
