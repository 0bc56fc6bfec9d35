from typing import Any

from lotse.auditlog.door import action, record, require
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.models import Partner


def _save(partner: Partner) -> None:
    partner.name_key = fold(partner.name)
    partner.save()


@action("partner.created", "hat einen Kooperationspartner angelegt")
def create_partner(*, by: Actor, name: str, category: str, **data: Any) -> Partner:
    require(by.may(Permission.MANAGE_PARTNERS))
    partner = Partner(organisation_id=by.organisation_id, name=name, category=category, **data)
    _save(partner)
    record(partner)
    return partner


@action("partner.changed", "hat einen Kooperationspartner geändert")
def update_partner(*, by: Actor, partner: Partner, **data: Any) -> Partner:
    require(by.may(Permission.MANAGE_PARTNERS) and partner.organisation_id == by.organisation_id)
    changed = [name for name, value in data.items() if getattr(partner, name) != value]
    for name in changed:
        setattr(partner, name, data[name])
    _save(partner)
    record(partner, fields=changed)
    return partner
