"""Sealing, proving and removing: the chain from its first link to its last."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, connections

from lotse.auditlog import expiry, guards, seals, verification
from lotse.auditlog.models import Event, ExpiredSegment, Seal
from lotse.auditlog.seals import seal_batch, seal_waiting

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (datetime(2020, month, 5, 12, tzinfo=UTC) for month in (5, 6, 7))


def event(at=None, organisation_id=1, **more):
    values = {"at": at} if at else {}
    return Event.objects.create(
        organisation_id=organisation_id, actor_label="Mira Beispiel", key="plan.begun", **values, **more
    )


def seal_all():
    return list(seal_waiting())


def run(*arguments, capsys):
    """Exit code, what was said, what was complained about."""
    try:
        call_command("audit", *arguments, skip_checks=False)
        code, error = 0, ""
    except CommandError as raised:
        code, error = raised.returncode, str(raised)
    said = capsys.readouterr()
    return code, said.out, said.err + error


def with_power_over_the_database(*statements):
    """What somebody does who owns the database: take the triggers away, write, put them back."""
    with connection.cursor() as cursor:
        for statement in [
            *guards.drop_statements(connection.vendor),
            *statements,
            *guards.create_statements(connection.vendor),
        ]:
            cursor.execute(statement)


# --- sealing --------------------------------------------------------------------------------------------------


def test_a_batch_closes_what_waits_and_joins_its_predecessor():
    first, second = event(), event()
    (link,) = seal_all()
    event()
    (following,) = seal_all()

    assert (link.number, link.count, link.first_event_id, link.last_event_id) == (1, 2, first.pk, second.pk)
    assert (link.previous, following.number, following.previous) == ("", 2, link.digest)
    assert not Event.objects.filter(seal_id=None).exists()
    assert seal_all() == []


def test_each_organisation_and_the_house_have_their_own_chain():
    for organisation_id in (1, 2, None):
        event(organisation_id=organisation_id)

    assert [(link.chain, link.number, link.count) for link in seal_all()] == [(0, 1, 1), (1, 1, 1), (2, 1, 1)]


def test_a_batch_ends_with_the_month():
    event(at=MAY), event(at=JUNE), event(at=JUNE)
    assert [(link.segment, link.count) for link in seal_all()] == [("2020-05", 1), ("2020-06", 2)]


def test_a_long_queue_is_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 2)
    for _ in range(5):
        event()
    assert [link.count for link in seal_all()] == [2, 2, 1]


def test_an_entry_committed_late_is_sealed_with_the_next_batch():
    """On PostgreSQL a lower id may become visible after a higher one was sealed."""
    event(pk=900)
    seal_all()
    late = event(pk=800)
    (link,) = seal_all()

    late.refresh_from_db()
    assert (late.seal_id, link.first_event_id) == (link.pk, 800)
    assert [f for f in verification.verify_chain(1) if isinstance(f, verification.Wrong)] == []


def test_a_late_entry_of_a_closed_month_goes_to_the_open_one():
    event(at=JUNE)
    seal_all()
    event(at=MAY)
    assert [link.segment for link in seal_all()] == ["2020-06"]


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    for _ in range(40):
        event()
    start = threading.Barrier(2)

    def sealer():
        start.wait()
        seal_all()
        connections.close_all()

    threads = [threading.Thread(target=sealer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_all()
    assert Event.objects.filter(seal_id=None).count() == 0
    assert sum(Seal.objects.values_list("count", flat=True)) == 40
    assert [f for f in verification.verify_chain(1) if isinstance(f, verification.Wrong)] == []


# --- verify ---------------------------------------------------------------------------------------------------


def test_a_whole_log_is_said_to_be_whole(capsys):
    event(), event(organisation_id=None)
    assert run("seal", capsys=capsys)[0] == 0

    code, said, complained = run("verify", capsys=capsys)
    assert (code, complained) == (0, "")
    assert "Kette des Hauses: unversehrt, 1 Einträge" in said
    assert "Kette der Organisation 1: unversehrt, 1 Einträge" in said
    assert "Das Protokoll ist unversehrt: 2 versiegelte Einträge geprüft." in said


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE auditlog_event SET actor_label = 'Andere' WHERE id = 11", "Eintrag 11 wurde verändert"),
        ("DELETE FROM auditlog_event WHERE id = 11", "Eintrag 11 fehlt"),
        ("UPDATE auditlog_event SET seal_id = (SELECT MAX(seal_id) FROM auditlog_event) WHERE id = 12", "Eintrag 12 kam nachträglich dazu"),
        ("UPDATE auditlog_seal SET count = 5 WHERE number = 1", "Siegel 1 wurde verändert"),
        ("UPDATE auditlog_seal SET content = 'x' WHERE number = 1", "passt nicht zu seiner Prüfsumme"),
        ("UPDATE auditlog_seal SET previous = 'x' WHERE number = 2", "Siegel 2 schließt nicht an"),
        ("DELETE FROM auditlog_seal WHERE number = 1", "Zwischen Siegel 0 und Siegel 2 fehlen Siegel"),
        ("DELETE FROM auditlog_seal WHERE number = 2", "Das Siegel zu Einträgen fehlt: 12"),
    ],
    ids=["changed", "deleted", "moved", "count", "content", "previous", "first_link", "last_link"],
)  # fmt: skip
def test_whoever_owns_the_database_is_found_out(statement, sentence, capsys):
    event(pk=10), event(pk=11)
    seal_all()
    event(pk=12)
    seal_all()
    if "12" in statement:
        event(pk=13)
        seal_all()

    with_power_over_the_database(statement)

    code, _said, complained = run("verify", capsys=capsys)
    assert (code, sentence in complained) == (1, True), complained


def test_an_entry_that_nobody_sealed_for_a_day_is_a_finding(capsys):
    late = event(at=MAY)
    code, _said, complained = run("verify", capsys=capsys)
    assert (code, f"ab Eintrag {late.pk}" in complained) == (1, True)


def test_a_fresh_entry_may_wait(capsys):
    event()
    assert run("verify", capsys=capsys)[0] == 0


def test_a_missing_trigger_is_a_finding(capsys):
    with connection.cursor() as cursor:
        cursor.execute(guards.drop_statements(connection.vendor)[0])
    code, _said, complained = run("verify", capsys=capsys)
    assert (code, "es fehlt event_no_update" in complained) == (1, True)


def test_a_chain_cut_at_its_end_is_found_by_the_heads_kept_elsewhere(tmp_path, capsys):
    heads = tmp_path / "heads"
    event()
    seal_all()
    event()
    seal_all()
    assert run("verify", "--heads", str(heads), capsys=capsys)[0] == 0

    with_power_over_the_database(
        "DELETE FROM auditlog_event WHERE seal_id = (SELECT MAX(id) FROM auditlog_seal)",
        "DELETE FROM auditlog_seal WHERE id = (SELECT MAX(id) FROM auditlog_seal)",
    )

    assert run("verify", capsys=capsys)[0] == 0
    code, _said, complained = run("verify", "--heads", str(heads), capsys=capsys)
    assert (code, "das notierte Siegel 2 ist nicht mehr da" in complained) == (1, True)


# --- expire ---------------------------------------------------------------------------------------------------


def test_an_expired_month_goes_whole_and_leaves_its_sum(tmp_path, capsys):
    event(at=MAY), event(at=MAY), event(at=JUNE)
    links = seal_all()
    heads = tmp_path / "heads"
    run("verify", "--heads", str(heads), capsys=capsys)

    code, said, _complained = run("expire", "--before", "2020-06", capsys=capsys)

    gone = ExpiredSegment.objects.get()
    assert (code, "2020-05 entfernt, 2 Einträge" in said) == (0, True)
    assert (gone.segment, gone.count, gone.digest) == ("2020-05", 2, links[0].digest)
    assert list(Event.objects.order_by("id").values_list("key", flat=True)) == ["plan.begun", "log.month_expired"]
    assert Seal.objects.count() == 1
    assert run("verify", "--heads", str(heads), capsys=capsys)[0] == 0


def test_the_chain_goes_on_after_everything_has_expired(capsys):
    event(at=MAY)
    seal_all()
    run("expire", "--before", "2020-06", capsys=capsys)
    (link,) = seal_all()

    assert (link.number, link.previous) == (2, ExpiredSegment.objects.get().digest)
    assert run("verify", capsys=capsys)[0] == 0


def test_what_still_waits_is_sealed_before_it_goes(capsys):
    event(at=MAY)
    assert run("expire", "--before", "2020-06", capsys=capsys)[0] == 0
    assert ExpiredSegment.objects.get().count == 1


def test_a_young_month_is_refused_by_the_database(capsys):
    event()
    code, _said, complained = run("expire", "--before", "2999-01", capsys=capsys)
    assert (code, "die letzten zwölf Monate bleiben" in complained) == (1, True)
    assert Event.objects.count() == 1


def test_a_damaged_month_is_kept(capsys):
    event(pk=10, at=MAY)
    seal_all()
    with_power_over_the_database("UPDATE auditlog_event SET actor_label = 'Andere' WHERE id = 10")

    code, _said, complained = run("expire", "--before", "2020-06", capsys=capsys)
    assert (code, "nicht unversehrt" in complained) == (1, True)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(("segment", "reason"), [("2020-06", "der Reihe nach"), ("2020-07", "nicht versiegelt")])
def test_months_go_in_their_order(segment, reason):
    event(at=MAY), event(at=JUNE)
    seal_all()
    with pytest.raises(ValidationError, match=reason):
        expiry.expire_segment(by=expiry.Operator(), chain=1, segment=segment)


def test_a_wrong_month_is_refused_politely(capsys):
    assert run("expire", "--before", "2020-13", capsys=capsys)[2].endswith("zum Beispiel 2025-11")


def test_an_unremoved_month_under_its_tombstone_is_a_finding():
    event(at=MAY)
    (link,) = seal_all()
    ExpiredSegment.objects.create(
        chain=1, segment="2020-05", first_number=1, last_number=1, count=1, digest=link.digest
    )
    found = [f.text for f in verification.verify_chain(1) if isinstance(f, verification.Wrong)]
    assert "Der Monat 2020-05 ist als entfernt vermerkt, ist aber noch da." in found


def test_an_empty_chain_has_nothing_to_seal():
    assert seal_batch(1) is None
