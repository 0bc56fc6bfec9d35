"""A story of the demo, done by hand: every step through its action, each on its own day."""

from datetime import datetime, time

from django.utils import timezone

from lotse.casework.actions import cases, clients, consents, contacts, enquiries, parts_a, plans
from lotse.casework.enums import Achievement, CaseState, ConsentForm, Tier
from lotse.casework.models import Consent
from lotse.organisations.who import actor_for
from lotse.portal.demo import story as told
from lotse.portal.demo.rows import ACTS, PLAN_ENDS


class Clock:
    """Actions ask the clock for today; here it shows the day of the story."""

    def __init__(self, monkeypatch):
        self.today = timezone.localdate()
        monkeypatch.setattr(timezone, "now", self.now)

    def now(self):
        return datetime.combine(self.today, time(12), timezone.get_current_timezone())


class Replay:
    def __init__(self, clock, story):
        self.clock, self.story, self.by = clock, story, actor_for(story.counsellor)

    def run(self):
        self.clock.today = self.story.start
        self._register()
        if self.story.works:
            self._begin()
        for day, _rank, act in sorted(self._later(), key=lambda later: later[:2]):
            self.clock.today = day
            act(day)

    def _register(self):
        story = self.story
        self.client = clients.register_client(
            by=self.by, site=story.site, first_name=story.first_name, last_name=story.last_name, informed_on=story.start,
            informed_language=story.language, **story.person,
        )  # fmt: skip
        if story.fate != "open":
            for act in ACTS:
                consents.record_decision(
                    by=self.by, client=self.client, act=act, given=story.works, decided_on=story.start, language=story.language,
                    form=ConsentForm.WRITTEN, text_version=told.TEXT_VERSION,
                )  # fmt: skip
        self.case = cases.open_case(
            by=self.by, client=self.client, programme=story.programme, first_contact_on=story.start, access_route=story.route,
            channel=story.channel, concern=told.CONCERN, outcome="further_counselling", decided_jointly=True,
        )  # fmt: skip

    def _begin(self):
        for name, born in self.story.members:
            clients.add_household_member(by=self.by, client=self.client, name=name, birth_date=born)
        self._set_tier(self.story.start, self.story.tiers[0][0])
        for chapter, answers in self.story.answers.items():
            parts_a.save_chapter(by=self.by, case=self.case, chapter_key=chapter, given=answers)

    def _set_tier(self, day, tier):
        cases.set_tier(by=self.by, case=self.case, tier=Tier(tier), since=day)

    def _later(self):
        """(day, rank within the day, what is done)."""
        story = self.story
        yield from ((tier[1], 1, lambda day, t=tier[0]: self._set_tier(day, t)) for tier in story.tiers[1:])
        yield from ((meeting.on, 2, lambda day, m=meeting: self._meet(day, m)) for meeting in story.meetings)
        yield from ((on, 2, lambda day, v=level: self._learn(v)) for level, on in story.levels[1:])
        if story.moved_on:
            yield story.moved_on, 2, self._move
        if story.plan:
            yield from self._later_in_plan(story.plan)
        if story.next_step_on:
            yield story.meetings[-1].on, 6, self._plan_next_step
        yield from self._later_at_the_end()

    def _later_in_plan(self, plan):
        yield plan.drafted_on, 3, self._draft
        yield plan.signed_on, 4, self._sign
        for on, value in plan.statuses:
            yield on, 5, lambda day, v=value: plans.record_status(by=self.by, plan=self.plan, key_date=day, value=v)
        for goal_number, goal in enumerate(plan.goals):
            for number, step in enumerate(goal.steps):
                if step.achieved != Achievement.IN_PROGRESS:
                    place = (goal_number, number)
                    yield step.achieved_on, 5, lambda day, p=place, a=step.achieved: self._achieve(day, p, a)

    def _later_at_the_end(self):
        story, end = self.story, self.story.end
        if story.withdrawn_on:
            yield story.withdrawn_on, 9, self._withdraw
        if end and end.evaluated_on:
            yield end.evaluated_on, 7, self._evaluate
        if end:
            yield end.on, 8, self._end

    def _meet(self, day, meeting):
        contacts.record_contact(
            by=self.by, case=self.case, on=day, channel=meeting.channel, topics=meeting.topics, minutes=meeting.minutes, note=meeting.note
        )  # fmt: skip

    def _learn(self, level):
        parts_a.save_chapter(by=self.by, case=self.case, chapter_key="german", given={"german_level": level})

    def _move(self, _day):
        clients.update_client(by=self.by, client=self.client, address=self.story.new_address)

    def _draft(self, day):
        code = self.story.site.municipality_code
        self.plan = plans.begin_plan(by=self.by, case=self.case, on=day, municipality_code=code)
        plans.answer_environment(by=self.by, plan=self.plan, environment=told.ENVIRONMENT)
        self.steps = [[self._step(day, goal, step) for step in steps] for goal, steps in self._goals()]

    def _goals(self):
        for goal in self.story.plan.goals:
            yield plans.add_goal(by=self.by, plan=self.plan, area=goal.area, goal=goal.goal), goal.steps

    def _step(self, day, goal, step):
        values = {"text": step.text, "who": step.who, "due_on": step.due_on, "services": told.SERVICES}
        return plans.add_step(by=self.by, goal=goal, agreed_on=day, **values)

    def _sign(self, day):
        plans.agree(by=self.by, plan=self.plan, on=day)
        plans.hand_out(by=self.by, plan=self.plan, on=day, language=told.HANDED_OUT_IN)
        plans.sign(by=self.by, plan=self.plan, on=day)

    def _achieve(self, day, place, achieved):
        plans.set_achievement(by=self.by, step=self.steps[place[0]][place[1]], achieved=achieved, on=day)

    def _plan_next_step(self, _day):
        on = self.story.next_step_on
        cases.set_next_step(by=self.by, case=self.case, next_step_on=on, next_step=told.NEXT_STEP)

    def _withdraw(self, day):
        consents.withdraw(by=self.by, consent=Consent.objects.get(client=self.client, act="recording"), on=day)

    def _evaluate(self, day):
        cases.evaluate(by=self.by, case=self.case, on=day, evaluation=told.EVALUATION)
        cases.check_sustainability(by=self.by, case=self.case, on=day, result=told.SUSTAINABILITY)

    def _end(self, day):
        end, reasons = (
            self.story.end,
            {"part_a_reason": "", "part_b_reason": told.NO_PLAN if self.story.lacks_plan_reason else ""},
        )
        if self.story.plan:
            plans.end_plan(by=self.by, plan=self.plan, state=PLAN_ENDS[end.state])
        self.case.refresh_from_db()
        cases.end_case(by=self.by, case=self.case, state=CaseState(end.state), on=day, reason=end.reason, **reasons)


def ask(clock, question):
    clock.today = question.on
    enquiries.record_enquiry(
        by=actor_for(question.counsellor), site=question.site, programme=question.programme, on=question.on, channel=question.channel,
        route=told.ROUTE_OF_QUESTION, topics=[question.topic], outcome=question.outcome,
    )  # fmt: skip
