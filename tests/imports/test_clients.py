"""Clients from a table: what is read, what is refused, what becomes of whom."""

from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.clients import update_client
from lotse.casework.models import Client
from lotse.core.errors import NotAllowed
from lotse.documents.models import StoredFile
from lotse.imports.actions import undo_import
from lotse.imports.enums import State
from lotse.imports.kinds import KINDS
from lotse.imports.models import Import, ImportRow
from lotse.imports.queries import export, report, tied
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Site
from tests.documents.files import stored_bytes
from tests.factories import casework as make
from tests.imports.tables import (
    CLIENT,
    HEAD,
    ROW,
    brought,
    checked,
    csv_of,
    rows,
    sheet_rows,
    taken_over,
    told,
    xlsx_of,
)

pytestmark = pytest.mark.django_db
MERKEN = "Ohne Geburtsdatum lassen sich Dubletten schlechter erkennen."


def test_a_person_is_read_whole(world):
    head = (
        *HEAD, "Geschlecht", "Herkunftsland", "Nationalität", "Sprache", "Sprachmittlung", "Einreise", "Tel.", "E-Mail", "Straße", "PLZ", "Ort",
        "Haushaltsgröße",
    )  # fmt: skip
    row = (
        *ROW, "weiblich", "Türkei", "Türkei; Syrien", "Türkisch", "ja", "03.2020", "+49 201 123", "mira@lotse.example", "Am Markt 1", "45127",
        "Essen", "3,0",
    )  # fmt: skip

    run = taken_over(world, csv_of(row, head=head))

    assert (run.state, run.counts, run.total) == (State.DONE, {"new": 1}, 1)
    client = Client.objects.select_related("household").get()
    assert (client.full_name, f"{client.birth_date}", client.gender, client.country_of_origin, client.nationalities) == (
        "Mira Özdemir", "1990-05-12", "w", "tr", ["tr", "sy"],
    )  # fmt: skip
    assert (client.contact_language, client.interpreter_needed, f"{client.entered_germany_on}", client.entered_precision) == (
        "tr", True, "2020-03-01", "month",
    )  # fmt: skip
    assert (client.phone, client.email, client.address, client.household.size) == (
        "+49 201 123", "mira@lotse.example", "Am Markt 1\n45127 Essen", 3,
    )  # fmt: skip
    assert (f"{client.informed_on}", client.informed_language, client.responsible, client.site, client.number) == (
        "2024-03-01", "tr", world.counsellor.person, world.site, 1,
    )  # fmt: skip
    assert (client.name_key, client.given_key) == ("ozdemir mira", "mira ozdemir")


def test_an_imported_row_is_what_registering_leaves(world):
    """Column by column, so that a later column of the client is not forgotten here."""
    taken_over(world, csv_of(ROW))
    make.person(world, birth_date=date(1990, 5, 12), informed_on=date(2024, 3, 1), informed_language="tr")

    first, second = Client.objects.order_by("id").values()
    own = ("id", "public_id", "created_at", "household_id", "number")
    assert {k: v for k, v in first.items() if k not in own} == {k: v for k, v in second.items() if k not in own}


