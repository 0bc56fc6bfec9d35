"""Documents entered and changed; who must read them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules
from lotse.quality.actions.shared import kept
from lotse.quality.models import Acknowledgement, GovernedDocument, GovernedVersion
from lotse.quality.models.governed import joined_roles

FOREIGN_OWNER = "Verantwortlich ist jemand, der bei diesem Träger arbeitet."
FOREIGN_UNIT = "Diese Agentur gehört nicht zum Träger."
NOT_CONCERNED = "Zu bestätigen ist hier nichts: Diese Fassung gilt nicht, geht Sie nicht an oder ist schon bestätigt."
WHO_WRITES = "Das macht, wer für das Dokument verantwortlich ist oder die Qualität plant und sichert."


def writable(by: Actor, document: GovernedDocument) -> GovernedDocument:
    """Locked, so that versions of one document come one after the other."""
    require(rules.writes(by, document), WHO_WRITES)
    return locked(document)


@action("governed.entered", "hat ein gelenktes Dokument angelegt")
def enter_document(
    *, by: Actor, organisation: Organisation, kind: str, title: str, owner: Person, number: str = "",
    review_every: int = 12, is_confidential: bool = False, roles: Collection[str] = (), unit: Organisation | None = None,
) -> GovernedDocument:  # fmt: skip
    kept(by, organisation)
    values = {
        "kind": kind, "title": title, "owner": owner, "number": number, "review_every": review_every,
        "is_confidential": is_confidential, "roles": roles, "unit": unit,
    }  # fmt: skip
    made = GovernedDocument(organisation=organisation, **_checked(organisation, values))
    save_checked(made)
    record(made, kind=kind)
    return made


@action("governed.changed", "hat ein gelenktes Dokument geändert")
def change_document(
    *, by: Actor, document: GovernedDocument, revision: int | None = None, **values: Any
) -> GovernedDocument:
    """Another interval moves the day of the next review."""
    kept(by, document.organisation)
    fresh = locked(document)
    changed = revise(fresh, _checked(fresh.organisation, values), revision)
    if "review_every" in changed:
        for version in GovernedVersion.objects.filter(document=fresh, reviewed_on__isnull=False):
            version.review_on = rules.review_on(version.reviewed_on, fresh.review_every)
            version.save(update_fields=["review_on"])
    record(fresh, fields=changed)
    return fresh


def _checked(house: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    owner, unit = values["owner"], values.get("unit")
    refuse_if(owner.organisation_id != house.pk, FOREIGN_OWNER, "owner")
    refuse_if(unit is not None and not unit.path.startswith(house.path), FOREIGN_UNIT, "unit")
    said = {name: value for name, value in values.items() if name != "roles"}
    texts = {name: said[name].strip() for name in ("title", "number")}
    return {**said, **texts, "for_roles": joined_roles(values.get("roles", ()))}


@action("governed.acknowledged", "hat ein Dokument gelesen und verstanden")
def acknowledge(*, by: Actor, version: GovernedVersion) -> Acknowledgement:
    """By everyone whom it concerns, once for each version."""
    hers = GovernedVersion.objects.to_acknowledge_by(by).filter(pk=version.pk)
    refuse_if(not hers.exists(), NOT_CONCERNED)
    made = Acknowledgement(
        organisation_id=version.organisation_id, version=version, person_id=by.person_id, at=timezone.now()
    )
    save_checked(made)
    record(version.document, version=version.number)
    return made
