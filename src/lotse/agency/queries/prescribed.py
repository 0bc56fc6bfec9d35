"""Forms and logos as their keeper sees them: what holds, what is over, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.purposes import PURPOSE_OF
from lotse.core.finding import found
from lotse.documents import templates
from lotse.documents.enums import LogoSlot
from lotse.documents.models import FormTemplate, Logo
from lotse.documents.templates import PURPOSES, Current, Purpose
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.organisations.models.periods import Dated, DatedQuerySet
from lotse.organisations.models.scope import in_branches

SOON = timedelta(weeks=8)
OWN_PURPOSES = tuple(PURPOSE_OF.values())


D = TypeVar("D", bound=DatedQuerySet)


@dataclass(frozen=True)
class Standing:
    words: str
    tone: str


@dataclass(frozen=True)
class Shelf:
    """Everything kept for one purpose or slot, the newest first. `holds`: something of it holds today."""

    key: str
    title: str
    rows: Sequence[tuple[FormTemplate | Logo, Standing]]
    holds: bool


def standing(row: Dated, day: date) -> Standing:
    if row.valid_from > day:
        return Standing(f"gilt ab {row.valid_from:%d.%m.%Y}", "info")
    if row.valid_to is None:
        return Standing("gültig", "good")
    if row.valid_to < day:
        return Standing(f"abgelaufen am {row.valid_to:%d.%m.%Y}", "bad")
    return Standing(f"gültig bis {row.valid_to:%d.%m.%Y}", "warn" if row.valid_to - day <= SOON else "good")


def form_shelves(actor: Actor, day: date) -> list[Shelf]:
    rows = list(FormTemplate.objects.visible_to(actor).select_related("organisation", "file"))
    kinds = {purpose: kind.label for kind, purpose in PURPOSE_OF.items()}
    return [_shelf(key, kinds[key], [row for row in rows if row.purpose == key], day) for key in OWN_PURPOSES]


def logo_shelves(actor: Actor, day: date) -> list[Shelf]:
    rows = list(Logo.objects.visible_to(actor).select_related("organisation", "image"))
    return [_shelf(slot, str(slot.label), [row for row in rows if row.slot == slot], day) for slot in LogoSlot]


def _shelf(key: str, title: str, rows: Sequence[FormTemplate | Logo], day: date) -> Shelf:
    return Shelf(key, title, [(row, standing(row, day)) for row in rows], any(row.is_valid_on(day) for row in rows))


def forms_running_out(actor: Actor, today: date) -> QuerySet[FormTemplate]:
    own = FormTemplate.objects.visible_to(actor).filter(purpose__in=OWN_PURPOSES)
    return _running_out(own, FormTemplate.objects.filter(purpose=OuterRef("purpose")), today)


def logos_running_out(actor: Actor, today: date) -> QuerySet[Logo]:
    return _running_out(Logo.objects.visible_to(actor), Logo.objects.filter(slot=OuterRef("slot")), today)


def _running_out(own: D, alike: QuerySet, today: date) -> D:
    """Soon or of late, and the same keeper has nothing that holds longer."""
    longer = Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to"))
    after = alike.filter(longer, organisation=OuterRef("organisation")).order_by()
    return own.filter(~Exists(after), valid_to__range=(today - SOON, today + SOON))


def get_form(actor: Actor, public_id: str) -> FormTemplate:
    return found(FormTemplate.objects.visible_to(actor).select_related("organisation", "file"), public_id)


def get_logo(actor: Actor, public_id: str) -> Logo:
    return found(Logo.objects.visible_to(actor).select_related("organisation", "image"), public_id)


def possible_keepers(actor: Actor) -> dict[str, Organisation]:
    """For whom something may hold: the branches she releases for, the whole before its parts."""
    rows = Organisation.objects.filter(in_branches(actor.released_paths)).exclude(kind=OrganisationKind.AGENCY)
    return {row.public_id: row for row in rows.order_by("path", "name")}


def purpose_named(key: str) -> Purpose | None:
    return PURPOSES.get(key) if key in OWN_PURPOSES else None


def sample_document(form: FormTemplate, day: date) -> AgencyDocument:
    """Never saved: what a preview is printed as."""
    kind = next(kind for kind, purpose in PURPOSE_OF.items() if purpose == form.purpose)
    return AgencyDocument(kind=kind, funding_year=day.year, until_year=day.year)


def purpose_of(document: AgencyDocument) -> str | None:
    return PURPOSE_OF.get(DocumentKind(document.kind))


def export_of(document: AgencyDocument, today: date) -> Current | None:
    """Whether its paper may leave the house; None where it has none. What is frozen is judged by the day of its release (IA-02)."""
    purpose = purpose_of(document)
    released = document.released_at if document.is_frozen else None
    day = timezone.localdate(released) if released else today
    return templates.judged(document.template, document.agency, purpose, day) if purpose else None


def held_back(document: AgencyDocument, today: date) -> str:
    """Why it cannot go out today; empty where it can."""
    export = export_of(document, today)
    return export.reason if export else ""


def printed_on(document: AgencyDocument, today: date) -> Current:
    """What has no form is printed on the paper of the house, with the logos of the day."""
    return export_of(document, today) or Current(None, "", templates.logos(document.agency, today))
