"""Every display hides anew: small numbers, and what an earlier revision lying beside it would tell."""

import pytest
from hypothesis import given, settings

from lotse.organisations.models import Site
from lotse.wayup import display, rules
from lotse.wayup.actions.closings import reopen
from lotse.wayup.display import _table, shown
from lotse.wayup.tables import MISSING
from tests.wayup import making
from tests.wayup.making import approved, drawn
from tests.wayup.tables import FORM, numbers

ONE, TWO = FORM.table("cases_stay"), FORM.table("cases_age")

pytestmark = pytest.mark.rule("UP-06")


def look(table, cells, *earlier, unread=None):
    return _table(table, cells, unread if unread is not None else cells, list(earlier))


def counts(view):
    return {line.label: line.counts for line in view.lines}


def test_a_table_shows_its_numbers_in_words():
    view = look(ONE, {("under_1",): 7, ("from_3",): 9})
    assert counts(view) == {
        "unter 1 Jahr": (7,), "1 bis 2 Jahre": (0,), "3 Jahre und länger": (9,), "nicht erhoben": (0,), "zusammen": (16,),
    }  # fmt: skip
    assert (view.total, view.heads) == (16, ())


def test_a_table_of_two_dimensions_has_sums_at_both_sides():
    view = look(TWO, {("under_27", "w"): 10, ("under_27", "m"): 20, ("from_65", "w"): 30})
    assert view.heads == ("weiblich", "männlich", "divers", "nicht erhoben", "zusammen")
    assert (counts(view)["unter 27"], counts(view)["zusammen"]) == ((10, 20, 0, 0, 30), (40, 20, 0, 0, 60))


def test_other_stands_there_only_when_there_is_something_to_see_or_to_hide():
    assert "weitere aus eigenen Listen" not in counts(look(ONE, {("under_1",): 7}))
    assert counts(look(ONE, {("under_1",): 7, ("_other",): 9}))["weitere aus eigenen Listen"] == (9,)
    assert counts(look(ONE, {("under_1",): 7, ("from_3",): 20, ("_other",): 2}))["weitere aus eigenen Listen"] == (
        None,
    )


@given(numbers())
@settings(max_examples=60, deadline=None)
def test_no_small_number_shows_nor_is_the_only_one_hidden(tables):
    for form in FORM.tables:
        view = look(form, tables[form.key])
        seen = [count for line in view.lines for count in line.counts]
        assert not [count for count in seen if count and count < 5]
        for line in view.lines[:-1]:  # the hidden ones of a line that shows its sum leave room
            if len(line.counts) > 1 and line.counts[-1] is not None and None in line.counts:
                rest = line.counts[-1] - sum(count or 0 for count in line.counts[:-1])
                assert line.counts.count(None) > 1
                assert rest >= 5
        last = [line.counts[-1] for line in view.lines]
        if last[-1] is not None and None in last:
            assert last.count(None) > 1
            assert last[-1] - sum(count or 0 for count in last[:-1]) >= 5


@given(numbers(), numbers())
@settings(max_examples=60, deadline=None)
def test_no_cell_that_two_revisions_show_differs_by_few(before, now):
    for form in FORM.tables:
        old, new = look(form, before[form.key]), look(form, now[form.key], before[form.key])
        pairs = [
            (one, counts(old)[line.label][place])
            for line in new.lines[:-1]
            if line.label in counts(old) and len(counts(old)[line.label]) == len(line.counts)
            for place, one in enumerate(line.counts)
        ]
        if new.heads == old.heads:
            assert [(a, b) for a, b in pairs if None not in (a, b) and 0 < abs(a - b) < 5] == []


def test_what_changed_by_few_is_hidden_with_another_and_the_sum_stays():
    before = {("under_1",): 20, ("1_to_2",): 30, ("from_3",): 40}
    now = {**before, ("1_to_2",): 31}
    assert counts(look(ONE, now, before)) == {
        "unter 1 Jahr": (None,), "1 bis 2 Jahre": (None,), "3 Jahre und länger": (40,), "nicht erhoben": (0,), "zusammen": (91,),
    }  # fmt: skip


