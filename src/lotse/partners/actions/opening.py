"""What a site does for intercultural opening, and what colleagues offer to share of what they know."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.fields import FUTURE
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site
from lotse.partners import rules
from lotse.partners.models import Expertise, OpeningEntry


@action("opening.noted", "hat einen Schritt der interkulturellen Öffnung festgehalten")
def note_opening(*, by: Actor, site: Site, item: str, on: date, note: str = "") -> OpeningEntry:
    require(rules.keeps(by, site.organisation_id))
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    entry = OpeningEntry(organisation_id=site.organisation_id, site=site, item=item, on=on, note=note)
    entry.save()
    record(entry, item=item, on=on)
    return entry


@action("opening.dropped", "hat einen Schritt der interkulturellen Öffnung gelöscht")
def drop_opening(*, by: Actor, entry: OpeningEntry) -> None:
    require(rules.keeps(by, entry.organisation_id))
    record(entry, item=entry.item)
    entry.delete()


@action("expertise.offered", "hat eigenes Fachwissen angeboten")
def offer_expertise(
    *, by: Actor, field: str, text: str, languages: Collection[str] = (), valid_to: date | None = None
) -> Expertise:
    """Of herself only; once more about the same field replaces what stood there."""
    require(rules.sees_pool(by))
    refuse_if(valid_to is not None and valid_to < timezone.localdate(), "Dieser Tag ist schon vorbei.", "valid_to")
    mine = Expertise.objects.filter(person_id=by.person_id, field=field).first()
    mine = mine or Expertise(organisation_id=by.organisation_id, person_id=by.person_id, field=field)
    mine.text, mine.languages, mine.valid_to = text, list(languages), valid_to
    mine.save()
    record(mine, field=field)
    return mine


@action("expertise.withdrawn", "hat eigenes Fachwissen zurückgezogen")
def withdraw_expertise(*, by: Actor, expertise: Expertise) -> None:
    """Without a reason, and nothing of it stays (PA-04)."""
    require(rules.owns(by, expertise))
    record(expertise)
    expertise.delete()
