from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.network.actions.mandates import end_mandate, enter_time
from lotse.network.models import AgendaItem, Attendance, Mandate, NetworkFormat
from lotse.network.queries import mandates as queries
from tests.factories import ways as make
from tests.factories.ways import days, today
from tests.personas import grant, persona

YEAR = queries.Span(date(2000, 1, 1), date(2100, 1, 1))


@pytest.fixture
def forum(world):
    """Organised by the district; people of two carriers belong to it."""
    made = make.forum_of(world.district)
    for name in ("counsellor", "outsider"):
        make.member(made, getattr(world, name))
    return made


@pytest.mark.rule("NW-04")
def test_a_lead_sends_one_of_her_house_to_a_format_elsewhere(world, forum, django_capture_on_commit_callbacks):
    made = make.granted(world, forum, to=world.colleague)

    assert (made.organisation, made.granted_by) == (world.nordstadt, world.technical_lead.person)
    assert [row.pk for row in Mandate.objects.in_force_on(today())] == [made.pk]


@pytest.mark.rule("NW-04")
@pytest.mark.parametrize(("by", "to"), [
    ("counsellor", "colleague"), ("technical_lead", "outsider"), ("technical_lead", "technical_lead"), ("coordinator", "counsellor"),
    ("sysadmin", "counsellor"),
])  # fmt: skip
def test_nobody_else_grants_and_nobody_to_herself(world, forum, by, to):
    with pytest.raises(NotAllowed):
        make.granted(world, forum, by=getattr(world, by), to=getattr(world, to))


@pytest.mark.rule("NW-04")
def test_management_grants_too(world, forum):
    assert make.granted(world, forum, by=world.carrier_manager).granted_by == world.carrier_manager.person


@pytest.mark.rule("NW-04")
@pytest.mark.rule("DP-08")
@pytest.mark.parametrize("role", ["technical_lead", "integration_officer", "desk_officer", "admin_clerk"])
def test_who_leads_or_organises_gets_no_mandate_for_an_inner_part(world, forum, role):
    grant(world.colleague.person, role, world.nordstadt, world.site)
    with pytest.raises(ValidationError, match="geschützten Teil"):
        make.granted(world, forum, to=world.colleague)

    open_round = make.format_of(world.nordstadt)
    assert make.granted(world, open_round, to=world.colleague).pk


@pytest.mark.rule("NW-04")
def test_who_does_not_counsel_gets_no_mandate_for_an_inner_part(world, forum):
    with pytest.raises(ValidationError, match="geschützten Teil"):
        make.granted(world, forum, to=world.specialist)
    assert not rules.may_hold_mandate(None, forum)


@pytest.mark.rule("NW-04")
def test_a_format_where_nobody_of_the_house_goes_is_not_to_be_chosen(world):
    elsewhere = make.format_of(world.suedstadt)
    make.member(elsewhere, world.outsider)
    with pytest.raises(ValidationError, match="noch niemand aus Ihrem Haus"):
        make.granted(world, elsewhere)


@pytest.mark.rule("NW-04")
def test_formats_open_for_mandates_are_those_that_people_of_the_house_are_in(world):
    own = make.format_of(world.nordstadt, "Eigene Runde")
    joined = make.format_of(world.district, "Bezirksrunde")
    make.member(joined, world.colleague)
    invited = make.format_of(world.district, "Tagung")
    make.attends(make.meeting(invited), world.colleague)
    left = make.format_of(world.district, "Früher")
    make.member(left, world.colleague, valid_to=days(-1))
    long_ago = make.format_of(world.district, "Lange her")
    make.attends(make.meeting(long_ago, on=days(-400)), world.colleague)
    make.member(make.format_of(world.suedstadt, "Fremd"), world.outsider)

    def names(who):
        return {row.name for row in NetworkFormat.objects.open_for_mandates(who.actor, today())}

    assert names(world.technical_lead) == {own.name, joined.name, invited.name}
    assert names(world.counsellor) == set()
    assert set(NetworkFormat.objects.visible_to(world.technical_lead.actor)) == {own}


