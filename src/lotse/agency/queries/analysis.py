"""An analysis: what it says, what it builds on, what it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, Analysis, DataItem, FieldNote, Need, SocialSpace
from lotse.agency.queries.missing import Missing
from lotse.agency.rules import Reach
from lotse.agency.texts import MANDATORY, WANTED_OF_FIELD, Place
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField


def analysis_of(document: AgencyDocument) -> Analysis:
    """Not saved where nothing was said yet."""
    kept = Analysis.objects.filter(document=document).select_related("based_on__document").first()
    return kept or Analysis(document=document, organisation_id=document.organisation_id)


def previous_analysis(document: AgencyDocument) -> Analysis | None:
    """The last version of the one before, by funding year; whoever may read this one may read that one."""
    rows = Analysis.objects.filter(
        document__agency=document.agency_id, document__kind=DocumentKind.ANALYSIS,
        document__funding_year__lt=document.funding_year,
    )  # fmt: skip
    return rows.select_related("document").order_by("-document__funding_year", "-document__version").first()


def reach_of(analysis: Analysis) -> Reach:
    spaces = analysis.spaces.values_list("public_id", flat=True) if analysis.pk else ()
    return set(spaces), set(analysis.fields)


def spaces_of(document: AgencyDocument) -> list[SocialSpace]:
    """Of its agency, and those that it speaks of although the agency has left them."""
    mine = SocialSpace.objects.filter(agency=document.agency_id)
    return list(mine.offered_on(timezone.localdate()) | mine.filter(pk__in=_spoken_of(document)))


def _spoken_of(document: AgencyDocument) -> QuerySet:
    return Analysis.spaces.through.objects.filter(analysis__document=document).values("socialspace")


def data_items(document: AgencyDocument) -> QuerySet[DataItem]:
    return DataItem.objects.filter(document=document).order_by("topic", "position", "id")


def needs(document: AgencyDocument) -> QuerySet[Need]:
    """With the number of data that each follows from."""
    return Need.objects.filter(document=document).annotate(data_count=Count("data_items"))


def get_data_item(actor: Actor, public_id: str) -> DataItem:
    return found(DataItem.objects.visible_to(actor).select_related("document__agency"), public_id)


def get_need(actor: Actor, public_id: str) -> Need:
    return found(Need.objects.visible_to(actor).select_related("document__agency"), public_id)


def unlinked_data(document: AgencyDocument) -> QuerySet[DataItem]:
    """Data that no need follows from (IA-03)."""
    return data_items(document).filter(needs=None)


def needs_without_data(document: AgencyDocument) -> QuerySet[Need]:
    """Needs that no data speaks for (IA-03)."""
    return Need.objects.filter(document=document, data_items=None)


def field_notes(document: AgencyDocument) -> dict[str, FieldNote]:
    return {note.field: note for note in FieldNote.objects.filter(document=document)}


@dataclass(frozen=True)
class _Page:
    document: AgencyDocument

    def at(self, place: Place) -> str:
        """What is said of a field stands folded: the address opens it."""
        opened = f"?offen={place.field}" if place.field else ""
        return f"{self.of('analysis')}{opened}#{place.anchor}"

    def of(self, name: str) -> str:
        return reverse(f"agency:{name}", args=[self.document.public_id])


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    """What it lacks before it can be handed in, in the order of its page."""
    analysis, page = analysis_of(document), _Page(document)
    return [
        *_of_reach(analysis, page),
        *_of_links(document, page),
        *_of_texts(analysis, page, ("overall_goal",)),
        *_of_fields(analysis, page),
        *_of_texts(analysis, page, MANDATORY),
        *_of_plans(document, analysis, page),
    ]


def _of_reach(analysis: Analysis, page: _Page) -> Iterable[Missing]:
    said = {
        "Ausrichtung": analysis.orientation,
        "Sozialräume": analysis.pk and analysis.spaces.exists(),
        "Handlungsfelder": analysis.fields,
        "Schwerpunkt: ein Handlungsfeld": analysis.special_field,
    }
    return [Missing(text, page.of("analysis_reach")) for text, value in said.items() if not value]


def _of_texts(analysis: Analysis, page: _Page, names: Sequence[str]) -> Iterable[Missing]:
    places = [Place(name) for name in names]
    return [Missing(p.label, page.at(p)) for p in places if not getattr(analysis, p.name).strip()]


def _of_fields(analysis: Analysis, page: _Page) -> Iterable[Missing]:
    notes = field_notes(analysis.document)
    for field in (ActionField(code) for code in ActionField.values if code in analysis.fields):
        for place in (Place(name, field) for name in WANTED_OF_FIELD):
            if not getattr(notes.get(field), place.name, "").strip():
                yield Missing(f"{field.label}: {place.label}", page.at(place))


def _of_links(document: AgencyDocument, page: _Page) -> Iterable[Missing]:
    items, wants = data_items(document), Need.objects.filter(document=document)
    if not items.exists():
        yield Missing("Daten", page.of("add_data"))
    if not wants.exists():
        yield Missing("Bedarfe", page.of("add_need"))
    if count := unlinked_data(document).count():
        yield Missing(f"{count} {'Angabe' if count == 1 else 'Angaben'} ohne Bedarf", page.of("link_data"))
    if count := needs_without_data(document).count():
        yield Missing(f"{count} {'Bedarf' if count == 1 else 'Bedarfe'} ohne Daten", page.of("link_data"))
    if items.filter(to_check=True).exists() or wants.filter(to_check=True).exists():
        yield Missing("Übernommenes prüfen", page.of("check_taken_over"))


def _of_plans(document: AgencyDocument, analysis: Analysis, page: _Page) -> Iterable[Missing]:
    """A plan works in the fields of its analysis; for others a new one is made (IA-06)."""
    plans = AgencyDocument.objects.filter(
        agency=document.agency_id, kind=DocumentKind.TASK_PLAN,
        funding_year__range=(document.funding_year, document.until_year),
    )  # fmt: skip
    planned = plans.values_list("tasks__field", flat=True).distinct()
    for field in sorted({code for code in planned if code} - set(analysis.fields)):
        yield Missing(
            f"{ActionField(field).label}: steht in der Planung, nicht in der Analyse", page.of("analysis_reach")
        )
