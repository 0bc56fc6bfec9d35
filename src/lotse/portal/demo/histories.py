"""Three years of invented counselling, deterministic by seed, written in batches through the models' own columns."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lotse.casework.enums import (
    Achievement,
    Act,
    CaseState,
    ConsentState,
    Outcome,
    PlanState,
    PlanStatusValue,
    Tier,
    Who,
)
from lotse.casework.models import (
    CaseStateChange,
    Client,
    Consent,
    Contact,
    ContactTopic,
    CounsellingCase,
    Enquiry,
    EnquiryTopic,
    GermanLevel,
    Household,
    HouseholdMember,
    PartA,
    PlanGoal,
    PlanStatus,
    PlanStep,
    SupportPlan,
    TierChange,
)
from lotse.casework.part_a_template import CURRENT
from lotse.catalogues.loader import catalogue
from lotse.organisations.models import Person, Site
from lotse.portal.demo.district import District
from lotse.portal.demo.names import FIRST_M, FIRST_W, LAST

BATCH = 500
COUNTRIES = ("sy", "af", "ua", "iq", "tr", "er", "ir", "so", "ng", "ma", "ro", "bg", "xk")
LANGUAGES = {
    "sy": "ar",
    "iq": "ar",
    "ma": "ar",
    "af": "prs",
    "ua": "uk",
    "tr": "tr",
    "er": "ti",
    "ir": "fa",
    "so": "so",
    "ng": "en",
}
LEVELS = ("below_a1", "a1", "a2", "b1", "b2", "c1")
NOTES = (
    "Über den Bescheid gesprochen und die Frist notiert.",
    "Antrag gemeinsam ausgefüllt.",
    "Nächste Schritte beim Sprachkurs geklärt.",
)
STEPS = (
    "Beim Kurs anmelden",
    "Unterlagen zusammenstellen",
    "Termin vereinbaren",
    "Bewerbung schreiben",
    "Bescheid prüfen lassen",
)


@dataclass
class Batch:
    """Rows of one batch by model, in the order in which they must be saved."""

    rows: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row


ORDER = (
    Household, Client, HouseholdMember, Consent, GermanLevel, CounsellingCase, CaseStateChange, TierChange, PartA, Contact,
    ContactTopic, SupportPlan, PlanGoal, PlanStep, PlanStatus, Enquiry, EnquiryTopic,
)  # fmt: skip


def write_histories(district: District, clients: int, today: date, spread: Counter, seed: int = 7) -> Iterator[int]:
    """Yields the number of clients written after every batch; `spread` counts what was written."""
    chance = random.Random(seed)  # noqa: S311 -- demo data, not secrets
    writer = _Writer(district, chance, today, spread)
    for start in range(0, clients, BATCH):
        numbers = range(start, min(start + BATCH, clients))
        with transaction.atomic():
            _save(writer.batch(numbers))
        yield numbers.stop


def _save(batch: Batch) -> None:
    for model in ORDER:
        model.objects.bulk_create(batch.rows.get(model, []), batch_size=500)


class _Writer:
    def __init__(self, district: District, chance: random.Random, today: date, spread: Counter) -> None:
        self.district, self.chance, self.today, self.spread = district, chance, today, spread
        self.topics = list(catalogue("counselling_topic").entries)
        self.goals = list(catalogue("goal").entries.values())
        self.numbers: Counter = Counter()
        self.offers = {
            s.pk: [o.programme for o in s.offers.select_related("programme").order_by("pk")] for s in district.sites
        }

    def batch(self, numbers: range) -> Batch:
        batch = Batch()
        for number in numbers:
            site = self.district.sites[number % len(self.district.sites)]
            people = self.district.counsellors[site.pk]
            self.client(batch, site, people[(number // len(self.district.sites)) % len(people)])
            if self.chance.random() < 0.6:
                self.enquiry(batch, site, self.chance.choice(people))
        return batch

    def client(self, batch: Batch, site: Site, counsellor: Person) -> None:
        start = self.today - timedelta(days=self.chance.randrange(10, 1080))
        client = batch.add(
            self.person(batch.add(Household(organisation_id=site.organisation_id)), site, counsellor, start)
        )
        consented = self.decide(batch, client, start)
        case = batch.add(self.case(client, site, counsellor, start, consented))
        self.household(batch, client, consented)
        self.work(batch, client, case, consented)
        self.spread[f"Stand: {CaseState(case.state).label}"] += 1

    def person(self, household: Household, site: Site, counsellor: Person, start: date) -> Client:
        chance = self.chance
        gender = chance.choices(("w", "m", "d", ""), (48, 48, 1, 3))[0]
        country = chance.choice(COUNTRIES)
        entered = start - timedelta(days=chance.randrange(20, 2600)) if chance.random() < 0.9 else None
        born = (
            date(chance.randrange(1955, 2004), chance.randrange(1, 13), chance.randrange(1, 28))
            if chance.random() < 0.97
            else None
        )
        self.numbers[site.organisation_id] += 1
        client = Client(
            organisation_id=site.organisation_id,
            site=site,
            responsible=counsellor,
            household=household,
            number=self.numbers[site.organisation_id],
            first_name=chance.choice(FIRST_M if gender == "m" else FIRST_W),
            last_name=chance.choice(LAST),
            birth_date=born,
            gender=gender,
            country_of_origin=country if chance.random() < 0.96 else "",
            nationalities=[country],
            contact_language=LANGUAGES.get(country, "de"),
            interpreter_needed=chance.choice((True, False, None)),
            entered_germany_on=entered,
            phone=f"0150 555 {chance.randrange(1000, 9999)}",
            address=f"Musterstraße {chance.randrange(1, 200)}, Beispielstadt",
            informed_on=start,
            informed_language=LANGUAGES.get(country, "de"),
        )
        client.fill_keys()
        return client

    def decide(self, batch: Batch, client: Client, start: date) -> bool:
        """Most agree, some refuse, a few withdraw later and their file rests."""
        fate = self.chance.choices(("given", "refused", "withdrawn", "open"), (86, 5, 3, 6))[0]
        self.spread[f"Einwilligung: {fate}"] += 1
        if fate == "open":
            return False
        for act, column in (
            (Act.AGREEMENT, "agreement_on"),
            (Act.RECORDING, "recording_on"),
            (Act.COMPETENCE, "competence_on"),
        ):
            self.act(batch, client, act, fate if act == Act.RECORDING or fate != "withdrawn" else "given", start)
            if fate == "given" or (fate == "withdrawn" and act != Act.RECORDING):
                setattr(client, column, start)
        if fate == "withdrawn":
            client.restricted_on = min(self.today, start + timedelta(days=9))
        return fate == "given"

    def act(self, batch: Batch, client: Client, act: Act, fate: str, start: date) -> None:
        state = {"given": ConsentState.GIVEN, "refused": ConsentState.REFUSED, "withdrawn": ConsentState.WITHDRAWN}[
            fate
        ]
        ended = min(self.today, start + timedelta(days=9)) if fate == "withdrawn" else None
        batch.add(
            Consent(
                organisation_id=client.organisation_id, client=client, act=act, state=state, requested_on=start, decided_on=start,
                ended_on=ended, language=client.informed_language, text_version="client_text 2026-11",
            )
        )  # fmt: skip

    def case(self, client: Client, site: Site, counsellor: Person, start: date, consented: bool) -> CounsellingCase:
        chance = self.chance
        managed = consented and chance.random() < 0.35
        case = CounsellingCase(
            organisation_id=client.organisation_id, client=client, programme=chance.choice(self.offers[site.pk]), site=site,
            responsible=counsellor, first_contact_on=start, access_route=chance.choices(("own_initiative", "authority_assignment",
            "intman_handover", "other"), (60, 20, 12, 8))[0], channel=chance.choices(("in_person", "phone", "email"), (70, 20, 10))[0],
            tier=Tier.CASE_MANAGEMENT if managed else Tier.BASIC_COUNSELLING, outcome=Outcome.FURTHER_COUNSELLING,
            decided_jointly=True, concern="Braucht Unterstützung mit Behörden und Deutschkurs." if consented else "",
        )  # fmt: skip
        self.end(case, start, managed, consented)
        return case

    def end(self, case: CounsellingCase, start: date, managed: bool, consented: bool) -> None:
        """Some are still open, some closed, some broke off or left."""
        running = CaseState.IN_CASE_MANAGEMENT if managed else CaseState.IN_COUNSELLING
        case.state = running if consented else CaseState.FIRST_CONTACT
        latest = start + timedelta(days=self.chance.randrange(60, 900))
        if latest >= self.today:
            case.next_step_on = (
                self.today + timedelta(days=self.chance.randrange(-5, 30)) if self.chance.random() < 0.6 else None
            )
            case.next_step = "Rückmeldung besprechen" if case.next_step_on else ""
            return
        fate = self.chance.choices(("closed", "aborted", "departed"), (75, 18, 7))[0] if consented else "aborted"
        case.state, case.ended_on = CaseState(fate), latest
        case.end_reason = {"closed": "goals_reached", "aborted": "contact_lost", "departed": "departed"}[fate]
        case.part_b_reason = "" if managed else "no_need"
        if fate == "closed" and managed:
            case.evaluated_on = case.sustainability_checked_on = latest - timedelta(days=20)
            case.evaluation, case.sustainability = "Gemeinsam ausgewertet.", "Trägt."

    def household(self, batch: Batch, client: Client, consented: bool) -> None:
        if not consented:
            return
        for _ in range(self.chance.choices((0, 1, 2, 3), (50, 20, 20, 10))[0]):
            born = date(self.chance.randrange(2005, 2024), self.chance.randrange(1, 13), 1)
            name = self.chance.choice(FIRST_W + FIRST_M)
            batch.add(
                HouseholdMember(organisation_id=client.organisation_id, client=client, name=name, birth_date=born)
            )

    def work(self, batch: Batch, client: Client, case: CounsellingCase, consented: bool) -> None:
        batch.add(
            CaseStateChange(
                case=case, state=CaseState.FIRST_CONTACT, since=case.first_contact_on, by_label="Vorführung"
            )
        )
        self.contacts(batch, client, case, consented)
        if not consented:
            return
        batch.add(TierChange(case=case, tier=case.tier, since=case.first_contact_on, by_label="Vorführung"))
        self.part_a(batch, client, case)
        if case.tier == Tier.CASE_MANAGEMENT:
            self.plan(batch, client, case)

    def contacts(self, batch: Batch, client: Client, case: CounsellingCase, consented: bool) -> None:
        last = case.ended_on or self.today
        days = sorted(
            {
                case.first_contact_on + (last - case.first_contact_on) * self.chance.random()
                for _ in range(self.chance.randrange(1, 6))
            }
        )
        for on in days:
            contact = Contact(
                organisation_id=client.organisation_id, client=client, case=case, counsellor=case.responsible, on=on,
                minutes=self.chance.choice((15, 30, 45, 60, None)), channel=self.chance.choice(("in_person", "phone", "email")),
                note=self.chance.choice(NOTES) if consented else "",
            )  # fmt: skip
            batch.add(contact)
            for topic in self.chance.sample(self.topics, self.chance.choice((1, 1, 2))):
                batch.add(ContactTopic(contact=contact, topic=topic))
        case.last_contact_on = days[-1]

    def part_a(self, batch: Batch, client: Client, case: CounsellingCase) -> None:
        level = self.chance.randrange(0, 4)
        start = case.first_contact_on
        answers = {"marital_status": self.chance.choice(("single", "married", "divorced")), "mother_tongue": client.contact_language,
                   "german_level": LEVELS[level], "literate": True, "employed": self.chance.random() < 0.3,
                   "special_skills": self.chance.sample(["it", "crafts", "service", "health_care"], 2)}  # fmt: skip
        batch.add(
            PartA(
                organisation_id=client.organisation_id, client=client, case=case, template_version=CURRENT.key, recorded_on=start,
                answers=answers, texts=json.dumps({"occupation": "Schneider*in"}), agreement_on=start, recording_on=start, competence_on=start,
            )
        )  # fmt: skip
        self.level(batch, client, level, start)
        later = start + timedelta(days=300)
        if later < self.today and self.chance.random() < 0.6:
            self.level(batch, client, min(level + 1, 5), later)

    def level(self, batch: Batch, client: Client, level: int, on: date) -> None:
        batch.add(
            GermanLevel(
                organisation_id=client.organisation_id,
                client=client,
                level=LEVELS[level],
                assessed_on=on,
                source="plan",
            )
        )

    def plan(self, batch: Batch, client: Client, case: CounsellingCase) -> None:
        start = case.first_contact_on
        owner = {"organisation_id": client.organisation_id, "client": client}
        self.numbers[f"plan {client.organisation_id}"] += 1
        plan = SupportPlan(
            case=case, number=self.numbers[f"plan {client.organisation_id}"], template_version=CURRENT.key, drafted_on=start,
            state=PlanState.COMPLETED if case.ended_on else PlanState.IN_IMPLEMENTATION, agreed_on=start, signed_on=start,
            environment=["family"], handed_out_on=start, handed_out_language="de", municipality_code=client.site.municipality_code, **owner,
        )  # fmt: skip
        batch.add(plan)
        for position, entry in enumerate(self.chance.sample(self.goals, self.chance.choice((1, 2, 3))), 1):
            goal = batch.add(PlanGoal(plan=plan, position=position, area=entry.group, goal=entry.key, **owner))
            for number in range(1, self.chance.choice((2, 3, 4))):
                batch.add(self.step(goal, number, start, case, owner))
        for day in (date(self.today.year - 1, 12, 31), date(self.today.year, 6, 30)):
            if start <= day and self.chance.random() < 0.8:
                value = (
                    PlanStatusValue.NO_FURTHER_NEED
                    if case.ended_on and case.ended_on <= day
                    else PlanStatusValue.IN_IMPLEMENTATION
                )
                batch.add(PlanStatus(plan=plan, key_date=day, value=value, **owner))

    def step(self, goal: PlanGoal, number: int, start: date, case: CounsellingCase, owner: dict[str, Any]) -> PlanStep:
        done = (
            self.chance.choice((Achievement.YES, Achievement.PARTLY, Achievement.NO))
            if case.ended_on or self.chance.random() < 0.4
            else Achievement.IN_PROGRESS
        )
        due = start + timedelta(days=self.chance.randrange(30, 400))
        return PlanStep(
            goal=goal, position=number, text=self.chance.choice(STEPS), who=self.chance.choice((Who.CLIENT, Who.COUNSELLOR)), agreed_on=start,
            due_on=due, achieved=done, achieved_on=None if done == Achievement.IN_PROGRESS else min(due, self.today), services=["jobcentre"], **owner,
        )  # fmt: skip

    def enquiry(self, batch: Batch, site: Site, counsellor: Person) -> None:
        on = self.today - timedelta(days=self.chance.randrange(0, 1080))
        enquiry = Enquiry(
            organisation_id=site.organisation_id, site=site, programme=self.offers[site.pk][0], recorded_by=counsellor, on=on,
            channel=self.chance.choice(("in_person", "phone", "email")), route="own_initiative",
            outcome=self.chance.choice((Outcome.RESOLVED, Outcome.RESOLVED, Outcome.FURTHER_COUNSELLING)),
        )  # fmt: skip
        batch.add(enquiry)
        batch.add(EnquiryTopic(enquiry=enquiry, topic=self.chance.choice(self.topics)))
