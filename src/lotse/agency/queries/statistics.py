"""Tables of statistics and the map of an agency, as far as the actor may see them."""

from django.db.models import Count, Exists, OuterRef, QuerySet

from lotse.agency.models import AgencyDocument, AgencyMap, DataItem, Dataset, DatasetRow
from lotse.core.finding import found
from lotse.documents.geojson import Area
from lotse.organisations.actor import Actor


def datasets(actor: Actor, document: AgencyDocument) -> QuerySet[Dataset]:
    mine = Dataset.objects.visible_to(actor).filter(agency=document.agency_id)
    return mine.annotate(row_count=Count("rows"))


def get_dataset(actor: Actor, document: AgencyDocument, public_id: str) -> Dataset:
    return found(datasets(actor, document), public_id)


def rows_of(dataset: Dataset, document: AgencyDocument, text: str = "") -> QuerySet[DatasetRow]:
    """`is_taken`: stands in this analysis already. `text`: words that what or where contain, each of them."""
    taken = DataItem.objects.filter(document=document, row=OuterRef("pk"))
    rows = dataset.rows.annotate(is_taken=Exists(taken)).order_by("position")
    for word in text.split()[:5]:
        rows = rows.filter(label__icontains=word) | rows.filter(area__icontains=word)
    return rows


def areas_of(document: AgencyDocument) -> list[Area]:
    kept = AgencyMap.objects.filter(agency=document.agency_id).first()
    return kept.areas if kept else []
