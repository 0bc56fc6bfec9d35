"""Partners from a table: who looks after the directory takes them over."""

import pytest

from lotse.auditlog.models import Event
from lotse.casework.actions.consents import record_decision
from lotse.core.errors import NotAllowed
from lotse.imports.actions import undo_import
from lotse.imports.enums import State
from lotse.imports.kinds import KINDS
from lotse.imports.queries import export, tied
from lotse.partners.actions import create_partner, update_partner
from lotse.partners.actions.offers import add_person, change_person
from lotse.partners.models import ContactPerson, Partner
from tests.factories import casework as make
from tests.imports.tables import PARTNER, brought, checked, csv_of, taken_over, told

pytestmark = pytest.mark.django_db
HEAD = ("Einrichtung", "Kategorie", "Telefon", "Mail")
ROW = ("Mieterverein", "jobcentre", "0201 1", "post@verein.example")


def check(world, *lines, persona=None):
    return checked(world, csv_of(*lines, head=HEAD), persona or world.counsellor, PARTNER)


def take(world, *lines, persona=None):
    return taken_over(world, csv_of(*lines, head=HEAD), persona or world.counsellor, PARTNER)


def test_a_partner_is_read_whole(world):
    assert take(world, ROW).state == State.DONE

    partner = Partner.objects.get()
    assert (partner.name, partner.name_key, partner.category, partner.phone, partner.email, partner.organisation) == (
        "Mieterverein", "mieterverein", "jobcentre", "0201 1", "post@verein.example", world.nordstadt,
    )  # fmt: skip
    assert Event.objects.filter(key="import.carried_out", object_ref=partner.public_id).count() == 1


def test_rows_are_judged(world):
    create_partner(by=world.counsellor.actor, name="Sprachschule", category="jobcentre")

    run = check(world, ROW, ROW, ("", *ROW[1:]), ("X", "Quatsch", "", ""), ("sprachschule", "jobcentre", "9", ""))

    assert told(run) == {
        2: ("new", []),
        3: ("error", ["Der Name steht schon in Zeile 2."]),
        4: ("error", ["Der Name fehlt."]),
        5: ("error", ["Art: „Quatsch“ steht nicht in der Liste „Art des Partners“."]),
        6: (
            "duplicate",
            ["Diesen Partner gibt es schon, mit anderen Angaben bei: Name, Telefon. Vorhandenes wird nicht geändert."],
        ),
    }


def test_the_own_export_comes_back_unchanged(world):
    by = world.counsellor.actor
    create_partner(
        by=by,
        name="+Hilfe",
        category="jobcentre",
        phone="+49 1",
        address="A\nB",
        note="-",
        contact_person="C",
        email="c@d.example",
    )
    create_partner(by=world.outsider.actor, name="Fremd", category="jobcentre")

    content = export(by, KINDS[PARTNER])

    assert told(checked(world, content, world.counsellor, PARTNER)) == {2: ("unchanged", [])}


def test_several_kinds_and_languages_come_in_and_go_out_again(world):
    head = ("Name", "Art", "Weitere Arten", "Sprachen", "Sozialraum", "Zielgruppe")
    row = ("Verein", "Sportverein", "Sportverein; Kunst und Kultur", "Arabisch; Türkisch; Arabisch", "Nord", "Familien")
    run = taken_over(world, csv_of(row, head=head), world.counsellor, PARTNER)

    partner = Partner.objects.get()
    assert (partner.categories, partner.languages, partner.social_space, partner.target) == (
        ["sports_club", "culture"], ["ar", "tr"], "Nord", "Familien",
    )  # fmt: skip
    by = world.counsellor.actor
    assert told(checked(world, export(by, KINDS[PARTNER]), world.counsellor, PARTNER)) == {2: ("unchanged", [])}
    assert tied(by, run) == []
    undo_import(by=by, run=run)
    assert Partner.objects.count() == 0


@pytest.mark.rule("IM-03")
def test_taking_back_keeps_what_is_used(world):
    run = take(world, ROW, ("Jobcenter", *ROW[1:]), ("Schule", *ROW[1:]))
    used, changed, _free = Partner.objects.order_by("id")
    person = make.person(world)
    record_decision(
        by=world.counsellor.actor, client=person, act="disclosure", given=True, decided_on=make.days_ago(1), language="de", text_version="x",
        form="written", recipient=used, purpose="Wohnung",
    )  # fmt: skip
    update_partner(by=world.counsellor.actor, partner=changed, phone="3")

    by = world.counsellor.actor
    assert tied(by, run) == [
        ("Jobcenter", "seitdem geändert"),
        ("Mieterverein", "wird schon in Akten oder Anfragen genannt"),
    ]
    undo_import(by=by, run=run)
    assert set(Partner.objects.values_list("name", flat=True)) == {"Mieterverein", "Jobcenter"}


@pytest.mark.parametrize("persona", ["carrier_manager", "sysadmin", "dpo", "funder"])
def test_who_does_not_look_after_partners_takes_none_over(world, persona):
    with pytest.raises(NotAllowed):
        brought(world.personas[persona], csv_of(ROW, head=HEAD), PARTNER)


def test_a_contact_person_comes_in_sealed_and_goes_out_again(world):
    head, row = ("Name", "Art", "Ansprechpartner"), ("Verein", "Sportverein", "Frau Muster")
    run = taken_over(world, csv_of(row, ("Klub", "Sportverein", ""), head=head), world.counsellor, PARTNER)
    made, empty = Partner.objects.get(name="Verein"), Partner.objects.get(name="Klub")
    assert (made.contact_name, empty.people.exists()) == ("Frau Muster", False)
    by = world.counsellor.actor
    again = told(checked(world, export(by, KINDS[PARTNER]), world.counsellor, PARTNER))
    assert again == {2: ("unchanged", []), 3: ("unchanged", [])}
    assert tied(by, run) == []
    undo_import(by=by, run=run)
    assert (Partner.objects.count(), ContactPerson.objects.count()) == (0, 0)


@pytest.mark.rule("IM-03")
@pytest.mark.parametrize("act", ["add", "change"])
def test_taking_back_keeps_partners_whose_people_were_worked_on(world, act):
    head, row = ("Name", "Art", "Ansprechpartner"), ("Verein", "Sportverein", "Frau Muster")
    run = taken_over(world, csv_of(row, head=head), world.counsellor, PARTNER)
    by, partner = world.counsellor.actor, Partner.objects.get()
    if act == "add":
        add_person(by=by, partner=partner, name="Herr Beispiel")
    else:
        change_person(by=by, person=partner.people.get(), phone="1")
    assert tied(by, run) == [("Verein", "seitdem geändert")]
