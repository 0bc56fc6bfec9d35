"""The directory: who is in it, in which kinds, who of ours keeps the contact, and that it still holds."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.fields import FUTURE
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person, Site
from lotse.partners import rules
from lotse.partners.enums import Priority
from lotse.partners.models import ContactPerson, Partner, PartnerCategory, PartnerLanguage, PartnerPriority
from lotse.programmes.models import Programme

STRANGER = "Bitte jemanden aus dem eigenen Haus wählen."
ENDED = "Die Zusammenarbeit ist schon beendet."
Several = Collection[str] | None


def locked(by: Actor, partner: Partner) -> Partner:
    """As it is now, for who may change it."""
    require(rules.keeps(by, partner.organisation_id))
    return Partner.objects.select_for_update().get(pk=partner.pk)


@action("partner.created", "hat einen Kooperationspartner angelegt")
def create_partner(
    *, by: Actor, name: str, category: str, further: Collection[str] = (), languages: Collection[str] = (),
    sites: Collection[Site] = (), contact_person: str = "", **data: Any,
) -> Partner:  # fmt: skip
    """`contact_person`: her name; what else is known of her is added on the page."""
    require(by.may(Permission.MANAGE_PARTNERS))
    partner = Partner(organisation_id=by.organisation_id, name=name, category=category, **data)
    _refuse_strangers(by, partner.keeper, sites)
    partner.save()
    _belongings(partner, further, languages, sites)
    if contact_person:
        ContactPerson.objects.create(organisation_id=by.organisation_id, partner=partner, name=contact_person)
    record(partner)
    return partner


@action("partner.changed", "hat einen Kooperationspartner geändert")
def update_partner(
    *, by: Actor, partner: Partner, further: Several = None, languages: Several = None,
    sites: Collection[Site] | None = None, **data: Any,
) -> Partner:  # fmt: skip
    """Who writes it down anew has looked at it."""
    fresh = locked(by, partner)
    _refuse_strangers(by, data.get("keeper"), sites or ())
    changed = change(fresh, data)
    fresh.checked_on = timezone.localdate()
    fresh.save()
    record(fresh, fields=[*changed, *_belongings(fresh, further, languages, sites)])
    return fresh


def _refuse_strangers(by: Actor, keeper: Person | None, sites: Collection[Site]) -> None:
    refuse_if(keeper is not None and keeper.organisation_id != by.organisation_id, STRANGER, "keeper")
    foreign = any(site.organisation_id != by.organisation_id for site in sites)
    refuse_if(foreign, "Bitte Beratungsstellen des eigenen Hauses wählen.", "sites")


def _belongings(partner: Partner, further: Several, languages: Several, sites: Collection[Site] | None) -> list[str]:
    """Which of them changed; None leaves them as they are."""
    changed = []
    if further is not None and _set_further(partner, [key for key in further if key != partner.category]):
        changed.append("further_categories")
    if languages is not None and _set_languages(partner, languages):
        changed.append("spoken")
    if sites is not None and set(sites) != set(partner.sites.all()):
        partner.sites.set(sites)
        changed.append("sites")
    return changed


def _set_further(partner: Partner, keys: list[str]) -> bool:
    had = [row.category for row in partner.further_categories.all()]
    partner.further_categories.exclude(category__in=keys).delete()
    PartnerCategory.objects.bulk_create(
        PartnerCategory(partner=partner, category=key) for key in dict.fromkeys(keys) if key not in had
    )
    return set(had) != set(keys)


def _set_languages(partner: Partner, keys: Collection[str]) -> bool:
    general = partner.spoken.filter(offer=None)
    had = set(general.values_list("language", flat=True))
    general.exclude(language__in=keys).delete()
    PartnerLanguage.objects.bulk_create(
        PartnerLanguage(partner=partner, language=key) for key in dict.fromkeys(keys) if key not in had
    )
    return had != set(keys)


@action("partner.confirmed", "hat bestätigt, dass die Angaben zu einem Kooperationspartner stimmen")
def confirm_partner(*, by: Actor, partner: Partner) -> Partner:
    """With what it offers."""
    fresh, today = locked(by, partner), timezone.localdate()
    fresh.checked_on = today
    fresh.save()
    for offer in fresh.offers.exclude(valid_to__lt=today):
        offer.checked_on = today
        offer.save()
    record(fresh)
    return fresh


@action("partner.ended", "hat die Zusammenarbeit mit einem Kooperationspartner beendet")
def end_partner(*, by: Actor, partner: Partner, on: date) -> Partner:
    fresh = locked(by, partner)
    refuse_if(fresh.ended_on is not None, ENDED)
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    fresh.ended_on = on
    fresh.save()
    record(fresh, on=on)
    return fresh


@action("partner.resumed", "hat die Zusammenarbeit mit einem Kooperationspartner wieder aufgenommen")
def resume_partner(*, by: Actor, partner: Partner) -> Partner:
    fresh = locked(by, partner)
    refuse_if(fresh.ended_on is None, "Mit diesem Partner arbeiten Sie schon zusammen.")
    fresh.ended_on = None
    fresh.save()
    record(fresh)
    return fresh


@action("partner.ranked", "hat den Vorrang eines Kooperationspartners festgelegt")
def rank_partner(
    *, by: Actor, partner: Partner, programme: Programme, priority: Priority | None, reason: str = ""
) -> None:
    """None: what follows from its kinds holds again."""
    fresh = locked(by, partner)
    refuse_if(priority is not None and not reason.strip(), "Bitte einen Grund angeben.", "reason")
    own = fresh.own_priorities.filter(programme=programme).first()
    if priority is None:
        fresh.own_priorities.filter(programme=programme).delete()
    else:
        own = own or PartnerPriority(organisation_id=fresh.organisation_id, partner=fresh, programme=programme)
        own.priority, own.reason = priority, reason
        own.save()
    record(fresh, programme=programme.code, priority=str(priority or ""))