def test_in_two_dimensions_what_changed_by_few_is_hidden_with_others():
    before = {(age, sex): 20 for age in ("under_27", "27_to_34", "35_to_44") for sex in ("w", "m")}
    view = counts(look(TWO, {**before, ("under_27", "w"): 21}, before))
    assert view["unter 27"][0] is None
    assert view["zusammen"][-1] == 121
    hidden = [(label, place) for label, line in view.items() for place, count in enumerate(line) if count is None]
    assert len(hidden) >= 4


def test_what_the_reader_knows_of_her_own_site_protects_nobody():
    """Of nine cases seven are of the site whose files she reviews: the others are two."""
    cells, unread = (
        {("under_1",): 9, ("from_3",): 20, (MISSING,): 30},
        {("under_1",): 2, ("from_3",): 20, (MISSING,): 30},
    )
    assert counts(look(ONE, cells))["unter 1 Jahr"] == (9,)
    assert counts(look(ONE, cells, unread=unread))["unter 1 Jahr"] == (None,)


def test_the_sum_of_a_carrier_hides_more_from_who_reviews_one_of_its_sites(house, period, year, monkeypatch):
    third = Site.objects.get(name="Beratungsstelle Weststadt")
    for site in (house.site, third):
        making.accepted(period, site, house.technical_lead, house.carrier_manager, house.technical_lead)
    made = drawn(period, house.nordstadt, house.technical_lead)
    given_in = []
    monkeypatch.setattr(
        display, "_table", lambda form, cells, unread, earlier: given_in.append((form.key, cells, unread))
    )
    shown(house.technical_lead.actor, made)
    shown(house.carrier_manager.actor, made)
    by_lead, by_manager = given_in[: len(FORM.tables)], given_in[len(FORM.tables) :]
    assert all(cells == unread for _key, cells, unread in by_manager)
    third_alone = making.latest(period, third).numbers
    assert [{k: n for k, n in unread.items() if n} for _key, _cells, unread in by_lead] == [
        {k: n for k, n in third_alone[key].items() if n} for key, _cells, _unread in by_lead
    ]


def test_revisions_before_are_what_is_compared(house, period, year, monkeypatch):
    first = approved(period, house.site, house.technical_lead, house.carrier_manager)
    reopen(by=house.technical_lead.actor, closing=first, reason="Nachtrag")
    second = drawn(period, house.site, house.technical_lead)
    seen = []
    monkeypatch.setattr(display, "_table", lambda _form, _cells, _unread, earlier: seen.append(len(earlier)))
    shown(house.technical_lead.actor, first)
    shown(house.technical_lead.actor, second)
    assert seen == [0] * len(FORM.tables) + [1] * len(FORM.tables)


def test_numbers_of_a_site_are_for_who_reviews_it_and_sums_for_who_leads(house, period):
    site = approved(period, house.site, house.technical_lead, house.carrier_manager)
    making.accepted(period, house.far_site, house.south_lead, house.south_manager, house.south_lead)
    whole = drawn(period, house.suedstadt, house.south_lead)
    who = ("technical_lead", "carrier_manager", "coordinator", "south_lead", "south_manager", "counsellor", "funder")

    def seen(closing, **more):
        return [name for name in who if rules.sees_numbers(getattr(house, name).actor, closing, **more)]

    assert seen(site, is_only_unit=False) == ["technical_lead"]
    assert seen(site, is_only_unit=True) == ["technical_lead", "carrier_manager"]
    assert seen(whole, is_only_unit=False) == ["south_lead", "south_manager"]


def test_of_another_installation_nobody_sees_numbers(house, period):
    made = drawn(period, house.site, house.technical_lead)
    made.site_id, made.installation_id = None, 1
    assert not rules.sees_numbers(house.technical_lead.actor, made, is_only_unit=True)
