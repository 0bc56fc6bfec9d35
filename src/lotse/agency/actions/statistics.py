"""Tables and outlines that an agency brings along. They belong to it, not to one of its documents."""

from datetime import date

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.agency.models import AgencyMap, Dataset, DatasetRow
from lotse.agency.queries.agencies import carrier_of
from lotse.agency.statistics.reading import Reading
from lotse.auditlog.door import action, record, require
from lotse.documents.geojson import Area
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

AT_ONCE = 500


@action("dataset.kept", "hat eine Tabelle der Statistik eingelesen")
def keep_dataset(
    *, by: Actor, agency: Organisation, reading: Reading, title: str, source: str, retrieved_on: date, area: str = ""
) -> Dataset:
    require(rules.works_in(by, agency), WHO_WRITES)
    values = {"title": title, "source": source, "retrieved_on": retrieved_on, "area": area}
    made = save_checked(Dataset(organisation_id=carrier_of(agency), agency=agency, left_out=reading.left_out, **values))
    rows = [
        DatasetRow(dataset=made, position=place, label=f.label, area=f.area, as_of=f.as_of, value=f.value, unit=f.unit)
        for place, f in enumerate(reading.figures, start=1)
    ]
    DatasetRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    record(made, rows=len(rows))
    return made


@action("dataset.removed", "hat eine Tabelle der Statistik gelöscht")
def remove_dataset(*, by: Actor, dataset: Dataset) -> None:
    """What was taken from it stays where it was taken to, with its source."""
    require(rules.works_in(by, dataset.agency), WHO_WRITES)
    record(dataset)
    dataset.delete()


@action("agency_map.kept", "hat die Karte der Integrationsagentur hinterlegt")
def keep_agency_map(*, by: Actor, agency: Organisation, areas: list[Area]) -> AgencyMap:
    require(rules.works_in(by, agency), WHO_WRITES)
    defaults = {"organisation_id": carrier_of(agency), "areas": areas}
    made, _is_new = AgencyMap.objects.update_or_create(agency=agency, defaults=defaults)
    record(made, areas=len(areas))
    return made
