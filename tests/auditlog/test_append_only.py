"""What the database itself refuses, whoever asks."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lotse.auditlog import guards
from lotse.auditlog.models import Event, ExpiredSegment, Seal

pytestmark = pytest.mark.django_db


def event(**more):
    return Event.objects.create(**{"organisation_id": 1, "actor_label": "Mira Beispiel", "key": "plan.begun", **more})


def link(segment="2020-01", **more):
    return Seal.objects.create(
        **{"chain": 1, "number": 1, "segment": segment, "first_event_id": 1, "last_event_id": 1, "count": 1, **more}
    )


def expired(segment="2020-01"):
    return ExpiredSegment.objects.create(chain=1, segment=segment, first_number=1, last_number=1, count=1, digest="d")


def refused(act):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        act()
    return True


@pytest.mark.parametrize(
    "values",
    [
        {"actor_label": "Andere"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"organisation_id": None},
        {"details": {"a": 1}},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_entry_is_never_changed(values):
    made = event()
    assert refused(lambda: Event.objects.filter(pk=made.pk).update(**values))


def test_every_column_of_an_entry_but_the_seal_is_guarded():
    columns = {field.column for field in Event._meta.concrete_fields}
    assert columns - {"seal_id"} == set(guards.UNCHANGING)


def test_an_entry_is_sealed_once_and_keeps_its_seal():
    made = event()
    Event.objects.filter(pk=made.pk).update(seal_id=7)

    assert refused(lambda: Event.objects.filter(pk=made.pk).update(seal_id=None))


def test_an_entry_is_never_deleted():
    event()
    assert refused(lambda: Event.objects.all().delete())
    assert Event.objects.count() == 1


def test_seals_and_expired_segments_are_never_changed():
    link()
    expired()

    assert refused(lambda: Seal.objects.update(digest="x"))
    assert refused(lambda: ExpiredSegment.objects.update(digest="x"))
    assert refused(lambda: ExpiredSegment.objects.all().delete())


def test_a_seal_is_not_deleted_while_its_month_stands():
    link()
    assert refused(lambda: Seal.objects.all().delete())


def test_an_expired_month_frees_its_own_entries_only():
    old = event(seal_id=link().pk)
    young = event(seal_id=link("2020-02", number=2).pk)
    expired("2020-01")

    Event.objects.filter(pk=old.pk).delete()
    assert refused(lambda: Event.objects.filter(pk=young.pk).delete())


def test_an_unsealed_entry_is_not_freed_by_any_expired_month():
    event()
    expired()
    assert refused(lambda: Event.objects.all().delete())


def test_a_month_of_the_last_year_cannot_be_declared_expired():
    this_month = f"{datetime.now(tz=UTC):%Y-%m}"
    assert refused(lambda: expired(this_month))


def test_truncate_is_refused():
    """SQLite has no such statement and refuses it too."""
    event()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE auditlog_event")
    assert Event.objects.count() == 1


def test_missing_triggers_are_noticed():
    assert guards.missing_triggers(connection) == []

    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER seal_no_update" + (" ON auditlog_seal" if connection.vendor == "postgresql" else "")
        )
    assert guards.missing_triggers(connection) == ["seal_no_update"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_database_of_the_tests_is_emptied_and_guarded_again(turn):
    event()
    assert Event.objects.count() == 1
    assert refused(lambda: Event.objects.all().delete())
