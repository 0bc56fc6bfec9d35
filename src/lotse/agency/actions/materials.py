"""Material lent and come back."""

from datetime import date

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.agency.actions.shared import own
from lotse.agency.models import Loan, Material
from lotse.agency.queries.agencies import carrier_of
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import change, locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


@action("material.added", "hat Material aufgenommen")
def add_material(*, by: Actor, agency: Organisation, name: str, note: str = "") -> Material:
    require(rules.works_in(by, agency), WHO_WRITES)
    made = save_checked(
        Material(organisation_id=carrier_of(agency), agency=agency, name=name.strip(), note=note.strip())
    )
    record(made)
    return made


@action("material.changed", "hat Material geändert")
def change_material(*, by: Actor, material: Material, name: str, note: str, ended_on: date | None) -> Material:
    fresh = own(by, material)
    is_out = fresh.loans.filter(back_on=None).exists()
    refuse_if(ended_on is not None and is_out, "Das ist noch verliehen.", "ended_on")
    fields = change(fresh, {"name": name.strip(), "note": note.strip(), "ended_on": ended_on})
    save_checked(fresh)
    record(fresh, fields=fields)
    return fresh


@action("material.lent", "hat Material verliehen")
def lend(*, by: Actor, material: Material, borrower: str, lent_on: date, due_on: date) -> Loan:
    fresh = own(by, material)
    made = save_checked(
        Loan(
            organisation_id=fresh.organisation_id, material=fresh, borrower=borrower.strip(), lent_on=lent_on, due_on=due_on
        )
    )  # fmt: skip
    record(made, due_on=due_on)
    return made


@action("material.back", "hat die Rückgabe von Material eingetragen")
def take_back(*, by: Actor, loan: Loan, on: date) -> Loan:
    """Who had it is not needed any longer."""
    own(by, loan.material)
    fresh = locked(loan)
    refuse_if(fresh.back_on is not None, "Das ist schon zurück.")
    fresh.back_on, fresh.borrower = on, ""
    save_checked(fresh)
    record(fresh, on=on)
    return fresh