@pytest.mark.rule("NW-04")
def test_one_mandate_at_a_time(world, forum):
    first = make.granted(world, forum, valid_from=days(-10), valid_to=days(10))
    for begin, end in ((-20, -10), (10, 20), (-5, 5), (-20, 20)):
        with pytest.raises(ValidationError):
            make.granted(world, forum, valid_from=days(begin), valid_to=days(end))
    following = make.granted(world, forum, valid_from=days(11), valid_to=days(20))
    assert {first, following} == set(Mandate.objects.all())


def test_a_mandate_that_is_over_already_is_refused(world, forum):
    with pytest.raises(ValidationError, match="schon vorbei"):
        make.granted(world, forum, valid_from=days(-10), valid_to=days(-1))
    world.counsellor.person.left_on = days(-1)
    world.counsellor.person.save()
    with pytest.raises(ValidationError, match="arbeitet dann nicht mehr"):
        make.granted(world, forum)


def test_holder_is_told_of_grant_and_end(world, forum, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = make.granted(world, forum)
        end_mandate(by=world.carrier_manager.actor, mandate=made, on=today())
    told = [letter for letter in mail.outbox if letter.to == ["counsellor@lotse.example"]]
    assert len(told) == 2


@pytest.mark.rule("NW-04")
def test_a_mandate_is_ended_early_by_who_leads_or_holds_it(world, forum):
    made = make.granted(world, forum)
    for name in ("colleague", "coordinator", "outsider"):
        with pytest.raises(NotAllowed):
            end_mandate(by=getattr(world, name).actor, mandate=made, on=today())

    end_mandate(by=world.counsellor.actor, mandate=made, on=days(-1))
    assert not Mandate.objects.in_force_on(today()).exists()
    with pytest.raises(ValidationError, match="endet schon vorher"):
        end_mandate(by=world.technical_lead.actor, mandate=made, on=days(5))


def test_a_mandate_that_has_not_begun_is_taken_back(world, forum):
    made = make.granted(world, forum, valid_from=days(5))
    end_mandate(by=world.technical_lead.actor, mandate=made, on=today())
    assert not Mandate.objects.exists()


def test_an_end_before_the_beginning_is_refused(world, forum):
    with pytest.raises(ValidationError, match="vor dem Beginn"):
        end_mandate(by=world.technical_lead.actor, mandate=make.granted(world, forum), on=days(-31))


# --- who goes where ------------------------------------------------------------------------------------------------------
@pytest.fixture
def busy(world, forum):
    """The counsellor with mandate and time, the colleague without; one format that nobody goes to."""
    make.granted(world, forum)
    make.member(forum, world.colleague)
    make.format_of(world.nordstadt, "Leere Runde")
    held = make.meeting(forum)
    make.attends(held, world.counsellor, minutes=90)
    make.attends(held, world.colleague, minutes=30)
    make.attends(held, world.outsider, minutes=120)
    make.attends(make.meeting(forum, state="cancelled"), world.counsellor, minutes=60)
    return forum


def test_matrix_holds_the_people_of_the_house_their_mandates_and_hours(world, busy):
    matrix = queries.who_goes_where(world.technical_lead.actor, YEAR, today())

    assert [(column.format.name, column.people, column.minutes) for column in matrix.columns] == [
        ("Austauschforum", 2, 120), ("Leere Runde", 0, 0),
    ]  # fmt: skip
    shown = {
        row.person.first_name: (row.formats, row.hours, [p.mandate is not None for p in row.places])
        for row in matrix.rows
    }
    assert shown == {"Counsellor": (1, 1.5, [True]), "Colleague": (1, 0.5, [False])}
    assert [format.name for format in matrix.unattended] == ["Leere Runde"]


def test_everybody_else_finds_only_herself_in_the_matrix(world, busy):
    (row,) = queries.who_goes_where(world.counsellor.actor, YEAR, today()).rows
    assert (row.person, row.hours) == (world.counsellor.person, 1.5)
    assert queries.who_goes_where(world.coordinator.actor, YEAR, today()).rows == []
    assert queries.who_goes_where(world.counsellor.actor, queries.Span(days(-5), today()), today()).rows[0].hours == 0


def test_time_is_divided_among_carriers_without_names(world, busy):
    lead = world.technical_lead.actor
    parts = queries.parts_of_carriers(lead, YEAR, today())
    assert [(p.format, p.carrier, p.people, p.minutes, p.percent) for p in parts] == [
        ("Austauschforum", "KV Nordstadt", 2, 120, 50), ("Austauschforum", "KV Südstadt", 1, 120, 50),
    ]  # fmt: skip
    assert queries.parts_of_carriers(world.coordinator.actor, YEAR, today()) == parts
    mine = world.counsellor.actor
    assert queries.parts_of_carriers(mine, YEAR, today()) == []


def test_a_format_of_one_carrier_is_not_divided(world):
    own = make.format_of(world.nordstadt)
    make.attends(make.meeting(own), world.counsellor, minutes=90)
    lead = world.technical_lead.actor
    assert queries.parts_of_carriers(lead, YEAR, today()) == []


def test_number_of_statements_does_not_grow_with_people(world, busy, django_assert_num_queries):
    lead = world.technical_lead.actor
    with django_assert_num_queries(5):
        queries.who_goes_where(lead, YEAR, today())
    for number in range(3):
        persona(world, f"neu{number}", world.nordstadt, "counsellor", world.site)
        who = world.personas[f"neu{number}"]
        make.member(busy, who)
        make.granted(world, busy, to=who)
    with django_assert_num_queries(5):
        assert len(queries.who_goes_where(lead, YEAR, today()).rows) == 5


@pytest.mark.rule("NW-04")
def test_who_sits_in_a_forum_without_mandate_is_named_to_its_organiser(world, forum):
    make.granted(world, forum)
    make.member(forum, world.coordinator, function="organiser")
    external = make.member(forum, world.colleague)
    external.person = None
    external.save()

    def named(who):
        return [row.name for row in queries.named_without_mandate(who.actor, today())]

    assert named(world.coordinator) == ["Outsider Beispiel"]
    assert (named(world.technical_lead), named(world.counsellor)) == ([], [])
    assert [duty.title for duty in make.duties(world.coordinator.actor)] == ["Outsider Beispiel, Austauschforum"]


@pytest.mark.rule("NW-04")
def test_what_runs_out_soon_stands_on_today_of_holder_and_lead(world, forum):
    make.granted(world, forum, valid_to=days(40))

    def seen(who):
        return [(duty.what, duty.title) for duty in make.duties(getattr(world, who).actor)]

    assert seen("counsellor") == [("Mein Mandat läuft aus", "Austauschforum")]
    assert (
        seen("technical_lead")
        == seen("carrier_manager")
        == [("Mandat läuft aus", "Counsellor Beispiel, Austauschforum")]
    )
    assert seen("colleague") == seen("outsider") == seen("funder") == []

    make.granted(world, forum, valid_from=days(41), valid_to=days(400))
    assert seen("counsellor") == seen("technical_lead") == []


def test_what_runs_out_later_stands_nowhere_yet(world, forum):
    make.granted(world, forum, valid_to=days(61))
    assert make.duties(world.counsellor.actor) == []


# --- own time ------------------------------------------------------------------------------------------------------------
def test_own_time_is_entered_in_one_field_and_counts(world, forum, login):
    place = make.attends(make.meeting(forum), world.counsellor)
    page = login(world.counsellor)

    assert page.get(f"/netzwerk/mandate/zeit/{place.meeting.public_id}/").context["form"].initial == {"minutes": 90}
    assert page.post(f"/netzwerk/mandate/zeit/{place.meeting.public_id}/", {"minutes": "100"}).status_code == 302
    place.refresh_from_db()
    assert place.minutes == 100
    assert login(world.colleague).get(f"/netzwerk/mandate/zeit/{place.meeting.public_id}/").status_code == 404


def test_usual_time_of_who_sat_in_the_open_part_is_what_its_agenda_says(world, forum):
    held = make.meeting(forum, lasts=120)
    for part, lasts, is_break in ((1, 65, False), (2, 10, True), (2, 45, False)):
        AgendaItem.objects.create(
            organisation=world.district,
            meeting=held,
            part=part,
            position=1,
            lasts=lasts,
            title="Punkt",
            is_break=is_break,
        )
    outside = make.attends(held, world.outsider)
    make.granted(world, forum)
    inside = make.attends(held, world.counsellor, in_inner_part=True)

    assert queries.usual_minutes(world.outsider.actor, outside) == 45
    assert queries.usual_minutes(world.counsellor.actor, inside) == 120


@pytest.mark.parametrize(("more", "message"), [
    ({"state": "cancelled"}, "ausgefallen"), ({"on": date.today() + timedelta(days=3)}, "noch nicht"),
])  # fmt: skip
def test_time_is_entered_for_meetings_that_were(world, forum, more, message):
    place = make.attends(make.meeting(forum, **more), world.counsellor)
    with pytest.raises(ValidationError, match=message):
        enter_time(by=world.counsellor.actor, attendance=place, minutes=30)


def test_time_is_ones_own_and_of_who_was_there(world, forum):
    place = make.attends(make.meeting(forum), world.counsellor, presence="absent")
    with pytest.raises(ValidationError, match="nicht da"):
        enter_time(by=world.counsellor.actor, attendance=place, minutes=30)
    with pytest.raises(NotAllowed):
        enter_time(by=world.technical_lead.actor, attendance=place, minutes=30)
    Attendance.objects.update(presence="present")
    with pytest.raises(ValidationError, match="1440"):
        enter_time(by=world.counsellor.actor, attendance=place, minutes=1441)


def test_meetings_without_own_time_are_listed(world, forum):
    first = make.attends(make.meeting(forum), world.counsellor)
    make.attends(make.meeting(forum, on=days(-3)), world.counsellor, minutes=60)
    make.attends(make.meeting(forum, on=days(-91)), world.counsellor)
    make.attends(make.meeting(forum, on=days(-4)), world.counsellor, presence="excused")
    make.attends(make.meeting(forum, on=days(-5), state="cancelled"), world.counsellor)
    make.attends(make.meeting(forum, on=days(3), state="invited"), world.counsellor, presence="unknown")
    assert queries.untimed(world.counsellor.actor, today()) == [first]


# --- pages ---------------------------------------------------------------------------------------------------------------
def test_a_lead_grants_extends_and_ends_on_the_pages(world, forum, login):
    page = login(world.technical_lead)
    given = {
        "person": world.counsellor.person.public_id, "format": forum.public_id, "scope": "spricht für uns",
        "valid_from": f"{today()}", "valid_to": f"{days(50)}",
    }  # fmt: skip
    assert page.post("/netzwerk/mandate/neu/", given).status_code == 302
    (made,) = Mandate.objects.all()

    first = page.get(f"/netzwerk/mandate/{made.public_id}/verlaengern/").context["form"].initial
    assert (first["valid_from"], first["person"], first["scope"]) == (days(51), given["person"], "spricht für uns")
    assert page.post("/netzwerk/mandate/neu/", given).context["form"].errors == {"valid_from": [
        "Für diese Zeit hat die Person hier schon ein Mandat. Bitte das alte zuerst beenden oder später beginnen."
    ]}  # fmt: skip

    assert page.post(f"/netzwerk/mandate/{made.public_id}/beenden/", {"on": f"{today()}"}).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == today()
    assert "Counsellor Beispiel" in page.get("/netzwerk/mandate/").content.decode()


def test_who_lost_her_mandate_still_reads_what_she_may(world, forum, login):
    """The list of mandates shows hers and nobody else's to who grants none."""
    make.granted(world, forum, to=world.colleague)
    mine = make.granted(world, forum)
    shown = login(world.counsellor).get("/netzwerk/mandate/").context["mandates"]
    assert [row.pk for row in shown] == [mine.pk]


def test_a_past_year_shows_who_held_a_mandate_then(world, busy, login):
    last = today().year - 1
    page = login(world.technical_lead).get(f"{reverse('network:mandates')}?jahr={last}").content.decode()
    now = login(world.technical_lead).get(reverse("network:mandates")).content.decode()
    assert [">Mandat</span>" in shown for shown in (page, now)] == [False, True]
