"""Kinds of formats and timed agendas as data."""

import pytest

from lotse.network import packaged
from lotse.network.enums import Part, Per, Purpose
from lotse.network.packaged import BadData, agendas, kinds, sums_of

SEEDS = {
    "coordination_round", "intman_forum", "external_exchange", "round_table", "kickoff", "working_group_impact",
    "specialist_circle", "joint_circle", "retreat", "carrier_conference", "impact_dialogue", "state_committee",
    "politics_exchange", "team_case", "team_staff", "supervision", "peer_consultation", "mutual_visit", "training",
}  # fmt: skip


def test_every_format_of_the_seeds_is_there():
    assert set(kinds()) == SEEDS | {packaged.OTHER}


@pytest.mark.rule("NW-02")
@pytest.mark.rule("NW-03")
@pytest.mark.rule("NW-07")
@pytest.mark.rule("NW-08")
def test_minimums_are_those_of_the_sources():
    due = {key: (kind.at_least, kind.per) for key, kind in kinds().items() if kind.at_least}
    assert due == {
        "coordination_round": (1, Per.QUARTER), "intman_forum": (1, Per.QUARTER), "specialist_circle": (3, Per.YEAR),
        "joint_circle": (2, Per.YEAR), "retreat": (1, Per.YEAR), "carrier_conference": (1, Per.YEAR),
        "impact_dialogue": (3, Per.YEAR), "state_committee": (2, Per.YEAR),
    }  # fmt: skip


def test_what_no_source_lays_down_is_marked_as_a_default():
    assert all(kind.default <= {"lasts", "level", "months", "plan_in", "invite_days"} for kind in kinds().values())
    assert {key for key, kind in kinds().items() if "invite_days" not in kind.default} == set()


def test_agendas_of_the_seeds_add_up():
    assert (agendas()["coordination_round"].total, agendas()["intman_forum"].total) == (60, 120)
    assert sums_of(agendas()["intman_forum"].points) == {"inner": 65, "breaks": 10, "open": 45, "total": 120}


def test_every_agenda_says_which_point_closes_each_of_its_parts():
    closing = {
        key: [p.part for p in agenda.points if p.collects == Purpose.CLOSING] for key, agenda in agendas().items()
    }
    assert closing == {
        "coordination_round": [Part.OPEN], "intman_forum": [Part.INNER, Part.OPEN], "circle": [Part.OPEN],
        "open_meeting": [Part.OPEN],
    }  # fmt: skip


def test_only_the_forum_has_an_inner_part():
    assert {key for key, agenda in agendas().items() if any(p.part == Part.INNER for p in agenda.points)} == {
        "intman_forum"
    }


def test_an_agenda_that_goes_on_after_its_closing_point_is_refused():
    points = [
        {"title": title, "minutes": 5, "responsible": "Alle", "collects": "closing"} for title in ("Ende", "Noch etwas")
    ]
    with pytest.raises(BadData, match="goes on after"):
        packaged._agenda({"key": "x", "name": "X", "source": "", "sums": {"open": 10, "total": 10}, "points": points})


def test_an_agenda_that_does_not_add_up_is_refused():
    point = {"title": "Willkommen", "minutes": 5, "responsible": "Alle"}
    with pytest.raises(BadData, match="does not add up"):
        packaged._agenda({"key": "x", "name": "X", "source": "", "sums": {"open": 6, "total": 6}, "points": [point]})
