from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog import door
from lotse.auditlog.door import NothingRecorded, action, record, refuse_if, require
from lotse.auditlog.models import Event
from lotse.auditlog.trace import request_id
from lotse.casework.enums import Tier
from lotse.core import errors
from lotse.core.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("verbs")]


def make_row():
    return DataKey.objects.create(organisation_id=1, wrapped=b"x", root_key_name="test")


def test_an_action_records_who_did_what_to_which_object(thing, mira):
    @action("test.changed", "hat etwas geändert")
    def change(*, by):
        record(thing, file=thing, fields=["b", "a"], reason="moved")

    change(by=mira)

    event = Event.objects.get()
    assert (event.actor_ref, event.actor_label, event.key, event.is_read) == (
        "mira",
        "Mira Beispiel",
        "test.changed",
        False,
    )
    assert (event.object_type, event.object_ref, event.file_ref, event.organisation_id) == (
        "thing",
        "thing",
        "thing",
        1,
    )
    assert (event.fields, event.details) == (["a", "b"], {"reason": "moved"})


def test_acknowledged_warnings_are_kept(thing, mira):
    @action("test.warned", "hat trotzdem gespeichert")
    def save(*, by):
        record(thing, warnings=["old_person", "far_away"])

    save(by=mira)
    assert Event.objects.get().details == {"warnings": ["far_away", "old_person"]}


def test_details_may_be_dates_numbers_and_codes(thing, mira):
    @action("test.detailed", "hat etwas getan")
    def act(*, by):
        record(thing, on=date(2026, 11, 2), share=Decimal("0.25"), tier=Tier.CASE_MANAGEMENT)

    act(by=mira)
    assert Event.objects.get().details == {"on": "2026-11-02", "share": "0.25", "tier": "case_management"}


def test_an_action_that_records_nothing_is_undone(mira):
    @action("test.silent", "hat nichts gesagt")
    def silent(*, by):
        make_row()

    with pytest.raises(NothingRecorded):
        silent(by=mira)
    assert DataKey.objects.count() == 0


def test_a_failing_entry_undoes_the_change(thing, mira, monkeypatch):
    @action("test.unlogged", "hat etwas geändert")
    def change(*, by):
        make_row()
        record(thing)

    def full(**values):
        raise OSError("disk full")

    monkeypatch.setattr(Event.objects, "create", full)
    with pytest.raises(OSError, match="disk full"):
        change(by=mira)
    assert DataKey.objects.count() == 0


def test_a_failing_change_leaves_no_entry(thing, mira):
    @action("test.failing", "hat etwas geändert")
    def change(*, by):
        record(thing)
        refuse_if(True, "Das geht nicht.")

    with pytest.raises(ValidationError):
        change(by=mira)
    assert Event.objects.count() == 0


def test_nested_actions_each_record_under_their_own_verb(thing, mira):
    @action("test.inner", "hat innen etwas getan")
    def inner(*, by):
        record(thing)

    @action("test.outer", "hat außen etwas getan")
    def outer(*, by):
        inner(by=by)
        record(thing)

    outer(by=mira)
    assert list(Event.objects.order_by("id").values_list("key", flat=True)) == ["test.inner", "test.outer"]


def test_an_outer_action_does_not_hide_behind_its_inner_one(thing, mira):
    @action("test.inner", "hat innen etwas getan")
    def inner(*, by):
        record(thing)

    @action("test.outer", "hat außen etwas getan")
    def outer(*, by):
        inner(by=by)

    with pytest.raises(NothingRecorded, match=r"test\.outer"):
        outer(by=mira)
    assert Event.objects.count() == 0


def test_record_outside_of_an_action_is_refused(thing):
    with pytest.raises(NothingRecorded):
        record(thing)


def test_a_verb_is_registered_once(mira):
    def register():
        @action("test.twice", "hat etwas getan")
        def act(*, by):
            pass

        return act

    act = register()
    assert door.VERBS["test.twice"].function is act
    with pytest.raises(ValueError, match="registered twice"):
        register()


def test_an_entry_names_the_request_it_came_with(thing, mira):
    @action("test.traced", "hat etwas getan")
    def act(*, by):
        record(thing)

    token = request_id.set("abc")
    act(by=mira)
    request_id.reset(token)
    act(by=mira)

    assert list(Event.objects.order_by("id").values_list("request_id", flat=True)) == ["abc", ""]


def test_what_is_not_allowed_says_why():
    with pytest.raises(errors.NotAllowed, match="Nicht hier"):
        require(False, "Nicht hier.")
    assert require(True) is None


def test_a_refusal_stands_beside_its_field():
    with pytest.raises(ValidationError) as caught:
        refuse_if(True, "Zu früh.", "begin")
    assert caught.value.message_dict == {"begin": ["Zu früh."]}
