"""What the coordination prescribes: examples of the forms, logos old and new, and a sheet for the controlling that is under way."""

from datetime import date
from functools import partial

from lotse.agency.actions.controlling import note_upload, save_answers
from lotse.agency.actions.papers import begin_document
from lotse.agency.enums import DocumentKind
from lotse.agency.queries.prescribed import OWN_PURPOSES
from lotse.documents.enums import LogoSlot
from lotse.documents.intake import produced
from lotse.documents.rendering.pdf import render_png
from lotse.documents.template_actions import adopt_examples, save_logo
from lotse.documents.templates import PURPOSES
from lotse.organisations.models import Membership, Organisation
from lotse.organisations.who import actor_for
from lotse.portal.demo.showcase.stage import Stage

AGENCY = "Integrationsagentur Kleve"
MARK = '#set page(width: 68mm, height: 24mm, margin: 3mm)\n#set text(size: 15pt, weight: 600, fill: rgb("{}"))\n#align(center + horizon)[{}]'
ANSWERS = {
    "plan_kept": ("with_changes", "Der offene Treff begann erst im Mai, vorher fehlte der Raum."),
    "reasons": ("Die Stadtbücherei hat Räume und Menschen vermittelt.", ""),
    "institutions": ("4", ""),
    "reached": ("3", "Von fünf Zielen sind vier erreicht."),
    "cooperation": ("4", ""),
}


def tell(stage: Stage) -> None:
    keeper, district = stage.district.lead.actor, stage.district.organisation
    first = date(stage.last_year, 1, 1)
    adopt_examples(by=keeper, organisation=district, purposes=[PURPOSES[key] for key in OWN_PURPOSES], day=first)
    logo = partial(_logo, stage)
    logo(LogoSlot.MINISTRY, "Musterministerium (alt)", "#7a4d00", first)
    logo(LogoSlot.MINISTRY, "Musterministerium", "#00553a", stage.ago(30))
    logo(LogoSlot.ASSOCIATION, "Musterverband", "#a01414", first)
    logo(LogoSlot.AGENCIES, "Beispiel-Agenturen", "#1b4d5c", first, stage.ahead(40))
    _sheet(stage)


def _logo(stage: Stage, slot: LogoSlot, words: str, colour: str, begins: date, ends: date | None = None) -> None:
    by, where = stage.district.lead.actor, stage.district.organisation
    picture = render_png(MARK.format(colour, words))
    with produced(picture, "logo.png", by=by, media_type="image/png") as made:
        save_logo(
            by=by, organisation=where, slot=slot, alt=f"Logo: {words}", valid_from=begins, valid_to=ends, received=made
        )


def _sheet(stage: Stage) -> None:
    agency = Organisation.objects.get(name=AGENCY)
    role = Membership.objects.filter(organisation=agency, role="integration_specialist").order_by("id").first()
    by, year = actor_for(role.person), stage.last_year
    sheet = begin_document(by=by, agency=agency, kind=DocumentKind.CONTROLLING, funding_year=year)
    save_answers(by=by, document=sheet, answers=ANSWERS, revision=0)
    note_upload(by=by, document=sheet, on=stage.ago(12))
