"""Agreements with partners, made through the actions."""

from lotse.documents.intake import receive
from lotse.partners.actions.cooperation import (
    add_cooperation_scan,
    check_cooperation,
    draft_cooperation,
    sign_cooperation,
)
from lotse.partners.actions.offers import add_offer, add_person
from lotse.partners.actions.opening import note_opening, offer_expertise
from lotse.partners.actions.ties import note_contact, relate
from lotse.partners.enums import Closeness, ContactKind, CooperationKind
from tests.documents.files import pdf, upload
from tests.factories.casework import days_ago, provider


def agreed(world, to=None, by=None, signed=True, **more):
    """About courses, prepared by a counsellor; `signed`: checked and signed by who represents the carrier."""
    by = by or world.counsellor.actor
    values = {
        "kind": CooperationKind.COURSE, "responsible": world.counsellor.person, "subject": "Begleitung im Kurs",
        "our_part": "Beratung im Kurs", "their_part": "Raum", "valid_from": days_ago(30), **more,
    }  # fmt: skip
    made = draft_cooperation(by=by, partner=to or provider(world), **values)
    return signed_by_both(world, made) if signed else made


def signed_by_both(world, made, on=None):
    on = on or days_ago(20)
    check_cooperation(by=world.counsellor.actor, agreement=made, checked_by="Rechtsberatung", on=on)
    both = {"on": on, "partner_signer": "Frau Wolf", "partner_signed_on": on}
    return sign_cooperation(by=world.carrier_manager.actor, agreement=made, **both)


def ids(world, partner):
    made = agreed(world, to=partner)
    with receive(upload(pdf("x"), "blatt.pdf"), by=world.counsellor.actor) as received:
        add_cooperation_scan(by=world.counsellor.actor, agreement=made, received=received)
    return {"cooperation_id": made.public_id, "cooperation_kind": "joint_measure"}


def belongings(world, partner, text="Frau Wolf"):
    """One of each kind of row that hangs on a partner, for the addresses that lead to them."""
    by = world.counsellor.actor
    person = add_person(by=by, partner=partner, name=text, phone=text)
    offer = add_offer(by=by, partner=partner, title="Sprechstunde", contact=person)
    contact = note_contact(by=by, partner=partner, on=days_ago(1), kind=ContactKind.CALL, note=text)
    relation = relate(by=by, partner=partner, closeness=Closeness.KNOWS, since=days_ago(9))
    entry = note_opening(by=by, site=world.site, item="posters", on=days_ago(1), note=text)
    mine = offer_expertise(by=by, field="religions", text=text)
    return {
        "contact_person_id": person.public_id, "partner_offer_id": offer.public_id, "partner_contact_id": contact.public_id,
        "relation_id": relation.public_id, "item_key": "posters", "entry_id": entry.public_id, "field_key": "religions",
        "expertise_id": mine.public_id, "programme_code": "mbe",
    }  # fmt: skip
