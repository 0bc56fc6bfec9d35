"""What a document of an agency says, as the words that are printed: on the prescribed form and on the paper of the house."""

from django.utils import timezone

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, Analysis, DataItem, FieldNote, Need
from lotse.agency.queries.contents_plan import plan
from lotse.agency.queries.contents_report import report
from lotse.agency.queries.controlling import filled_sheet, table
from lotse.agency.queries.printed import NOTHING, day_of, listed, said
from lotse.documents.templates import Values
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField


def contents(actor: Actor, document: AgencyDocument) -> Values:
    return {**head(document), **OF_KIND[DocumentKind(document.kind)](actor, document)}


def head(document: AgencyDocument) -> dict[str, str]:
    agency = document.agency
    day = document.released_at or timezone.now()
    return {
        "Integrationsagentur": agency.name,
        "Träger": agency.parent.name if agency.parent else agency.name,
        "Anschrift": agency.address or NOTHING,
        "Förderjahr": document.years,
        "Fassung": str(document.version),
        "Zuständig": said(document.responsible),
        "Stand": day_of(timezone.localtime(day).date()),
    }


def analysis(actor: Actor, document: AgencyDocument) -> Values:
    whole = Analysis.objects.visible_to(actor).prefetch_related("spaces").filter(document=document).first()
    needs = list(Need.objects.visible_to(actor).filter(document=document))
    numbers = {need.pk: str(number) for number, need in enumerate(needs, start=1)}
    items = (
        DataItem.objects.visible_to(actor)
        .filter(document=document)
        .prefetch_related("needs")
        .order_by("topic", "position", "id")
    )
    notes = FieldNote.objects.visible_to(actor).filter(document=document)
    return {
        **_whole(whole or Analysis()),
        "Feld": _fields(whole or Analysis(), {note.field: note for note in notes}),
        "Angabe": [_data_item(item, numbers) for item in items],
        "Bedarf": [_need(need, numbers) for need in needs],
    }


def _whole(analysis: Analysis) -> dict[str, str]:
    return {
        "Ausrichtung": said(analysis.get_orientation_display()),
        "Fortschreibung": analysis.get_renewal_display(),
        "Sozialräume": listed(analysis.spaces.all()) if analysis.pk else NOTHING,
        "Handlungsfelder": listed(field.label for field in _chosen(analysis)),
        "Schwerpunkt": said(analysis.get_special_field_display()),
        "Gesamtziel": said(analysis.overall_goal),
        "Integrationskonzept": said(analysis.integration_concept),
        "Kommunales Integrationszentrum": said(analysis.municipal_centre),
        "Andere Integrationsagenturen": said(analysis.other_agencies),
    }


def _fields(analysis: Analysis, notes: dict[str, FieldNote]) -> list[dict[str, str]]:
    """What is said of each field that the analysis has chosen."""
    return [_field(field, notes.get(field) or FieldNote()) for field in _chosen(analysis)]


def _chosen(analysis: Analysis) -> list[ActionField]:
    return [field for field in ActionField if field in analysis.fields]


def _field(field: ActionField, note: FieldNote) -> dict[str, str]:
    return {
        "Handlungsfeld": field.label, "Angebote": said(note.offers), "Ziel": said(note.goal), "Maßnahmen": said(note.measures),
    }  # fmt: skip


def _data_item(item: DataItem, numbers: dict[int, str]) -> dict[str, str]:
    return {
        "Thema": item.topic, "Was": item.label, "Wert": f"{item.value} {item.unit}".strip(), "Gebiet": said(item.area),
        "Stand": day_of(item.as_of), "Quelle": item.source, "Bedarf": listed(numbers[need.pk] for need in item.needs.all()),
    }  # fmt: skip


def _need(need: Need, numbers: dict[int, str]) -> dict[str, str]:
    return {"Nummer": numbers[need.pk], "Text": need.text, "Handlungsfeld": said(need.get_field_display())}


def controlling(_actor: Actor, document: AgencyDocument) -> Values:
    filled = filled_sheet(document)
    names = ("Abschnitt", "Frage", "Antwort", "Erläuterung")
    rows = [dict(zip(names, map(said, row), strict=True)) for row in table(filled)]
    return {"Bogen": filled.questions.name, "Frage": rows}


OF_KIND = {
    DocumentKind.ANALYSIS: analysis,
    DocumentKind.TASK_PLAN: plan,
    DocumentKind.REPORT: report,
    DocumentKind.CONTROLLING: controlling,
}