ODD = {
    "no surname": (("", "Ali", "", *ROW[3:]), "error", ["Der Nachname fehlt."]),
    "no given name": (("Kaya", "", "", *ROW[3:]), "error", ["Der Vorname fehlt."]),
    "name too long": (("K" * 81, "Ali", "1990", *ROW[3:]), "error", ["Nachname: Der Text ist zu lang: höchstens 80 Zeichen."]),
    "not informed": (("Kaya", "Ali", "1990", "", ""), "error", ["Nicht über die Datenerfassung informiert: Datum und Sprache fehlen."]),
    "informed in the future": (("Kaya", "Ali", "1990", "01.01.2999", "Deutsch"), "error", ["Über die Datenerfassung informiert am: Das Datum liegt in der Zukunft."]),
    "informed in an unknown language": (("Kaya", "Ali", "1990", "01.03.2024", "Klingonisch"), "error", ["Informiert auf: „Klingonisch“ steht nicht in der Liste „Sprache“."]),
    "a word misspelt": (("Kaya", "Ali", "1990", "01.03.2024", "Arabsch"), "error", ["Informiert auf: „Arabsch“ steht nicht in der Liste „Sprache“. Meinten Sie „Arabisch“?"]),
    "no date": (("Kaya", "Ali", "gestern", *ROW[3:]), "error", ["Geburtsdatum: Bitte ein Datum wie 12.05.1990, 05.1990 oder 1990 angeben."]),
    "no such day": (("Kaya", "Ali", "31.02.1990", *ROW[3:]), "error", ["Geburtsdatum: Bitte ein Datum wie 12.05.1990, 05.1990 oder 1990 angeben."]),
    "two digits": (("Kaya", "Ali", "12.05.90", *ROW[3:]), "error", ["Geburtsdatum: Bitte ein Datum wie 12.05.1990, 05.1990 oder 1990 angeben."]),
    "born after the information": (("Kaya", "Ali", "12.05.2024", *ROW[3:]), "error", ["Die Information über die Datenerfassung liegt vor der Geburt."]),
    "informed on half a date": (("Kaya", "Ali", "1990", "03.2024", "Deutsch"), "error", ["Über die Datenerfassung informiert am: Bitte ein Datum wie 12.05.1990 angeben."]),
    "too many cells": (("Kaya", "Ali", "1990", *ROW[3:], "zu viel"), "error", ["Die Zeile hat mehr Zellen als die Tabelle Überschriften. Bitte prüfen Sie die Trennzeichen."]),
    "very old": (("Kaya", "Ali", "1901", *ROW[3:]), "warning", ["Älter als 110 Jahre. Stimmt das Geburtsdatum?"]),
    "no birth date": (("Kaya", "Ali", "", *ROW[3:]), "warning", [MERKEN]),
    "torn umlauts": (("KÃ¶hler", "Ali", "1990", *ROW[3:]), "warning", ["Nachname: In „KÃ¶hler“ sehen Umlaute beschädigt aus."]),
    "nothing to say": (("Kaya", "Ali", "ca. 1990", *ROW[3:]), "new", []),
}  # fmt: skip


@pytest.mark.rule("DP-01")
@pytest.mark.parametrize("name", sorted(ODD))
def test_a_row_says_what_is_wrong_with_it(world, name):
    row, category, messages = ODD[name]

    assert told(checked(world, csv_of(row))) == {2: (category, messages)}


MORE = {
    "Einreise": ("1.1.1980", "error", ["Die Einreise liegt vor der Geburt."]),
    "Geschlecht": ("x", "error", ["Geschlecht: „x“ steht nicht in der Liste „Geschlecht“."]),
    "E-Mail": ("ali(at)web", "error", ["E-Mail: „ali(at)web“ ist keine E-Mail-Adresse."]),
    "Haushaltsgröße": ("viele", "error", ["Personen im Haushalt: Bitte eine ganze Zahl von 1 bis 99."]),
    "Sprachmittlung": ("vielleicht", "error", ["Sprachmittlung nötig: Bitte „ja“ oder „nein“, oder leer lassen."]),
    "Beratungsstelle": ("Hintertupfingen", "error", ["Beratungsstelle: „Hintertupfingen“ steht hier nicht zur Wahl. Möglich: Beratungsstelle Nordstadt."]),
}  # fmt: skip


@pytest.mark.parametrize("heading", sorted(MORE))
def test_other_columns_say_what_is_wrong_too(world, heading):
    cell, category, messages = MORE[heading]
    row = ("Kaya", "Ali", "1990", *ROW[3:], cell)

    assert told(checked(world, csv_of(row, head=(*HEAD, heading)))) == {2: (category, messages)}


def test_permanent_status_before_entry_is_a_hint(world):
    head = (*HEAD, "Einreise", "Dauerhafter Aufenthalt seit")

    run = checked(world, csv_of((*ROW, "01.05.2020", "01.04.2020"), head=head))

    assert told(run) == {2: ("warning", ["Der dauerhafte Aufenthalt beginnt vor der Einreise."])}


