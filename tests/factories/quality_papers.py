"""Governed documents, chapters of a manual and devices, made through the actions."""

from datetime import timedelta

from django.utils import timezone

from lotse.documents.intake import receive
from lotse.quality.actions import equipment as devices
from lotse.quality.actions import governed, governed_versions, manual
from lotse.quality.actions.frameworks import set_reference
from lotse.quality.enums import CheckResult, DocumentKind, EquipmentKind
from lotse.quality.models import Criterion, GovernedDocument
from tests.documents.files import upload

TEXT = "Wir beraten Menschen.\n\nJede Person wird gehört."


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def document(world, title="Leitbild", **more):
    values = {"kind": DocumentKind.MISSION, "title": title, "owner": world.technical_lead.person, **more}
    return governed.enter_document(by=world.carrier_manager.actor, organisation=world.nordstadt, **values)


def draft(world, found, text=TEXT, by=None, **more):
    """Written by the technical lead."""
    return governed_versions.begin_version(by=(by or world.technical_lead).actor, document=found, text=text, **more)


def draft_file(world, found, **more):
    with receive(upload(), by=world.technical_lead.actor) as received:
        return governed_versions.begin_version(by=world.technical_lead.actor, document=found, received=received, **more)


def submitted(world, found, text=TEXT, **more):
    return governed_versions.submit_version(by=world.technical_lead.actor, version=draft(world, found, text, **more))


def approved(world, found, days=0, text=TEXT, **more):
    """Approved and in force since so many days; negative: to come."""
    made = submitted(world, found, text, **more)
    on = days_ago(max(days, 0))
    return governed_versions.approve_version(
        by=world.carrier_manager.actor, version=made, valid_from=days_ago(days), on=on
    )


def in_force(world, title="Leitbild", days=10, **more):
    found = document(world, title, **more)
    return approved(world, found, days)


def chapter(world, number="1", title="Grundlagen", **more):
    return manual.add_chapter(
        by=world.carrier_manager.actor, organisation=world.nordstadt, number=number, title=title, **more
    )


def device(world, name="Feuerlöscher", **more):
    values = {"kind": EquipmentKind.SAFETY, "responsible": world.counsellor.person, "check_every": 12, **more}
    return devices.enter_equipment(by=world.carrier_manager.actor, organisation=world.nordstadt, name=name, **values)


def many(world, size):
    """Documents in force, bare rows for the size of a page."""
    for number in range(size):
        in_force(world, f"Verfahren {number}", kind=DocumentKind.PROCEDURE, number=f"V {number}")


def ids(world):
    """A document with a draft beside its version in force, a chapter and a device with a check."""
    version = in_force(world)
    draft(world, GovernedDocument.objects.get(pk=version.document_id), "Neu.", change_note="kürzer")
    top, one = chapter(world), device(world)
    criterion = Criterion.objects.filter(organisation=world.nordstadt).order_by("-id").first()
    set_reference(by=world.carrier_manager.actor, criterion=criterion, text="", chapter=top)
    devices.check_equipment(by=world.counsellor.actor, equipment=one, result=CheckResult.OK)
    return {
        "governed_document_id": version.document.public_id, "governed_version_id": version.public_id,
        "manual_chapter_id": top.public_id, "equipment_id": one.public_id,
    }  # fmt: skip
