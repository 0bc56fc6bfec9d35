"""The way through the pages: upload, columns, waiting, list, result."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from lotse.accounts.clocks import SEEN
from lotse.casework.models import Client
from lotse.imports import work
from lotse.imports.actions import choose_columns, delete_old_imports, request_import
from lotse.imports.enums import State
from lotse.imports.models import ColumnMemory, Import
from lotse.organisations.actor import SystemActor
from tests.documents.files import PROGRAM, stored_bytes
from tests.imports.tables import (
    HEAD,
    ROW,
    brought,
    checked,
    csv_of,
    for_all,
    rows,
    sheet_rows,
    taken_over,
    upload,
    worked,
    xlsx_of,
)

pytestmark = pytest.mark.django_db
START = "/uebernahme/client/"


def url(name, run):
    return reverse(f"imports:{name}", args=[run.public_id])


def mapping(world, **more):
    return {
        "last_name": "0",
        "first_name": "1",
        "birth": "2",
        "informed_on": "3",
        "informed_language": "4",
        **for_all(world, world.technical_lead),
        **more,
    }


def shown(answer):
    return answer.content.decode()


def test_the_whole_way(world, login, django_capture_on_commit_callbacks):
    web = login(world.technical_lead)
    assert "Aus einer Tabelle übernehmen" in shown(web.get("/klienten/"))

    answer = web.post(START, {"file": upload(csv_of(*rows(2)))})
    run = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("columns", run))
    assert "informiert am" in shown(web.get(url("columns", run)))

    with django_capture_on_commit_callbacks(execute=True):
        answer = web.post(url("columns", run), mapping(world))
    assert answer["Location"] == url("run", run)
    assert "2 von 2 Zeilen kommen neu dazu" in shown(web.get(url("run", run)))

    with django_capture_on_commit_callbacks(execute=True):
        web.post(url("take_over", run))
    assert "2 Zeilen am" in shown(web.get(url("run", run)))
    assert Client.objects.count() == 2

    assert "2 Einträge werden wieder entfernt." in shown(web.get(url("undo", run)))
    assert "Zurückgenommen." in shown(web.post(url("undo", run), follow=True))
    assert Client.objects.count() == 0


def test_a_file_that_is_no_table_is_refused_on_the_form(world, login):
    answer = login(world.technical_lead).post(START, {"file": upload(PROGRAM)})

    assert (answer.status_code, "Das ist kein XLSX oder CSV" in shown(answer)) == (200, True)
    assert (Import.objects.count(), stored_bytes()) == (0, {})


def test_a_table_with_merged_cells_is_refused_on_the_form(world, login):
    content = xlsx_of(ROW, change=lambda sheet: sheet.merge_cells("A2:B2"))

    answer = login(world.technical_lead).post(START, {"file": upload(content)})

    assert ("verbunden (A2:B2)" in shown(answer), Import.objects.count()) == (True, 0)


def test_headings_are_guessed_and_the_only_place_is_chosen(world, login):
    run = brought(world.technical_lead, csv_of(ROW))

    form = login(world.technical_lead).get(url("columns", run)).context["form"]

    assert {name: value for name, value in form.initial.items() if value} == {
        "last_name": "0", "first_name": "1", "birth": "2", "informed_on": "3", "informed_language": "4", "site": f"={world.site.public_id}",
    }  # fmt: skip


def test_what_was_chosen_is_remembered_for_the_next_table(world, login):
    head = ("Klient", *HEAD[1:])
    run = brought(world.technical_lead, csv_of(ROW, head=head))
    web = login(world.technical_lead)
    web.post(url("columns", run), mapping(world))

    again = brought(world.technical_lead, csv_of(ROW, head=head))
    assert web.get(url("columns", again)).context["form"].initial["last_name"] == "0"
    assert ColumnMemory.objects.count() == 1


@pytest.mark.rule("DP-01")
def test_without_a_column_for_the_information_nothing_is_checked(world, login):
    run = brought(world.technical_lead, csv_of(ROW))

    answer = login(world.technical_lead).post(
        url("columns", run), {**mapping(world), "informed_on": "", "informed_language": ""}
    )

    assert (
        shown(answer).count("Ohne diese Spalte wird niemand übernommen: Jede Person muss vorher informiert sein.") == 4
    )
    assert Import.objects.get().state == State.UPLOADED


def test_a_column_is_chosen_once(world, login):
    run = brought(world.technical_lead, csv_of(ROW))

    answer = login(world.technical_lead).post(url("columns", run), mapping(world, phone="0"))

    assert "Diese Spalte ist oben schon gewählt." in shown(answer)


def test_hints_are_acknowledged_before_anything_is_written(world, login):
    run, web = checked(world, csv_of(("Kaya", "Ali", "", *ROW[3:]))), login(world.technical_lead)

    answer = web.post(url("take_over", run))
    assert ("Zu einer Zeile gibt es einen Hinweis" in shown(answer), Import.objects.get().state) == (
        True,
        State.CHECKED,
    )
    web.post(url("take_over", run), {"acknowledged": ["import"]})
    assert Import.objects.get().state == State.WRITING


def test_faulty_rows_leave_no_button_to_take_over(world, login):
    run = checked(world, csv_of(*rows(1), ("", "Ali", "1990", *ROW[3:])))
    web = login(world.technical_lead)

    page = shown(web.get(url("run", run)))
    assert ("1 von 2 Zeilen sind fehlerhaft" in page, ">Übernehmen<" in page) == (True, False)
    assert sheet_rows(web.get(url("report", run)).content)[2][-1] == "Der Nachname fehlt."


def test_the_list_is_shown_by_category_and_in_parts(world, login):
    run, web = checked(world, csv_of(*rows(60), ("", "Ali", "1990", *ROW[3:]))), login(world.technical_lead)

    assert [row.line for row in web.get(url("run", run)).context["page"].rows] == [62]
    first = web.get(url("run", run), {"art": "new"}).context["page"]
    rest = web.get(url("run", run), {"art": "new", "ab": first.next_cursor}).context["page"]
    assert ([r.line for r in first.rows], [r.line for r in rest.rows]) == (list(range(2, 52)), list(range(52, 62)))


def test_waiting_asks_again_by_itself_and_never_extends_the_session(world, login):
    run, web = brought(world.technical_lead, csv_of(ROW)), login(world.technical_lead)
    choose_columns(by=world.technical_lead.actor, run=run, mapping=mapping(world), headings={})
    page = shown(web.get(url("run", run)))
    assert ('hx-trigger="every 2s"' in page, "X-Lotse-Background" in page) == (True, True)

    session = web.session
    session[SEEN] -= 500
    session.save()
    before = web.session[SEEN]
    fragment = web.get(url("run", run), headers={"HX-Request": "true", "X-Lotse-Background": "1"})
    assert ("<html" in shown(fragment), web.session[SEEN]) == (False, before)

    worked(run)
    assert "every 2s" not in shown(web.get(url("run", run), headers={"HX-Request": "true"}))


def test_another_technical_lead_does_not_see_the_table(world, login):
    from tests.personas import persona

    run = checked(world, csv_of(ROW))
    persona(world, "second_lead", world.nordstadt, "technical_lead", world.site)

    statuses = [
        login(world.second_lead).get(url(name, run)).status_code for name in ("run", "columns", "report", "undo")
    ]
    assert statuses == [404] * 4


def test_a_table_is_discarded_with_everything_in_it(world, login, django_capture_on_commit_callbacks):
    run = checked(world, csv_of(ROW))

    with django_capture_on_commit_callbacks(execute=True):
        login(world.technical_lead).post(url("discard", run))

    run.refresh_from_db()
    assert (run.state, run.rows.count(), [p for p in stored_bytes() if "blobs" in str(p)]) == (State.DISCARDED, 0, [])


def test_a_table_that_nobody_went_on_with_is_deleted_after_a_week(world):
    run = checked(world, csv_of(ROW))
    assert work.forget_old() == 0

    Import.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert (work.forget_old(), work.forget_old()) == (1, 0)
    run.refresh_from_db()
    assert run.state == State.DISCARDED
    assert delete_old_imports(by=SystemActor("Probe")) == 0


# The worker ----------------------------------------------------------------------------------------------------------
def requested(world, count=20):
    run = checked(world, csv_of(*rows(count)))
    return request_import(by=world.technical_lead.actor, run=run, takes_duplicates=False)


class Killed(BaseException):
    """As the operating system does it: nothing of the worker runs any more."""


def test_a_worker_killed_in_the_middle_leaves_nothing_half(world, monkeypatch):
    run = requested(world)

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("lotse.imports.actions._note_made", killed)
        with pytest.raises(Killed):
            work.work_on(run.public_id)
    run.refresh_from_db()
    assert (Client.objects.count(), run.state) == (0, State.WRITING)

    assert work.take_up_waiting() == 0  # it may still be alive
    Import.objects.update(beat_at=timezone.now() - work.STALE)
    assert work.take_up_waiting() == 1
    assert (Client.objects.count(), Import.objects.get().state) == (20, State.DONE)


def test_a_locked_database_is_tried_again(world, monkeypatch):
    run = requested(world)

    def locked(**kwargs):
        raise OperationalError("locked")

    with monkeypatch.context() as patch:
        patch.setattr("lotse.imports.actions.carry_out", locked)
        with pytest.raises(OperationalError):
            work.work_on(run.public_id)
    run.refresh_from_db()
    assert run.state == State.WRITING


def test_the_same_table_is_written_once_however_often_the_worker_is_called(world):
    run = requested(world)

    work.work_on(run.public_id)
    Import.objects.update(beat_at=None)
    work.work_on(run.public_id)

    assert Client.objects.count() == 20


def test_what_changed_since_the_check_is_shown_again_and_nothing_is_written(world, login):
    from tests.factories import casework as make

    run = requested(world, 2)
    make.person(world, last_name="Mustera0", first_name="Ali")

    run = worked(run)
    assert (run.state, run.counts, Client.objects.count()) == (State.CHECKED, {"duplicate": 1, "new": 1}, 1)
    assert "Inzwischen hat sich der Bestand geändert." in shown(login(world.technical_lead).get(url("run", run)))


def test_an_unforeseen_error_is_said_and_loses_nothing(world, monkeypatch, login):
    run = requested(world)

    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("lotse.casework.actions.imports.ClientKind.write", broken)
    run = worked(run)

    assert (run.state, run.failure, Client.objects.count()) == (State.FAILED, work.UNEXPECTED, 0)
    assert work.UNEXPECTED in shown(login(world.technical_lead).get(url("run", run)))


def test_bad_quotes_far_below_are_said_with_their_line(world):
    run = checked(world, csv_of(*rows(3)) + b'"offen;x\n')

    assert (run.state, run.failure[:48]) == (State.FAILED, "In Zeile 5 stimmen die Anführungszeichen nicht. ")


def test_too_many_rows_are_refused(world, monkeypatch):
    monkeypatch.setattr("lotse.imports.columns.MOST_LINES", 3)

    assert (
        checked(world, csv_of(*rows(4))).failure == "Die Tabelle hat mehr als 20.000 Zeilen. Bitte teilen Sie sie auf."
    )


def test_finished_tables_lead_to_their_result(world, login):
    run, web = taken_over(world, csv_of(ROW)), login(world.technical_lead)

    assert [web.get(url(name, run)).status_code for name in ("columns", "report", "take_over", "discard")] == [
        302,
        404,
        302,
        302,
    ]
    assert "übernommen" in shown(web.get(START))