@pytest.mark.parametrize("birth", ["12.05.1990", "1990-05-12", "1990-05-12T00:00:00", "33005"])
def test_dates_are_read_as_they_are_written(world, birth):
    taken_over(world, csv_of((*ROW[:2], birth, *ROW[3:])))

    client = Client.objects.get()
    assert (f"{client.birth_date}", client.birth_precision) == ("1990-05-12", "day")


def test_the_same_person_in_two_lines_is_pointed_out(world):
    run = checked(world, csv_of(ROW, ("ÖZDEMIR", "mira", *ROW[2:])))

    assert told(run) == {2: ("new", []), 3: ("duplicate", ["Dieselbe Person wie in Zeile 2?"])}


def test_who_is_there_with_other_data_is_a_duplicate(world):
    there = make.person(world, birth_date=date(1990, 5, 12))

    run = checked(world, csv_of(("Oezdemir", "Mira", *ROW[2:])))

    said = f"Vielleicht schon da: Akte Nr. {there.number}, mit anderen Angaben bei: Nachname, Über die Datenerfassung informiert am."
    assert told(run) == {2: ("duplicate", [said])}


def test_who_is_there_with_the_same_data_is_unchanged(world):
    taken_over(world, csv_of(ROW))

    again = checked(world, csv_of(ROW))

    assert told(again) == {2: ("unchanged", [])}
    assert taken_over(world, csv_of(ROW)).state == State.DONE
    assert Client.objects.count() == 1


@pytest.mark.rule("DP-04")
def test_a_duplicate_in_a_closed_file_tells_nothing(world):
    elsewhere = Site.objects.create(organisation=world.nordstadt, name="Andere Stelle")
    make.person(world, phone="0201 9")
    Client.objects.update(site=elsewhere)

    run = checked(world, csv_of(ROW))

    assert told(run) == {2: ("duplicate", ["Möglicherweise bereits in Beratung – bei der Stelle anfragen."])}


def test_nobody_is_compared_with_another_organisation(world):
    make.person(world, by=world.outsider.actor)

    assert checked(world, csv_of(ROW)).counts == {"new": 1}


def test_duplicates_are_taken_only_when_wished(world):
    make.person(world)

    taken_over(world, csv_of(ROW, *rows(1)))
    assert Client.objects.count() == 2
    taken_over(world, csv_of(ROW), takes_duplicates=True)
    assert Client.objects.count() == 3


@pytest.mark.rule("IM-02")
def test_one_bad_row_stops_everything(world):
    with pytest.raises(ValidationError, match="Es gibt noch fehlerhafte Zeilen"):
        taken_over(world, csv_of(*rows(5), ("", "Ali", "1990", *ROW[3:])))

    assert Client.objects.count() == 0


@pytest.mark.rule("IM-02")
def test_an_import_changes_no_existing_file(world):
    taken_over(world, csv_of(ROW))
    content = xlsx_of((*ROW[:2], "13.05.1990", *ROW[3:], Client.objects.get().public_id), head=(*HEAD, "Kennung"))

    taken_over(world, content, takes_duplicates=True)

    assert f"{Client.objects.get().birth_date}" == "1990-05-12"


