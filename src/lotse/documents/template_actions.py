"""Forms and logos kept. A new one takes over from the one before on its first day."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta

from django.db.models import QuerySet

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents import rules
from lotse.documents.actions import Received, keep_file
from lotse.documents.archives import DOCX
from lotse.documents.enums import Compartment, ScanState
from lotse.documents.intake import produced
from lotse.documents.models import FormTemplate, Logo, StoredFile
from lotse.documents.templates import EXAMPLE, KEPT_BY, Purpose, example
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

UNCHECKED = "Die Datei wartet noch auf die Virenprüfung. Bitte später noch einmal hochladen."
GAP_BEFORE = "Der Beginn liegt vor dem der jetzigen Fassung. Bitte einen späteren Tag angeben."


@action("form_template.saved", "hat eine Vorlage hinterlegt")
def save_template(
    *, by: Actor, organisation: Organisation, purpose: str, version: str, valid_from: date, valid_to: date | None = None,
    received: Received | None = None, missing: Sequence[str] = (), is_example: bool = False,
) -> FormTemplate:  # fmt: skip
    """Without a file it is the paper of the house."""
    require(rules.keeps_forms(by, organisation), KEPT_BY)
    _end_former(FormTemplate.objects.filter(organisation=organisation, purpose=purpose), valid_from)
    made = FormTemplate(
        organisation=organisation, purpose=purpose, version=version, valid_from=valid_from, valid_to=valid_to,
        missing=list(missing), is_example=is_example, file=_kept(by, received) if received else None,
    )  # fmt: skip
    made.validate_constraints()
    made.save()
    record(made, purpose=purpose, version=version, valid_from=valid_from, valid_to=valid_to)
    return made


@action("logo.saved", "hat ein Logo hinterlegt")
def save_logo(
    *, by: Actor, organisation: Organisation, slot: str, alt: str, valid_from: date, valid_to: date | None = None,
    received: Received,
) -> Logo:  # fmt: skip
    require(rules.keeps_forms(by, organisation), KEPT_BY)
    _end_former(Logo.objects.filter(organisation=organisation, slot=slot), valid_from)
    stored = _kept(by, received)
    made = Logo(organisation=organisation, slot=slot, alt=alt, valid_from=valid_from, valid_to=valid_to, image=stored)
    made.validate_constraints()
    made.save()
    record(made, slot=slot, valid_from=valid_from, valid_to=valid_to)
    return made


@action("form_template.dated", "hat die Gültigkeit einer Vorlage oder eines Logos geändert")
def set_validity(*, by: Actor, row: FormTemplate | Logo, valid_from: date, valid_to: date | None) -> None:
    require(rules.keeps_forms(by, row.organisation), KEPT_BY)
    row.valid_from, row.valid_to = valid_from, valid_to
    row.validate_constraints()
    row.save(update_fields=["valid_from", "valid_to"])
    record(row, fields=["valid_from", "valid_to"], valid_from=valid_from, valid_to=valid_to)


def adopt_examples(*, by: Actor, organisation: Organisation, purposes: Sequence[Purpose], day: date) -> None:
    """An example of every form, so that somebody who has none yet can try everything."""
    with ExitStack() as stack:
        for purpose in purposes:
            made = produced(example(purpose), f"{purpose.key}.docx", by=by, media_type=DOCX)
            save_template(
                by=by, organisation=organisation, purpose=purpose.key, version=f"{EXAMPLE} {day.year}", valid_from=day,
                received=stack.enter_context(made), is_example=True,
            )  # fmt: skip


def _end_former(former: "QuerySet[FormTemplate] | QuerySet[Logo]", begins: date) -> None:
    """What has no end yet ends the day before."""
    for row in former.filter(valid_to=None):
        refuse_if(row.valid_from >= begins, GAP_BEFORE, "valid_from")
        row.valid_to = begins - timedelta(days=1)
        row.save(update_fields=["valid_to"])


def _kept(by: Actor, received: Received) -> StoredFile:
    refuse_if(received.scan_state == ScanState.QUARANTINED, UNCHECKED)
    return keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="with_owner")
