"""A story as rows: what the actions would have left in the database (tests/ops/test_demo.py compares the two)."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from lotse.casework.enums import (
    Achievement,
    Act,
    CaseState,
    ConsentForm,
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
    ResidenceStatus,
    SupportPlan,
    TierChange,
)
from lotse.casework.models.client import phone_key, twin_key
from lotse.casework.part_a_template import CURRENT
from lotse.core.search import fold
from lotse.portal.demo import story as told
from lotse.portal.demo.story import Plan, Question, Story
from lotse.portal.demo.tables import Table, next_public_id

ACTS = (Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE)
IN_WORDS = frozenset(f.key for chapter in CURRENT.chapters for f in chapter.fields if f.in_words)
PLAN_ENDS = {
    CaseState.CLOSED: PlanState.COMPLETED,
    CaseState.ABORTED: PlanState.NOT_MATERIALISED,
    CaseState.DEPARTED: PlanState.DEPARTED,
}
STATE_OF_TIER = {Tier.BASIC_COUNSELLING: CaseState.IN_COUNSELLING, Tier.CASE_MANAGEMENT: CaseState.IN_CASE_MANAGEMENT}
# Drivers take plain text; members of an enumeration cost a look-up each, or are taken for something else.
ENUMS = (Achievement, Act, CaseState, ConsentForm, ConsentState, Outcome, PlanState, PlanStatusValue, Tier, Who)
PLAIN: dict[str, str] = {member: member.value for kind in ENUMS for member in kind}
folded = lru_cache(maxsize=10_000)(fold)


written = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes a new one for each call
ENVIRONMENT, SERVICES = written(told.ENVIRONMENT), written(told.SERVICES)


@lru_cache(maxsize=50_000)
def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Writer:
    """Turns stories into rows; `flush` writes them, parents first."""

    def __init__(self) -> None:
        owner = ("organisation_id", "client_id")
        self._tables_of_people(owner)
        self._tables_of_work(owner)
        self.enquiry = Table(
            Enquiry, "organisation_id", "site_id", "programme_id", "recorded_by_id", "on", "channel", "route", "outcome"
        )
        self.enquiry_topic = Table(EnquiryTopic, "enquiry_id", "topic")
        self.clients: Counter[int] = Counter()
        self.plans: Counter[int] = Counter()

    def _tables_of_people(self, owner: tuple[str, str]) -> None:
        self.household = Table(Household, "organisation_id")
        self.client = Table(
            Client, "organisation_id", "site_id", "responsible_id", "household_id", "number", "first_name", "last_name", "name_key",
            "given_key", "twin_key", "phone_key", "birth_date", "gender", "country_of_origin", "nationalities", "contact_language", "interpreter_needed",
            "entered_germany_on", "phone", "address", "informed_on", "informed_language", "agreement_on", "recording_on", "competence_on",
            "restricted_on",
        )  # fmt: skip
        self.member = Table(HouseholdMember, *owner, "name", "birth_date")
        self.consent = Table(
            Consent,
            *owner,
            "act",
            "state",
            "requested_on",
            "decided_on",
            "ended_on",
            "form",
            "language",
            "text_version",
        )
        self.level = Table(GermanLevel, *owner, "level", "assessed_on", "source")
        self.residence = Table(ResidenceStatus, *owner, "status", "valid_from")

    def _tables_of_work(self, owner: tuple[str, str]) -> None:
        self.case = Table(
            CounsellingCase, *owner, "programme_id", "site_id", "responsible_id", "state", "tier", "first_contact_on", "access_route",
            "channel", "concern", "outcome", "decided_jointly", "part_b_reason", "next_step_on", "next_step", "last_contact_on",
            "evaluated_on", "evaluation", "client_view", "sustainability_checked_on", "sustainability", "ended_on", "end_reason",
        )  # fmt: skip
        self.state = Table(CaseStateChange, "case_id", "state", "since", "by_label")
        self.tier = Table(TierChange, "case_id", "tier", "since", "by_label")
        self.part_a = Table(
            PartA, *owner, "case_id", "template_version", "recorded_on", "answers", "texts", "agreement_on", "recording_on", "competence_on"
        )  # fmt: skip
        self.contact = Table(Contact, *owner, "case_id", "counsellor_id", "on", "minutes", "channel", "note")
        self.contact_topic = Table(ContactTopic, "contact_id", "topic")
        self.plan = Table(
            SupportPlan, *owner, "case_id", "number", "template_version", "state", "municipality_code", "drafted_on", "environment",
            "agreed_on", "handed_out_on", "handed_out_language", "signed_on",
        )  # fmt: skip
        self.goal = Table(PlanGoal, *owner, "plan_id", "position", "area", "goal")
        self.step = Table(
            PlanStep,
            *owner,
            "goal_id",
            "position",
            "text",
            "who",
            "agreed_on",
            "due_on",
            "achieved",
            "achieved_on",
            "services",
        )
        self.plan_status = Table(PlanStatus, *owner, "plan_id", "key_date", "value")

    @property
    def tables(self) -> list[Table]:
        return [value for value in vars(self).values() if isinstance(value, Table)]

    def flush(self) -> int:
        return sum(table.write() for table in self.tables)

    # --- a person ---------------------------------------------------------------------------------------------

    def story(self, story: Story) -> None:
        organisation_id = story.site.organisation_id
        client_id = self._client(story, organisation_id)
        owner = (organisation_id, client_id)
        self._consents(story, owner)
        case_id = self._case(story, owner)
        for state, since in _states(story):
            self.state.add(case_id, PLAIN[state], iso(since), _label(story))
        self._meetings(story, owner, case_id)
        if story.works:
            self._what_is_known(story, owner, case_id)
        if story.plan:
            self._plan(story, story.plan, owner, case_id)

    def _client(self, story: Story, organisation_id: int) -> int:
        self.clients[organisation_id] += 1
        person, public_id, table = story.person, next_public_id(), self.client
        start = iso(story.start)
        in_force = start if story.works else None
        name_key = folded(f"{story.last_name} {story.first_name}")
        return table.add(
            organisation_id, story.site.pk, story.counsellor.pk, self.household.add(organisation_id), self.clients[organisation_id],
            story.first_name, story.last_name, name_key, folded(f"{story.first_name} {story.last_name}"), twin_key(name_key),
            phone_key(person["phone"], organisation_id), iso(person["birth_date"]), person["gender"], person["country_of_origin"],
            written(person["nationalities"]), person["contact_language"], person["interpreter_needed"],
            iso(person["entered_germany_on"]), table.seal("phone", person["phone"], public_id, organisation_id),
            table.seal("address", story.new_address or person["address"], public_id, organisation_id), start, story.language, in_force,
            None if story.withdrawn_on else in_force, in_force, iso(story.withdrawn_on), public_id=public_id,
        )  # fmt: skip

    def _consents(self, story: Story, owner: tuple[int, int]) -> None:
        if story.fate == "open":
            return
        start, decided = iso(story.start), ConsentState.GIVEN if story.works else ConsentState.REFUSED
        for act in ACTS:
            withdrawn = act == Act.RECORDING and story.withdrawn_on
            state = ConsentState.WITHDRAWN if withdrawn else decided
            self.consent.add(
                *owner, PLAIN[act], PLAIN[state], start, start, iso(story.withdrawn_on) if withdrawn else None, PLAIN[ConsentForm.WRITTEN], story.language,
                told.TEXT_VERSION,
            )  # fmt: skip

    def _what_is_known(self, story: Story, owner: tuple[int, int], case_id: int) -> None:
        for tier, since in story.tiers:
            self.tier.add(case_id, PLAIN[tier], iso(since), _label(story))
        for name, born in story.members:
            public_id = next_public_id()
            self.member.add(*owner, self.member.seal("name", name, public_id, owner[0]), iso(born), public_id=public_id)
        for level, on in story.levels:
            self.level.add(*owner, level, iso(on), "plan")
        if status := story.answers["personal"]["residence_status"]:
            self.residence.add(*owner, status, iso(story.start))
        self._part_a(story, owner, case_id)

    def _part_a(self, story: Story, owner: tuple[int, int], case_id: int) -> None:
        answers = {k: v for chapter in story.answers.values() for k, v in chapter.items() if v not in ("", None, [])}
        if story.levels:
            answers["german_level"] = story.levels[-1][0]
        in_words = {key: answers.pop(key) for key in IN_WORDS & answers.keys()}
        start, public_id = iso(story.start), next_public_id()
        texts = self.part_a.seal("texts", written(in_words), public_id, owner[0])
        self.part_a.add(
            *owner, case_id, CURRENT.key, start, written(answers), texts, start, start, start, public_id=public_id
        )

    # --- her case ---------------------------------------------------------------------------------------------

    def _case(self, story: Story, owner: tuple[int, int]) -> int:
        table, public_id, end = self.case, next_public_id(), story.end

        def sealed(column: str, text: str) -> bytes:
            return table.seal(column, text, public_id, owner[0])

        evaluated = bool(end and end.evaluated_on)
        return table.add(
            *owner, story.programme.pk, story.site.pk, story.counsellor.pk, PLAIN[_states(story)[-1][0]],
            PLAIN[story.tiers[-1][0] if story.tiers else Tier.BASIC_COUNSELLING], iso(story.start), story.route, story.channel,
            sealed("concern", told.CONCERN), PLAIN[Outcome.FURTHER_COUNSELLING], True, told.NO_PLAN if story.lacks_plan_reason else "",
            iso(story.next_step_on), sealed("next_step", told.NEXT_STEP if story.next_step_on else ""), iso(story.meetings[-1].on),
            iso(end.evaluated_on) if end else None, sealed("evaluation", told.EVALUATION if evaluated else ""),
            sealed("client_view", ""),
            iso(end.checked_on) if end else None, sealed("sustainability", told.SUSTAINABILITY if evaluated else ""),
            iso(end.on) if end else None, end.reason if end else "", public_id=public_id,
        )  # fmt: skip

    def _meetings(self, story: Story, owner: tuple[int, int], case_id: int) -> None:
        for meeting in story.meetings:
            public_id = next_public_id()
            note = self.contact.seal("note", meeting.note, public_id, owner[0])
            contact_id = self.contact.add(
                *owner, case_id, story.counsellor.pk, iso(meeting.on), meeting.minutes, meeting.channel, note, public_id=public_id
            )  # fmt: skip
            for topic in meeting.topics:
                self.contact_topic.add(contact_id, topic)

    def _plan(self, story: Story, plan: Plan, owner: tuple[int, int], case_id: int) -> None:
        self.plans[owner[0]] += 1
        state = PLAN_ENDS[story.end.state] if story.end else PlanState.IN_IMPLEMENTATION
        drafted, signed = iso(plan.drafted_on), iso(plan.signed_on)
        plan_id = self.plan.add(
            *owner, case_id, self.plans[owner[0]], CURRENT.key, PLAIN[state], story.site.municipality_code, drafted, ENVIRONMENT,
            signed, signed, told.HANDED_OUT_IN, signed,
        )  # fmt: skip
        for number, goal in enumerate(plan.goals, 1):
            goal_id = self.goal.add(*owner, plan_id, number, goal.area, goal.goal)
            for position, step in enumerate(goal.steps, 1):
                public_id = next_public_id()
                self.step.add(
                    *owner, goal_id, position, self.step.seal("text", step.text, public_id, owner[0]), PLAIN[step.who], drafted, iso(step.due_on),
                    PLAIN[step.achieved], iso(step.achieved_on), SERVICES, public_id=public_id,
                )  # fmt: skip
        for day, value in plan.statuses:
            self.plan_status.add(*owner, plan_id, iso(day), PLAIN[value])

    def question(self, question: Question) -> None:
        enquiry_id = self.enquiry.add(
            question.site.organisation_id, question.site.pk, question.programme.pk, question.counsellor.pk, iso(question.on),
            question.channel, told.ROUTE_OF_QUESTION, PLAIN[question.outcome],
        )  # fmt: skip
        self.enquiry_topic.add(enquiry_id, question.topic)


def _label(story: Story) -> str:
    return f"{story.counsellor.first_name} {story.counsellor.last_name}"


def _states(story: Story) -> list[tuple[CaseState, Any]]:
    return list(_steps(story))


def _steps(story: Story) -> Iterator[tuple[CaseState, Any]]:
    """Each state of the case and since when."""
    yield CaseState.FIRST_CONTACT, story.start
    for tier, since in story.tiers:
        yield STATE_OF_TIER[tier], since
    if end := story.end:
        if end.evaluated_on:
            yield CaseState.EVALUATING, end.evaluated_on
            yield CaseState.SUSTAINABILITY_CHECK, end.checked_on
        yield end.state, end.on
