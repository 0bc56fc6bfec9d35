"""Partners go from one colleague to another, many at once."""

from collections.abc import Collection

from django.utils import timezone

from lotse.auditlog.door import action, record_each, refuse_if, require
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.partners.actions.partners import STRANGER
from lotse.partners.models import Partner
from lotse.partners.queries.keepers import kept_by

TAKEN = "Bei mindestens einem dieser Partner hat sich gerade etwas geändert. Bitte sehen Sie die Liste noch einmal an."


@action("partner.handed_over", "hat einen Kooperationspartner an jemand anderen übergeben")
def hand_over(*, by: Actor, given_by: Person | None, to: Person, partners: Collection[Partner]) -> None:
    """All of them or none: what somebody else has handed over meanwhile stays where it went."""
    require(by.may(Permission.MANAGE_PARTNERS))
    refuse_if(not partners, "Bitte mindestens einen Partner ankreuzen.", "partners")
    refuse_if(to.organisation_id != by.organisation_id, STRANGER, "to")
    refuse_if(
        not to.is_at_work_on(timezone.localdate()), f"{to} ist nicht mehr im Haus. Bitte jemand anderes wählen.", "to"
    )
    refuse_if(to == given_by, f"{to} hält den Kontakt schon. Bitte jemand anderes wählen.", "to")
    rows = list(kept_by(by, given_by).filter(pk__in=[one.pk for one in partners]).select_for_update())
    refuse_if(len(rows) != len(partners), TAKEN)
    Partner.objects.filter(pk__in=[one.pk for one in rows]).update(keeper=to)
    record_each(rows, given_by=given_by.public_id if given_by else "", to=to.public_id)
