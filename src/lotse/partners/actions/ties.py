"""That we spoke with a partner, how it goes, and who works how close with whom."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.core.fields import FUTURE
from lotse.organisations.actor import Actor
from lotse.partners.actions.partners import locked
from lotse.partners.enums import Closeness, ContactKind, Quality
from lotse.partners.models import Partner, PartnerContact, PartnerRating, PartnerRelation

FOREIGN = "Diesen Partner gibt es nicht."
EARLIER = "Seitdem ist schon etwas anderes festgehalten. Bitte einen späteren Tag angeben."


@action("partner.contact_noted", "hat einen Kontakt zu einem Kooperationspartner festgehalten")
def note_contact(*, by: Actor, partner: Partner, on: date, kind: ContactKind, note: str = "") -> PartnerContact:
    fresh = locked(by, partner)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    made = PartnerContact(
        organisation_id=fresh.organisation_id, partner=fresh, on=on, kind=kind, note=note, person_id=by.person_id
    )
    made.save()
    record(fresh, on=on, kind=str(kind))
    return made


@action("partner.contact_dropped", "hat einen Kontakt zu einem Kooperationspartner gelöscht")
def drop_contact(*, by: Actor, contact: PartnerContact) -> None:
    record(locked(by, contact.partner), on=contact.on)
    contact.delete()


@action("partner.rated", "hat die Zusammenarbeit mit einem Kooperationspartner eingeschätzt")
def rate_cooperation(*, by: Actor, partner: Partner, on: date, quality: Quality, reason: str = "") -> PartnerRating:
    fresh = locked(by, partner)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    made = PartnerRating(
        organisation_id=fresh.organisation_id, partner=fresh, on=on, quality=quality, reason=reason, person_id=by.person_id
    )  # fmt: skip
    made.save()
    record(fresh, on=on, quality=str(quality))
    return made


@action("partner.related", "hat festgehalten, wie eng Partner zusammenarbeiten")
def relate(
    *, by: Actor, partner: Partner, closeness: Closeness, since: date, other: Partner | None = None
) -> PartnerRelation:
    """Without `other`: with our own house. What held before ends that day (PA-05)."""
    fresh = locked(by, partner)
    refuse_if(other is not None and other.organisation_id != by.organisation_id, FOREIGN, "other")
    refuse_if(other == fresh, "Bitte einen anderen Partner wählen.", "other")
    refuse_if(since > timezone.localdate(), FUTURE, "since")
    first, second = sorted((fresh, other), key=lambda one: one.pk) if other else (fresh, None)
    _end_former(first, second, since)
    made = PartnerRelation(
        organisation_id=by.organisation_id, partner=first, other=second, closeness=closeness, since=since
    )
    made.save()
    record(fresh, closeness=str(closeness), since=since)
    return made


def _end_former(first: Partner, second: Partner | None, on: date) -> None:
    for former in PartnerRelation.objects.filter(partner=first, other=second, ended_on=None):
        refuse_if(former.since > on, EARLIER, "since")
        former.ended_on = on
        former.save()


@action("partner.relation_ended", "hat festgehalten, dass Partner nicht mehr zusammenarbeiten")
def end_relation(*, by: Actor, relation: PartnerRelation, on: date) -> None:
    fresh = locked(by, relation.partner)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(relation.ended_on is not None, "Das ist schon beendet.")
    relation.ended_on = on
    relation.save()
    record(fresh, on=on)
