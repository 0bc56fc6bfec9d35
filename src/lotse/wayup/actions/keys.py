"""The keys of this organisation, and those of the others it exchanges reports with."""

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actor import Actor
from lotse.wayup import rules
from lotse.wayup.actions.closings import NOT_YOURS
from lotse.wayup.envelope import PrivateKeys, PublicKeys
from lotse.wayup.models import Installation, ReportingKeys
from lotse.wayup.queries import keys_of


@action("wayup.keys_made", "hat einen Meldeschlüssel erzeugt")
def make_keys(*, by: Actor) -> ReportingKeys:
    require(rules.reports_for(by, by.organisation_id), NOT_YOURS)
    refuse_if(keys_of(by.organisation_id) is not None, "Ihre Organisation hat schon einen Schlüssel.")
    pair = PrivateKeys.new()
    made = ReportingKeys(organisation_id=by.organisation_id, private=pair.text, public_key=pair.public.text)
    made.save()
    record(made, fingerprint=pair.public.fingerprint)
    return made


@action("wayup.installation_registered", "hat den Schlüssel einer anderen Installation eingetragen")
def register(*, by: Actor, name: str, direction: str, key: PublicKeys) -> Installation:
    require(rules.reports_for(by, by.organisation_id), NOT_YOURS)
    own = keys_of(by.organisation_id)
    refuse_if(own is not None and own.public_key == key.text, "Das ist Ihr eigener Schlüssel.", "key")
    made = Installation(
        organisation_id=by.organisation_id, name=name.strip(), direction=direction, public_key=key.text,
        fingerprint=key.fingerprint, registered_by_id=by.person_id,
    )  # fmt: skip
    made.save()
    record(made, fingerprint=made.fingerprint)
    return made


def _locked(by: Actor, installation: Installation) -> Installation:
    return Installation.objects.visible_to(by).select_for_update(of=("self",)).get(pk=installation.pk)


@action("wayup.installation_confirmed", "hat den Schlüssel einer anderen Installation bestätigt")
def confirm(*, by: Actor, installation: Installation) -> Installation:
    """She has had the fingerprint read out to her on the telephone, and it is the same."""
    fresh = _locked(by, installation)
    refuse_if(fresh.confirmed_at is not None or fresh.ended_at is not None, "Darüber ist schon entschieden.")
    require(rules.may_confirm(by, fresh), "Bestätigen muss eine zweite Person.")
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, timezone.now()
    fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    record(fresh, fingerprint=fresh.fingerprint)
    return fresh


@action("wayup.installation_ended", "hat den Schlüssel einer anderen Installation gesperrt")
def end(*, by: Actor, installation: Installation) -> Installation:
    """From now on nothing is taken from it or sealed for it, and no new sum holds it: its new key would count twice."""
    fresh = _locked(by, installation)
    require(rules.reports_for(by, fresh.organisation_id), NOT_YOURS)
    refuse_if(fresh.ended_at is not None, "Dieser Schlüssel ist schon gesperrt.")
    fresh.ended_at = timezone.now()
    fresh.save(update_fields=["ended_at"])
    record(fresh, fingerprint=fresh.fingerprint)
    return fresh
