"""What a partner offers and who is to be spoken to there."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.partners.actions.partners import locked
from lotse.partners.models import ContactPerson, Partner, PartnerLanguage, PartnerOffer

ELSEWHERE = "Bitte jemanden wählen, der bei diesem Partner arbeitet."


@action("partner.offer_added", "hat ein Angebot eines Kooperationspartners eingetragen")
def add_offer(*, by: Actor, partner: Partner, languages: Collection[str] = (), **data: Any) -> PartnerOffer:
    fresh = locked(by, partner)
    offer = PartnerOffer(organisation_id=fresh.organisation_id, partner=fresh, **data)
    _keep(offer, languages)
    record(offer)
    return offer


@action("partner.offer_changed", "hat ein Angebot eines Kooperationspartners geändert")
def change_offer(*, by: Actor, offer: PartnerOffer, languages: Collection[str] = (), **data: Any) -> PartnerOffer:
    """Who writes it down anew has looked at it."""
    locked(by, offer.partner)
    changed = change(offer, data)
    offer.checked_on = timezone.localdate()
    if _keep(offer, languages):
        changed.append("spoken")
    record(offer, fields=changed)
    return offer


def _keep(offer: PartnerOffer, languages: Collection[str]) -> bool:
    is_elsewhere = offer.contact is not None and offer.contact.partner_id != offer.partner_id
    refuse_if(is_elsewhere, ELSEWHERE, "contact")
    offer.save()
    had = set(offer.spoken.values_list("language", flat=True))
    offer.spoken.exclude(language__in=languages).delete()
    PartnerLanguage.objects.bulk_create(
        PartnerLanguage(partner_id=offer.partner_id, offer=offer, language=key)
        for key in dict.fromkeys(languages)
        if key not in had
    )
    return had != set(languages)


@action("partner.offer_dropped", "hat ein Angebot eines Kooperationspartners entfernt")
def drop_offer(*, by: Actor, offer: PartnerOffer) -> None:
    record(locked(by, offer.partner))
    offer.delete()


@action("partner.person_added", "hat eine Ansprechperson bei einem Kooperationspartner eingetragen")
def add_person(*, by: Actor, partner: Partner, **data: Any) -> ContactPerson:
    fresh = locked(by, partner)
    person = ContactPerson(organisation_id=fresh.organisation_id, partner=fresh, **data)
    person.save()
    record(person)
    return person


@action("partner.person_changed", "hat eine Ansprechperson bei einem Kooperationspartner geändert")
def change_person(*, by: Actor, person: ContactPerson, **data: Any) -> ContactPerson:
    locked(by, person.partner)
    changed = change(person, data)
    person.save()
    record(person, fields=changed)
    return person


@action("partner.person_removed", "hat eine Ansprechperson bei einem Kooperationspartner entfernt")
def remove_person(*, by: Actor, person: ContactPerson) -> None:
    """Nothing of her stays, not even in the log (PA-03)."""
    record(locked(by, person.partner))
    person.delete()