def test_numbers_go_on_where_the_organisation_is(world):
    make.person(world, last_name="Vorher")

    taken_over(world, csv_of(*rows(3)))

    assert sorted(Client.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_each_file_and_the_import_stand_in_the_log(world):
    run = taken_over(world, csv_of(*rows(2)))

    entries = list(
        Event.objects.filter(key="import.carried_out")
        .order_by("id")
        .values_list("object_type", "file_ref", "actor_label", "details")
    )
    refs = list(Client.objects.order_by("id").values_list("public_id", flat=True))
    who = world.technical_lead.actor.label
    assert entries == [("client", refs[0], who, {}), ("client", refs[1], who, {}), ("import", "", who, {"made": 2})]
    assert [e.key for e in Event.objects.filter(object_ref=run.public_id).order_by("id")] == [
        "import.uploaded", "import.columns_chosen", "import.checked", "import.requested", "import.carried_out",
    ]  # fmt: skip


def test_who_is_responsible_from_now_on_is_told_without_names(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        taken_over(world, csv_of(*rows(2)))

    told_so = [m for m in mail.outbox if m.subject == "Lotse: Neue Akten für Sie"]
    assert [m.to for m in told_so] == [[world.counsellor.user.email]]
    assert "hat aus einer Tabelle 2 Akten für Sie angelegt." in told_so[0].body


def test_after_the_import_nothing_of_the_table_is_left(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = taken_over(world, csv_of(*rows(2)))

    stored = StoredFile.objects.get()
    assert (stored.deleted_at is not None, [p for p in stored_bytes() if "blobs" in str(p)]) == (True, [])
    assert list(ImportRow.objects.values_list("content", flat=True)) == ["", ""]
    assert (run.made, run.left_out) == (2, 0)


def test_the_table_lies_sealed_while_it_waits(world):
    checked(world, csv_of(ROW))

    assert [path for path, content in stored_bytes().items() if b"zdemir" in content] == []
    raw = ImportRow.objects.extra(select={"raw": "content"}).values_list("raw", flat=True).get()
    assert b"zdemir" not in bytes(raw)


@pytest.mark.rule("IM-01")
@pytest.mark.parametrize(
    "persona", ["counsellor", "carrier_manager", "sysadmin", "coordinator", "dpo", "specialist", "funder", "outsider"]
)
def test_only_the_technical_lead_takes_clients_over(world, persona):
    with pytest.raises(NotAllowed):
        brought(world.personas[persona], csv_of(ROW))
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.rule("IM-01")
def test_a_technical_lead_without_a_site_takes_nobody_over(world):
    Membership.objects.filter(role="technical_lead").update(site=None)

    with pytest.raises(NotAllowed):
        brought(world.technical_lead, csv_of(ROW))


@pytest.mark.rule("IM-01")
def test_reading_the_files_of_a_site_is_not_yet_the_right_to_take_over(world):
    lead = world.technical_lead.actor
    reader = replace(lead, permissions=lead.permissions - {Permission.IMPORT_CLIENTS})

    assert (rules.can_import(lead), rules.can_import(reader)) == (True, False)


def test_a_right_that_has_ended_meanwhile_stops_the_worker(world):
    from lotse.imports.actions import choose_columns
    from tests.imports.tables import for_all, worked

    run = brought(world.technical_lead, csv_of(ROW))
    mapping = {
        **for_all(world, world.technical_lead),
        "last_name": "0",
        "first_name": "1",
        "informed_on": "3",
        "informed_language": "4",
    }
    choose_columns(by=world.technical_lead.actor, run=run, mapping=mapping, headings={})
    Membership.objects.filter(role="technical_lead").delete()

    run = worked(run)
    assert (run.state, run.failure) == (
        State.FAILED,
        "Wer die Tabelle hochgeladen hat, darf das nicht mehr. Es wurde nichts übernommen.",
    )


def test_new_files_go_to_who_counsels_here_today(world):
    make.person(world, last_name="Alt")
    Membership.objects.filter(person=world.counsellor.person).update(valid_to="2020-01-02")

    run = checked(world, csv_of(ROW))

    assert told(run) == {2: ("error", ["Zuständig kann nur sein, wer heute an einer Ihrer Stellen berät."])}


# There and back ------------------------------------------------------------------------------------------------------
def test_the_own_export_comes_back_unchanged(world):
    make.person(
        world, last_name="=1+1", birth_date=date(1990, 5, 1), birth_precision="month", entered_germany_on=date(2019, 1, 1), entered_precision="estimated",
        phone="+49 201 12", address="Am Markt 1\n45127 Essen", gender="w", nationalities=["tr", "sy"], interpreter_needed=False,
        country_of_origin="tr", contact_language="ar", permanent_status_on=date(2021, 2, 3), is_resettler=True, email="a@lotse.example",
    )  # fmt: skip
    make.person(world, by=world.colleague.actor, first_name="Ohne", last_name="Angaben")

    content = export(world.technical_lead.actor, KINDS[CLIENT])

    assert told(checked(world, content)) == {2: ("unchanged", []), 3: ("unchanged", [])}


def test_the_export_holds_what_the_actor_sees_and_no_resting_file(world):
    make.person(world, last_name="Sichtbar")
    make.person(world, last_name="Ruhend")
    Client.objects.filter(last_name="Ruhend").update(restricted_on=timezone.localdate())
    make.person(world, by=world.outsider.actor, last_name="Fremd")

    head, *lines = sheet_rows(export(world.technical_lead.actor, KINDS[CLIENT]))

    assert (head[:2], [line[0] for line in lines]) == (["Nachname", "Vorname"], ["Sichtbar"])


def test_the_export_stands_in_the_history_of_each_file(world):
    there = make.person(world)

    export(world.technical_lead.actor, KINDS[CLIENT])

    entry = Event.objects.get(key="downloaded")
    assert (entry.file_ref, entry.is_read, entry.details) == (
        there.public_id,
        True,
        {"what": "Person, in einer Tabelle mit anderen"},
    )


def test_the_report_is_the_table_with_its_messages(world):
    content = xlsx_of(ROW, ("", "Ali", None, *ROW[3:]))

    head, *lines = sheet_rows(report(checked(world, content)))

    assert head == [*HEAD, "Art", "Meldung"]
    assert lines == [[*ROW, "neu", None], [None, "Ali", None, *ROW[3:], "Fehler", "Der Nachname fehlt."]]


# Taking back ---------------------------------------------------------------------------------------------------------
@pytest.mark.rule("IM-03")
def test_an_import_is_taken_back_whole(world):
    make.person(world, last_name="Bleibt")
    run = taken_over(world, csv_of(*rows(3)))

    undo_import(by=world.technical_lead.actor, run=run)

    assert list(Client.objects.values_list("last_name", flat=True)) == ["Bleibt"]
    assert (Import.objects.get().state, ImportRow.objects.count()) == (State.UNDONE, 0)
    assert Event.objects.get(key="import.undone").details == {"removed": 3, "kept": 0}


@pytest.mark.rule("IM-03")
def test_what_was_worked_on_stays_and_is_named(world):
    run = taken_over(world, csv_of(*rows(4)))
    changed, counselled, joined, untouched = Client.objects.order_by("number")
    update_client(by=world.counsellor.actor, client=changed, phone="1")
    make.case(world, client=counselled)
    guest = make.person(world, last_name="Gast")
    Client.objects.filter(pk=guest.pk).update(household=joined.household)

    by = world.technical_lead.actor
    assert tied(by, run) == [
        (f"{changed.last_name}, Ali (Nr. 1)", "seitdem bearbeitet"),
        (f"{counselled.last_name}, Ali (Nr. 2)", "die Akte hat Inhalt"),
        (f"{joined.last_name}, Ali (Nr. 3)", "jemand gehört zum selben Haushalt"),
    ]
    undo_import(by=by, run=run)
    left = Client.objects.exclude(pk=guest.pk).order_by("number").values_list("number", flat=True)
    assert (list(left), Event.objects.get(key="import.undone").details) == ([1, 2, 3], {"removed": 1, "kept": 3})
    assert untouched.number == 4


@pytest.mark.rule("IM-03")
def test_when_everything_was_worked_on_nothing_is_taken_back(world):
    run = taken_over(world, csv_of(ROW))
    update_client(by=world.counsellor.actor, client=Client.objects.get(), phone="1")

    with pytest.raises(ValidationError, match="lässt sich nicht mehr zurücknehmen"):
        undo_import(by=world.technical_lead.actor, run=run)
    assert (Client.objects.count(), Import.objects.get().state) == (1, State.DONE)


def test_reading_a_file_is_no_work_on_it(world, login):
    run = taken_over(world, csv_of(ROW))
    login(world.counsellor).get(f"/akte/{Client.objects.get().public_id}/")

    undo_import(by=world.technical_lead.actor, run=run)
    assert Client.objects.count() == 0
