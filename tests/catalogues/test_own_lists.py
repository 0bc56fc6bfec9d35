from pathlib import Path

import pytest
from django.template import Context, Template

from lotse.catalogues.actions import add_entry, change_entry, reset_entry
from lotse.catalogues.fields import ListField, ListsField
from lotse.catalogues.own_lists import desk_of, lists_of
from lotse.core.forms import NOT_OFFERED, LotseForm

SOURCE = Path(__file__).resolve().parents[2] / "src" / "lotse"


class ReasonForm(LotseForm):
    reason = ListField("end_reason", label="Grund", empty="–")
    others = ListsField("end_reason", label="Weitere", required=False)


class GoalsForm(LotseForm):
    goal = ListField("goal", label="Ziel", grouped=True)
    status = ListField("residence_status", label="Status", grouped=True)


@pytest.fixture
def lead(world):
    return world.carrier_manager.actor


def offered(form, name="reason"):
    return dict(form[name].field.choices)


def shown(source, actor=None, **context):
    with desk_of(actor):
        return Template(source).render(Context(context))


def test_form_offers_the_own_words_of_the_actors_organisation(world, lead):
    own = add_entry(by=lead, name="end_reason", label="Ruhestand")
    change_entry(by=lead, name="end_reason", key="moved", label="weggezogen")

    here, there = offered(ReasonForm(actor=world.counsellor.actor)), offered(ReasonForm(actor=world.outsider.actor))

    assert (here["moved"], here[own.key], here[""]) == ("weggezogen", "Ruhestand", "–")
    assert (there["moved"], own.key in there) == ("Umzug", False)


def test_form_without_an_actor_offers_the_proposal(db):
    assert offered(ReasonForm())["moved"] == "Umzug"


def test_switched_off_entry_is_neither_offered_nor_taken(world, lead):
    change_entry(by=lead, name="end_reason", key="moved", hidden=True)
    form = ReasonForm({"reason": "moved", "others": ["moved"]}, actor=world.counsellor.actor)

    assert "moved" not in offered(form)
    assert form.errors == {name: [NOT_OFFERED] for name in ("reason", "others")}


def test_stored_entry_stays_choosable_after_it_was_switched_off(world, lead):
    change_entry(by=lead, name="end_reason", key="moved", hidden=True)
    change_entry(by=lead, name="end_reason", key="other", hidden=True)
    initial = {"reason": "moved", "others": ["moved", "other"]}
    form = ReasonForm(initial, actor=world.counsellor.actor, initial=initial)

    assert form.is_valid()
    assert ("moved" in offered(form), "other" in offered(form)) == (True, False)
    assert {"moved", "other"} <= set(offered(form, "others"))


def test_groups_are_named_in_own_words(world, lead):
    change_entry(by=lead, name="goal_area", key="housing", label="Wohnung und Umzug")
    loose = add_entry(by=lead, name="goal", label="Ohne Bereich")
    form = GoalsForm(actor=lead)

    assert "Wohnung und Umzug" in offered(form, "goal")
    assert offered(form, "goal")[loose.key] == "Ohne Bereich"
    assert all(isinstance(rows, list) for group, rows in form["status"].field.choices)


def test_template_shows_own_words_and_old_keys(world, lead):
    own = add_entry(by=lead, name="end_reason", label="Ruhestand")
    reset_entry(by=lead, override=own)
    change_entry(by=lead, name="end_reason", key="moved", label="weggezogen", hidden=True)
    one, many = '{{ key|words:"end_reason" }}', '{{ keys|all_words:"end_reason" }}'

    assert shown(one, lead, key=own.key) == "Ruhestand"
    assert shown(many, lead, keys=["moved", "other"]).startswith("weggezogen, ")
    assert shown(one, world.outsider.actor, key="moved") == "Umzug"
    assert shown(one, None, key="moved") == "Umzug"
    assert shown(one, lead, key="") == ""


def test_one_request_asks_once_for_all_lists(lead, django_assert_num_queries):
    change_entry(by=lead, name="end_reason", key="moved", hidden=True)
    with desk_of(lead), django_assert_num_queries(1):
        for name in ("end_reason", "goal", "language", "german_level"):
            lists_of(lead.organisation_id).get(name)
        shown_twice = '{{ "de"|words:"language" }}{{ "moved"|words:"end_reason" }}'
        Template(shown_twice).render(Context())


def test_official_lists_ask_nothing(lead, django_assert_num_queries):
    with desk_of(lead), django_assert_num_queries(0):
        Template('{{ "a1"|words:"german_level" }}').render(Context())


def test_change_shows_within_the_same_request(lead):
    with desk_of(lead):
        lists_of(lead.organisation_id).label("end_reason", "moved")
        made = change_entry(by=lead, name="end_reason", key="moved", label="weggezogen")
        assert lists_of(lead.organisation_id).label("end_reason", "moved") == "weggezogen"
        reset_entry(by=lead, override=made)
        assert lists_of(lead.organisation_id).label("end_reason", "moved") == "Umzug"


def test_one_request_knows_nothing_of_the_one_before(lead):
    with desk_of(lead):
        change_entry(by=lead, name="end_reason", key="moved", label="weggezogen")
        before = lists_of(lead.organisation_id)
    with desk_of(lead):
        assert lists_of(lead.organisation_id) is not before


def test_no_form_reads_a_list_past_the_organisation():
    past = [
        path for path in SOURCE.rglob("*.py") if "forms" in path.as_posix() and "catalogues.loader" in path.read_text()
    ]
    assert past == []
