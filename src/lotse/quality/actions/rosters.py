"""A roster: shown before it holds, answered by who is in it, released with who took part (QM-11)."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.notices import notify
from lotse.quality import rules
from lotse.quality.actions.asking import ask
from lotse.quality.actions.duty import planned
from lotse.quality.enums import RosterReply, RosterState
from lotse.quality.models import Duty, Roster, RosterAnswer

OVERLAPS = "Für einen Teil dieser Tage gibt es schon einen Dienstplan."
EMPTY = "In diesen Tagen ist noch niemand eingeteilt."
HOLDS = "Dieser Dienstplan gilt schon."
HERSELF = "Zum Dienstplan antwortet jede*r für sich, solange er noch nicht gilt."
NEEDS_REPLY = "Bitte eine Antwort wählen."
WHICH = "Bitte schreiben Sie Ihren Wunsch."
NO_WISH = "Hier gibt es keinen Wunsch."
WAITING = "Es warten noch Wünsche auf Ihre Antwort: {}."
WHY = "Bitte angeben, warum niemand beteiligt war."


@action("roster.shown", "hat einen Dienstplan zur Abstimmung gezeigt")
def show_roster(*, by: Actor, organisation: Organisation, first_on: date, last_on: date, answer_by: date) -> Roster:
    planned(by, organisation)
    locked(organisation)
    others = Roster.objects.filter(organisation=organisation, first_on__lte=last_on, last_on__gte=first_on)
    refuse_if(others.exists(), OVERLAPS, "first_on")
    people = _people_in(organisation, first_on, last_on)
    refuse_if(not people, EMPTY, "first_on")
    made = Roster(
        organisation=organisation, first_on=first_on, last_on=last_on, answer_by=answer_by, shown_on=timezone.localdate()
    )  # fmt: skip
    save_checked(made)
    ask(made, [person.pk for person in people])
    record(made, first_on=first_on, last_on=last_on, asked=len(people))
    told = f"{made}: Bitte antworten Sie bis {answer_by:%d.%m.%Y}."
    notify([person for person in people if person.pk != by.person_id], "Dienstplan zur Abstimmung", told)
    return made


def _people_in(house: Organisation, first_on: date, last_on: date) -> list[Person]:
    filled = Duty.objects.filter(organisation=house, is_off=False).between(first_on, last_on).exclude(person=None)
    rows = Person.objects.filter(pk__in=filled.order_by().values("person_id"))
    return list(rows.select_related("user").filter(Q(left_on=None) | Q(left_on__gte=first_on)))


@action("roster.answered", "hat zum Dienstplan geantwortet")
def answer_roster(
    *, by: Actor, answer: RosterAnswer, reply: str, wish: str = "", revision: int | None = None
) -> RosterAnswer:
    """Who answers anew takes back what was decided on her wish."""
    locked(answer.roster)
    fresh = _of_shown(answer)
    require(rules.may_answer_roster(by, fresh), HERSELF)
    wish = wish.strip() if reply == RosterReply.WISHES else ""
    refuse_if(reply not in (RosterReply.AGREES, RosterReply.WISHES), NEEDS_REPLY, "reply")
    refuse_if(reply == RosterReply.WISHES and not wish, WHICH, "wish")
    values = {
        "reply": reply, "wish": wish, "replied_at": timezone.now(), "wish_state": "", "decision": "", "decided_at": None,
    }  # fmt: skip
    revise(fresh, values, revision)
    record(fresh, reply=reply)
    return fresh


def _of_shown(answer: RosterAnswer) -> RosterAnswer:
    fresh = locked(answer)
    refuse_if(fresh.roster.is_released, HOLDS)
    return fresh


@action("roster.wish_decided", "hat über einen Wunsch zum Dienstplan entschieden")
def decide_wish(
    *, by: Actor, answer: RosterAnswer, wish_state: str, decision: str = "", revision: int | None = None
) -> RosterAnswer:
    planned(by, answer.organisation)
    locked(answer.roster)
    fresh = _of_shown(answer)
    refuse_if(fresh.reply != RosterReply.WISHES, NO_WISH)
    refuse_if(not wish_state, NEEDS_REPLY, "wish_state")
    revise(
        fresh, {"wish_state": wish_state, "decision": decision.strip(), "decided_at": timezone.now()}, revision
    )  # fmt: skip
    record(fresh, wish_state=wish_state)
    told = f"Zu Ihrem Wunsch gibt es eine Antwort: {fresh.roster}."
    notify([fresh.person], "Ihr Wunsch zum Dienstplan", told)
    return fresh


@action("roster.released", "hat einen Dienstplan freigegeben")
def release_roster(*, by: Actor, roster: Roster, reason: str = "") -> Roster:
    planned(by, roster.organisation)
    fresh = locked(roster)
    refuse_if(fresh.is_released, HOLDS)
    answers = list(fresh.answers.all())
    waiting = sum(answer.waits for answer in answers)
    refuse_if(bool(waiting), WAITING.format(waiting))
    asked, answered = rules.took_part(answers, by)
    refuse_if(not answered and not reason.strip(), WHY, "reason")
    fresh.state, fresh.released_on, fresh.released_by_id = RosterState.RELEASED, timezone.localdate(), by.person_id
    fresh.asked, fresh.answered, fresh.reason = asked, answered, "" if answered else reason.strip()
    save_checked(fresh)
    record(fresh, asked=asked, answered=answered)
    return fresh
