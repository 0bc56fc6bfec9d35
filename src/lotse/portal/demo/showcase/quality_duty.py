"""A team that plans: a roster that holds and one that is talked about, somebody away, a deputy missing."""

from datetime import date, time, timedelta

from lotse.organisations.models import Person
from lotse.portal.demo.showcase.heads import employed
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import cover, rosters
from lotse.quality.actions import duty as acts
from lotse.quality.enums import CoverScope, DutyKind, RosterReply, WishState
from lotse.quality.models import Roster

WEEK, WEEKS = timedelta(days=7), 4
SINCE = date(2023, 1, 1)


def tell(stage: Stage) -> None:
    ines = employed(stage.site, "Ines", "Beispielmann", "counsellor", stage.site).person
    _patterns(stage, ines)
    monday = stage.today - timedelta(days=stage.today.weekday())
    acts.make_weeks(by=stage.helin.actor, organisation=stage.own.organisation, first_on=monday - WEEKS * WEEK, weeks=9)
    _today(stage, ines)
    _that_holds(stage, monday - WEEKS * WEEK)
    _talked_about(stage, monday + WEEK)
    _covered(stage, ines)


def _patterns(stage: Stage, ines: Person) -> None:
    wanted = (
        (0, time(9), time(12), DutyKind.OPEN_HOURS, 2, stage.mara.person),
        (1, time(9), time(12), DutyKind.PHONE, 1, stage.jonas.person),
        (2, time(13), time(17), DutyKind.COUNSELLING, 1, stage.mara.person),
        (3, time(14), time(18), DutyKind.OPEN_HOURS, 1, ines),
        (4, time(10), time(12), DutyKind.COURSE, 1, stage.jonas.person),
    )
    for weekday, begins, ends, kind, needs, person in wanted:
        acts.add_template(
            by=stage.helin.actor, organisation=stage.own.organisation, site=stage.site, weekday=weekday, begins=begins,
            ends=ends, kind=kind, needs=needs, person=person, valid_from=SINCE,
        )  # fmt: skip


def _today(stage: Stage, ines: Person) -> None:
    """Mara answers the telephone, and a colleague is away next week."""
    house, by = stage.own.organisation, stage.helin.actor
    acts.add_duty(
        by=by, organisation=house, day=stage.today, begins=time(8), ends=time(9), kind=DutyKind.PHONE, site=stage.site,
        person=stage.mara.person, note="Durchwahl 20",
    )  # fmt: skip
    acts.enter_absence(
        by=by, organisation=house, person=ines, first_on=stage.ahead(3), last_on=stage.ahead(10)
    )  # fmt: skip


def _shown(stage: Stage, monday: date) -> Roster:
    return rosters.show_roster(
        by=stage.helin.actor, organisation=stage.own.organisation, first_on=monday,
        last_on=monday + WEEKS * WEEK - timedelta(days=1), answer_by=min(stage.ahead(4), monday),
    )  # fmt: skip


def _answer(roster: Roster, who: Player, wish: str = "") -> None:
    reply = RosterReply.WISHES if wish else RosterReply.AGREES
    rosters.answer_roster(by=who.actor, answer=roster.answers.get(person=who.person), reply=reply, wish=wish)


def _that_holds(stage: Stage, monday: date) -> None:
    roster = _shown(stage, monday)
    _answer(roster, stage.mara)
    _answer(roster, stage.jonas, "Freitags bitte erst ab zehn Uhr.")
    wish = roster.answers.get(person=stage.jonas.person)
    rosters.decide_wish(
        by=stage.helin.actor, answer=wish, wish_state=WishState.GRANTED, decision="Der Kurs beginnt jetzt um zehn."
    )  # fmt: skip
    rosters.release_roster(by=stage.helin.actor, roster=roster)


def _talked_about(stage: Stage, monday: date) -> None:
    """Mara has not answered yet, and a wish waits."""
    _answer(_shown(stage, monday), stage.jonas, "In der zweiten Woche bitte keinen Telefondienst.")


def _covered(stage: Stage, ines: Person) -> None:
    house, by = stage.own.organisation, stage.helin.actor
    mara, jonas = stage.mara.person, stage.jonas.person
    lines = (
        (mara, jonas, CoverScope.ALL),
        (jonas, mara, CoverScope.ALL),
        (ines, mara, CoverScope.PHONE),
    )
    for person, deputy, scope in lines:
        cover.enter_stand_in(by=by, organisation=house, person=person, deputy=deputy, scope=scope, valid_from=SINCE)
    for name, phone, matter in (
        ("Fachleitung", "0150 555 30", "fachliche Fragen"),
        ("Geschäftsstelle", "0150 555 31", "Schlüssel und Räume"),
    ):
        cover.add_contact(by=by, organisation=house, name=name, phone=phone, matter=matter)
