"""The roster: weeks from patterns, who is there, and where somebody is missing."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from lotse.casework.actions.caseload import enter_absence
from lotse.casework.enums import AbsenceCode
from lotse.core.errors import NotAllowed
from lotse.quality.actions import duty as acts
from lotse.quality.models import Duty, DutyAbsence
from lotse.quality.queries import duty as queries
from tests.factories import quality as houses
from tests.factories import quality_duty as make
from tests.funding.refusing import refused


def week(world, persona="counsellor", **more):
    return queries.week(world.personas[persona].actor, make.monday(), **more)


def said(world, persona="counsellor"):
    return [(shift.duty.begins.hour, shift.gap, shift.who) for shift in week(world, persona).shifts]


def test_weeks_are_made_from_the_pattern_with_the_usual_person_first(world):
    make.pattern(world, needs=2)
    assert make.weeks(world, number=2) == 4
    rows = list(Duty.objects.values_list("day", "place", "person"))
    who, monday = world.counsellor.person.pk, make.monday()
    assert rows == [
        (day, place, who if place == 1 else None) for day in (monday, monday + timedelta(7)) for place in (1, 2)
    ]


def test_no_week_is_made_twice_and_what_was_changed_stays(world):
    make.pattern(world)
    make.weeks(world)
    acts.change_duty(by=world.technical_lead.actor, duty=Duty.objects.get(), is_off=True)
    assert make.weeks(world, number=2) == 1
    assert list(Duty.objects.values_list("is_off", flat=True)) == [True, False]
    assert refused(lambda: make.weeks(world, number=2)) == ["In diesen Wochen ist schon alles angelegt."]


def test_any_day_names_its_week(world):
    make.pattern(world)
    make.weeks(world, first_on=make.monday() + timedelta(days=3))
    assert Duty.objects.get().day == make.monday()


def test_without_a_pattern_that_holds_nothing_is_made(world):
    make.pattern(world, valid_to=date(2020, 12, 31))
    assert refused(lambda: make.weeks(world)) == ["Es gibt noch kein Muster, das in diesen Wochen gilt."]


@pytest.mark.parametrize("number", [0, 27])
def test_at_most_half_a_year_is_made_at_once(world, number):
    make.pattern(world)
    assert refused(lambda: make.weeks(world, number=number)) == ["Bitte 1 bis 26 Wochen angeben."]


def test_who_has_left_is_not_planned(world):
    make.pattern(world)
    world.counsellor.person.left_on = make.monday() - timedelta(days=1)
    world.counsellor.person.save()
    make.weeks(world)
    assert Duty.objects.get().person is None


def test_a_changed_pattern_leaves_the_weeks_that_are_made(world):
    pattern = make.pattern(world)
    make.weeks(world)
    acts.change_template(by=world.technical_lead.actor, template=pattern, revision=1, begins=time(8))
    make.weeks(world, first_on=make.monday(2))
    assert [row.begins for row in Duty.objects.all()] == [time(9), time(8)]


def test_the_second_who_saves_a_duty_is_told(world):
    duty = make.duty(world)
    acts.change_duty(by=world.technical_lead.actor, duty=duty, revision=1, note="Raum 2")
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.change_duty(by=world.carrier_manager.actor, duty=duty, revision=1, note="Raum 3")


@pytest.mark.parametrize("field", ["person", "deputy"])
def test_only_people_of_the_house_are_planned(world, field):
    message = refused(lambda: make.duty(world, **{field: world.outsider.person}))
    assert message == ["Bitte jemanden wählen, der hier arbeitet."]


def test_only_sites_of_the_house_are_planned(world):
    message = refused(lambda: make.duty(world, site=world.far_site))
    assert message == ["Bitte eine Beratungsstelle dieses Trägers wählen."]


@pytest.mark.parametrize("name", ["counsellor", "coordinator", "outsider", "sysadmin"])
def test_who_does_not_keep_the_quality_of_the_house_plans_nothing(world, name):
    pattern, duty, absence = make.pattern(world), make.duty(world), make.away(world)
    by, house = world.personas[name].actor, world.nordstadt
    for plan in (
        lambda: make.pattern(world, by=world.personas[name]),
        lambda: make.duty(world, by=world.personas[name]),
        lambda: make.away(world, by=world.personas[name]),
        lambda: acts.change_template(by=by, template=pattern, needs=2),
        lambda: acts.change_duty(by=by, duty=duty, is_off=True),
        lambda: acts.make_weeks(by=by, organisation=house, first_on=make.monday(), weeks=1),
        lambda: acts.remove_absence(by=by, absence=absence),
    ):
        with pytest.raises(NotAllowed):
            plan()
    assert (Duty.objects.count(), DutyAbsence.objects.count()) == (1, 1)


def test_a_place_that_nobody_fills_is_a_gap(world):
    make.duty(world, person=None)
    assert said(world) == [(9, "nobody", None)]
    assert week(world).gaps == 1


def test_a_duty_that_is_called_off_is_none(world):
    make.duty(world, person=None, is_off=True)
    assert said(world) == [(9, "", None)]


def test_who_is_away_leaves_a_gap_or_is_stood_in_for(world):
    make.duty(world)
    make.duty(world, begins=time(13), ends=time(15), deputy=world.colleague.person)
    make.away(world)
    assert said(world) == [(9, "away", None), (13, "", world.colleague.person)]
    assert [shift.stands_in for shift in week(world).shifts] == [False, True]


def test_a_deputy_who_is_away_too_closes_no_gap(world):
    make.duty(world, deputy=world.colleague.person)
    make.away(world)
    make.away(world, who=world.colleague.person)
    assert said(world) == [(9, "away", None)]


def test_an_absence_known_from_the_files_counts_without_being_entered_again(world):
    make.duty(world)
    enter_absence(
        by=world.counsellor.actor, person=world.counsellor.person, deputy=world.colleague.person, first_on=make.monday(),
        last_on=make.monday(), code=AbsenceCode.PLANNED,
    )  # fmt: skip
    assert said(world) == [(9, "away", None)]
    assert week(world).days[0].away == [world.counsellor.person]
    assert week(world).days[1].away == []


@pytest.mark.parametrize(("begins", "gap"), [(time(11), "twice"), (time(12), "")])
def test_nobody_is_at_two_places_at_once(world, begins, gap):
    make.duty(world)
    make.duty(world, begins=begins, ends=time(14))
    assert [shift.gap for shift in week(world).shifts] == [gap, gap]


def test_a_site_shows_its_own_duties_and_those_of_all(world):
    make.duty(world, site=world.site)
    make.duty(world, begins=time(13), ends=time(14))
    assert [shift.duty.begins.hour for shift in week(world, site=world.site).shifts] == [9, 13]
    assert [shift.duty.begins.hour for shift in week(world, site=world.far_site).shifts] == [13]


def test_saturday_shows_only_where_something_is_on(world):
    assert len(week(world).days) == 5
    make.duty(world, day=make.monday() + timedelta(days=5))
    assert [day.on.weekday() for day in week(world).days] == [0, 1, 2, 3, 4, 5]


def test_ones_own_week_holds_what_she_does_and_nothing_else(world):
    make.duty(world)
    make.duty(world, begins=time(13), ends=time(15), person=world.colleague.person)
    make.duty(world, begins=time(15), ends=time(16), person=world.technical_lead.person, deputy=world.colleague.person)
    make.away(world, who=world.technical_lead.person)
    mine = queries.my_week(world.colleague.actor, make.monday())
    assert [shift.duty.begins.hour for shift in mine.shifts] == [13, 15]


@pytest.mark.parametrize("name", ["outsider", "coordinator", "funder"])
def test_other_houses_see_nothing_of_the_roster(world, name):
    make.duty(world)
    assert week(world, name).shifts == []


def test_who_is_away_is_seen_by_all_and_why_by_nobody_who_does_not_plan(world):
    make.away(world)
    assert week(world).days[0].away == [world.counsellor.person]
    assert [
        DutyAbsence.objects.visible_to(world.personas[name].actor).count() for name in ("counsellor", "colleague")
    ] == [0, 0]
    assert queries.absences(world.technical_lead.actor, make.monday())[0].get_kind_display() == "Urlaub"
    assert queries.absences(houses.far_manager(world).actor, make.monday()) == []
