"""A district on its way up, made through the actions: carriers, their sites, and how far each is."""

from datetime import date, timedelta

from django.utils import timezone

from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.models import Organisation, Site
from lotse.wayup.actions.closings import accept, approve, draw_up, open_period
from lotse.wayup.actions.keys import confirm, make_keys, register
from lotse.wayup.closed_lists import all_forms
from lotse.wayup.enums import Direction
from lotse.wayup.envelope import PrivateKeys, PublicKeys
from lotse.wayup.queries import newest, unit_at, units_below
from tests.insight.conftest import copy
from tests.personas import organisation, persona

LAST_YEAR = timezone.localdate().year - 1
MARCH = date(LAST_YEAR, 3, 1)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def heads(world):
    """The second person of the district and of the carrier in the south."""
    persona(world, "management", world.district, "district_management")
    persona(world, "south_lead", world.suedstadt, "technical_lead", world.far_site)
    persona(world, "south_manager", world.suedstadt, "carrier_manager")
    return world


def period(world, due_in=60, **more):
    values = {"year": LAST_YEAR, "due_on": in_days(due_in), "days_per_level": 14, "form": all_forms()[0], **more}
    return open_period(by=world.coordinator.actor, **values)


def unit(where):
    """The unit that a site or an organisation is."""
    if isinstance(where, Organisation):
        return unit_at(where)
    return next(unit for unit in units_below(where.organisation) if unit.site_id == where.pk)


def drawn(of, where, by):
    return draw_up(by=by.actor, period=of, unit=unit(where))


def approved(of, where, by, second):
    made = drawn(of, where, by)
    return approve(by=second.actor, closing=made, sha256=made.sha256)


def accepted(of, where, by, second, above):
    return accept(by=above.actor, closing=approved(of, where, by, second))


def carrier_done(world, of, where, lead, manager):
    """All sites of a carrier accepted, and its own sum approved."""
    for site in where.sites.all():
        accepted(of, site, lead, manager, lead)
    return approved(of, where, lead, manager)


def another_carrier(world, number, cases=0, like=None):
    """With one site, two people who lead it, and some cases of last year."""
    made = organisation(f"KV Nummer {number:02}", Kind.COUNTY_ASSOCIATION, world.district, is_carrier=True)
    site = Site.objects.create(organisation=made, name=f"Beratungsstelle {number:02}")
    persona(world, f"lead{number}", made, "technical_lead", site)
    persona(world, f"manager{number}", made, "carrier_manager")
    for case in range(cases):
        born = date(1955 + (7 * case + number) % 50, 5, 1)
        more = {"birth_date": born, "gender": "wm"[case % 2], "entered_germany_on": date(2016 + case % 9, 3, 1)}
        client = copy(like.client, organisation=made, site=site, number=9000 + 100 * number + case, **more)
        copy(like, organisation=made, client=client, site=site, first_contact_on=MARCH)
    return made, world.personas[f"lead{number}"], world.personas[f"manager{number}"]


def state_of(closing):
    closing.refresh_from_db()
    return closing.state


def latest(of, where):
    return newest(of.closings.filter(unit_ref=where.public_id)).get(where.public_id)


def known_to_each_other(below, above, seconds):
    """Two organisations exchange their keys; in each a second person confirms. `below`, `above`: (person, second)."""
    for first, _second in (below, above):
        make_keys(by=first.actor)
    for (first, second), (other, _), direction, name in (
        (below, above, Direction.ABOVE, "die Ebene darüber"),
        (above, below, Direction.BELOW, "die Ebene darunter"),
    ):
        key = PublicKeys.from_text(seconds(other))
        confirm(by=second.actor, installation=register(by=first.actor, name=name, direction=direction, key=key))


def ids(world):
    """What addresses need: a carrier of the tests that has begun to report, and a key that waits."""
    opened = period(world)
    register_by = {"by": world.technical_lead.actor, "name": "Land", "direction": Direction.ABOVE}
    key = register(**register_by, key=PrivateKeys.new().public)
    closing = approved(opened, world.site, world.technical_lead, world.carrier_manager)
    return {
        "period_id": opened.public_id, "unit_ref": world.nordstadt.public_id, "closing_id": closing.public_id,
        "installation_id": key.public_id,
    }  # fmt: skip
