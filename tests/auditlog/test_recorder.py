import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.recorder import ReadNotLogged, record_read
from lotse.core.readonly import WriteDuringRead, reading_only

pytestmark = pytest.mark.django_db


def changed_by(actor, thing):
    Event.objects.create(
        actor_ref=actor.ref, actor_label=actor.label, key="x", file_ref=thing.public_id, organisation_id=1
    )


def reads():
    return Event.objects.filter(is_read=True).count()


def test_reading_is_recorded_with_its_part(thing, mira):
    record_read(by=mira, obj=thing, what="Förderplan")

    event = Event.objects.get()
    assert (event.actor_ref, event.key, event.is_read, event.file_ref, event.details) == (
        "mira",
        "read",
        True,
        "thing",
        {"what": "Förderplan"},
    )


def test_the_same_read_within_five_minutes_stands_once(thing, mira):
    record_read(by=mira, obj=thing)
    record_read(by=mira, obj=thing)
    assert reads() == 1


def test_the_same_read_later_stands_again(thing, mira):
    early = timezone.now() - timedelta(minutes=6)
    Event.objects.create(
        at=early, actor_ref="mira", actor_label="Mira Beispiel", key="read", is_read=True, object_type="thing",
        object_ref="thing", file_ref="thing", details={"what": "Akte"},
    )  # fmt: skip
    record_read(by=mira, obj=thing)
    assert reads() == 2


def test_another_part_another_kind_and_another_person_stand_each(thing, mira, karim):
    record_read(by=mira, obj=thing, what="Akte")
    record_read(by=mira, obj=thing, what="Förderplan")
    record_read(by=mira, obj=thing, what="Förderplan", kind="printed")
    record_read(by=karim, obj=thing, what="Akte")
    assert reads() == 4


def test_a_change_by_somebody_else_makes_the_next_read_a_new_one(thing, mira, karim):
    record_read(by=mira, obj=thing)
    changed_by(karim, thing)
    record_read(by=mira, obj=thing)
    assert reads() == 2


def test_an_own_change_does_not(thing, mira):
    record_read(by=mira, obj=thing)
    changed_by(mira, thing)
    record_read(by=mira, obj=thing)
    assert reads() == 1


def test_the_read_log_may_write_where_a_page_may_not(thing, mira):
    with connection.execute_wrapper(reading_only):
        record_read(by=mira, obj=thing)
        with pytest.raises(WriteDuringRead), transaction.atomic():
            changed_by(mira, thing)
    assert reads() == 1


def test_what_cannot_be_logged_is_not_shown_and_said_on_standard_error(thing, mira, monkeypatch, caplog):
    def full(self, **options):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Event, "save", full)
    with caplog.at_level(logging.ERROR), pytest.raises(ReadNotLogged, match="nicht protokolliert"):
        record_read(by=mira, obj=thing)
    assert "read not logged: read thing thing by mira" in caplog.text
