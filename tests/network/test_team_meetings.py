"""Team meetings of a house: set up and minuted by its technical lead, who gets no right over a network by it (NW-16)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.network.actions.agenda import keep_template
from lotse.network.actions.charters import share_charter, write_charter
from lotse.network.actions.closing import send_minutes
from lotse.network.actions.formats import add_member, begin_format, change_format, change_member, end_member
from lotse.network.actions.meetings import add_guest, invite, remove_place
from lotse.network.enums import Function
from lotse.network.models import Meeting, Member, NetworkFormat
from lotse.network.queries.work import all_work
from tests.factories import network as make
from tests.personas import grant, persona

pytestmark = pytest.mark.rule("NW-16")


@pytest.fixture
def lead(world):
    return world.technical_lead


@pytest.fixture
def team(world, lead):
    made = make.format_of(world, "team_case", by=lead.actor)
    make.joined_earlier(_join(lead, made, world.counsellor))
    return made


@pytest.fixture
def other_lead(world):
    """Of the same carrier, at another site."""
    persona(world, "other_lead", world.nordstadt, "technical_lead")
    return world.personas["other_lead"]


def _join(by, team, who, **more):
    return add_member(by=by.actor, format=team, colleague=who.person, function=Function.MEMBER, **more)


def test_her_team_meets_and_gets_its_minutes(world, lead, team):
    held = make.held(world, team, by=lead.actor)
    sent = send_minutes(by=lead.actor, meeting=held)
    assert {one.name for one in sent} == {str(lead.person), str(world.counsellor.person)}


def test_she_belongs_to_her_team_from_the_beginning_and_organises_it(lead, team):
    mine = Member.objects.get(format=team, person=lead.person)
    assert (mine.function, mine.email, mine.valid_from) == (Function.ORGANISER, lead.user.email, team.begun_on)


def test_what_her_team_has_agreed_on_she_writes_and_shares(lead, team):
    words = {"participants": "Team", "goals": "Fälle", "rhythm": "monatlich", "organising": "die Fachleitung"}
    written = write_charter(by=lead.actor, format=team, agreed_on=team.begun_on, **words)
    assert len(share_charter(by=lead.actor, charter=written)) == 2


@pytest.mark.parametrize("kind", ["coordination_round", "intman_forum", "supervision"])
def test_no_other_kind_of_format_is_hers(world, lead, kind):
    with pytest.raises(NotAllowed):
        make.format_of(world, kind, by=lead.actor)


@pytest.mark.parametrize("name", ["counsellor", "colleague", "carrier_manager", "sysadmin", "outsider", "funder"])
def test_nobody_else_begins_or_plans_team_meetings(world, team, name):
    by = world.personas[name].actor
    with pytest.raises(NotAllowed):
        make.format_of(world, "team_case", by=by, name="Noch eine")
    with pytest.raises(NotAllowed):
        make.meeting_of(world, team, by=by)
    with pytest.raises(NotAllowed):
        _join(world.personas[name], team, world.colleague)


def test_the_lead_of_another_carrier_finds_neither_team_nor_meeting(world, lead, team, login):
    persona(world, "far_lead", world.suedstadt, "technical_lead")
    meeting, far = make.meeting_of(world, team, by=lead.actor), world.personas["far_lead"]
    web = login(far)
    assert web.get(reverse("network:format", args=[team.public_id])).status_code == 404
    assert web.get(reverse("network:meeting", args=[meeting.public_id])).status_code == 404
    with pytest.raises(NotAllowed):
        invite(by=far.actor, meeting=meeting)


def test_a_counsellor_of_the_team_reads_it_and_changes_nothing(world, lead, team, login):
    meeting, web = make.meeting_of(world, team, by=lead.actor), login(world.counsellor)
    assert web.get(reverse("network:meeting", args=[meeting.public_id])).status_code == 200
    for name, found in (("edit_format", team), ("new_member", team), ("new_meeting", team), ("edit_meeting", meeting)):
        assert web.get(reverse(f"network:{name}", args=[found.public_id])).status_code == 403


def test_another_lead_of_the_house_reads_no_meeting_until_she_belongs_to_it(world, lead, team, other_lead, login):
    meeting, web = make.meeting_of(world, team, by=lead.actor), login(other_lead)
    assert web.get(reverse("network:meeting", args=[meeting.public_id])).status_code == 404
    with pytest.raises(ValidationError, match="selbst als Mitglied"):
        make.meeting_of(world, team, by=other_lead.actor)
    _join(other_lead, team, other_lead)
    own = make.meeting_of(world, team, by=other_lead.actor)
    assert set(Meeting.objects.visible_to(other_lead.actor)) == {own}


@pytest.mark.parametrize(
    "parts",
    [{"has_inner_part": True, "needs_mandate": True}, {"needs_mandate": True}, {"kind": "round_table"}, {"needs_speaker": True}],
)  # fmt: skip
def test_she_makes_no_network_of_a_team(lead, team, parts):
    with pytest.raises(ValidationError, match="Teambesprechungen"):
        change_format(by=lead.actor, format=team, **parts)


def test_topics_of_a_team_are_not_passed_on(world, lead, team):
    round_ = make.format_of(world)
    with pytest.raises(ValidationError, match="Themen"):
        change_format(by=lead.actor, format=team, reports_to=round_)


def test_nobody_from_outside_belongs_to_it_or_gets_its_mail(world, lead, team):
    meeting = make.meeting_of(world, team, by=lead.actor)
    member = Member.objects.get(format=team, person=world.counsellor.person)
    with pytest.raises(ValidationError, match="eigenen Hauses"):
        add_member(by=lead.actor, format=team, name="Erika Wolf", email="wolf@stadt.example")
    with pytest.raises(ValidationError, match="eigenen Hauses"):
        _join(lead, team, world.outsider)
    with pytest.raises(ValidationError, match="eigenen Hauses"):
        _join(lead, team, world.colleague, email="wolf@stadt.example")
    with pytest.raises(ValidationError, match="eigenen Hauses"):
        change_member(by=lead.actor, member=member, email="wolf@stadt.example")
    with pytest.raises(NotAllowed, match="eigenen Hauses"):
        add_guest(by=lead.actor, meeting=meeting, name="Erika Wolf")


def test_she_keeps_no_templates_of_the_house(world, lead, team):
    with pytest.raises(NotAllowed):
        keep_template(by=lead.actor, meeting=make.meeting_of(world, team, by=lead.actor), name="Unsere")


def test_a_round_of_the_district_stays_out_of_her_reach(world, lead):
    grant(lead.person, "technical_lead", world.district)
    made = make.round_of(world)
    with pytest.raises(NotAllowed):
        change_format(by=lead.actor, format=made, name="Anders")
    assert list(NetworkFormat.objects.organised_by(lead.actor)) == []


def test_who_organises_networks_for_the_house_keeps_team_meetings_too(world, lead, team):
    persona(world, "officer", world.nordstadt, "integration_officer")
    by = world.personas["officer"].actor
    assert add_member(by=by, format=team, name="Erika Wolf", email="wolf@stadt.example").person is None
    assert make.meeting_of(world, team, by=by).format == team


def test_a_place_is_taken_back_and_a_membership_ends(world, lead, team):
    meeting = make.meeting_of(world, team, by=lead.actor)
    remove_place(by=lead.actor, place=make.place_of(meeting, world.counsellor))
    ended = end_member(by=lead.actor, member=Member.objects.get(person=world.counsellor.person), on=make.SINCE)
    assert (meeting.attendances.count(), ended.valid_to) == (1, make.SINCE)


def test_she_begins_a_team_and_plans_its_first_date_on_the_pages(world, lead, login):
    web, address = login(lead), reverse("network:new_format")
    offered = web.get(address).content.decode()
    assert ("Fallbezogene" in offered, "Austauschforum" in offered) == (True, False)
    assert web.get(f"{address}?art=intman_forum").status_code == 404
    page = web.get(f"{address}?art=team_staff").content.decode()
    assert ('name="has_inner_part"' in page, 'name="reports_to"' in page, 'name="lasts"' in page) == (
        False,
        False,
        True,
    )
    given = {
        "name": "Team Nord",
        "at_least": 1,
        "per": "quarter",
        "lasts": 60,
        "invite_days": 7,
        "begun_on": "2026-01-05",
    }
    web.post(f"{address}?art=team_staff", given)
    made = NetworkFormat.objects.get()
    assert (made.kind, made.level, made.organisation) == ("team_staff", "micro", world.nordstadt)
    form = web.get(reverse("network:new_member", args=[made.public_id])).content.decode()
    assert ('name="colleague"' in form, 'name="email"' in form) == (True, False)
    web.post(
        reverse("network:new_member", args=[made.public_id]),
        {"colleague": world.counsellor.person.public_id, "function": "member"},
    )
    day = {"on": f"{make.soon():%Y-%m-%d}", "at": "10:00", "lasts": 60, "acknowledged": "free_day"}
    answer = web.post(reverse("network:new_meeting", args=[made.public_id]), day, follow=True)
    assert (answer.status_code, Meeting.objects.get().attendances.count()) == (200, 2)
    assert "Gast einladen" not in answer.content.decode()


def test_a_member_is_changed_without_her_address(world, lead, team, login):
    member = Member.objects.get(person=world.counsellor.person)
    address = reverse("network:edit_member", args=[team.public_id, member.public_id])
    login(lead).post(address, {"function": "moderator"})
    member.refresh_from_db()
    assert (member.function, member.email) == (Function.MODERATOR, world.counsellor.user.email)


def test_someone_is_to_be_chosen(lead, team, login):
    page = login(lead).post(reverse("network:new_member", args=[team.public_id]), {"function": "member"})
    assert "Bitte jemanden auswählen." in page.content.decode()


def test_a_format_with_an_agenda_of_the_house_keeps_it_when_she_saves(world, lead, team, login):
    persona(world, "officer", world.nordstadt, "integration_officer")
    change_format(by=world.personas["officer"].actor, format=team, agenda_key="own:x")
    page = login(lead).get(reverse("network:edit_format", args=[team.public_id])).content.decode()
    assert '<option value="own:x" selected>wie bisher' in page


def test_today_tells_her_which_of_her_meetings_wait_for_their_minutes(world, lead, team, other_lead):
    make.held(world, team, by=lead.actor)
    said = "Protokoll noch nicht verschickt"
    assert [one.badge for one in all_work(lead.actor, make.soon().date())] == [said, "Vereinbarung fehlt"]
    assert all_work(other_lead.actor, make.soon().date()) == []


def test_begun_by_the_door_only_with_a_kind_that_exists(lead):
    with pytest.raises(NotAllowed):
        begin_format(by=lead.actor, kind="team", name="X", begun_on=make.SINCE)
