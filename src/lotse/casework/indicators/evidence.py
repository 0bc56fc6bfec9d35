"""What else of the files proves criteria of quality: reviews inside the house, property in custody (model.md §3.5, QM-10)."""

from functools import partial
from typing import Any

from django.db.models import Case, Q, QuerySet

from lotse.casework.facts import file_line, of_files
from lotse.casework.models import ClientProperty, DamageReport, FileReview
from lotse.casework.open_files import in_open_file
from lotse.facts.defined import YES_NO, Counted, choice
from lotse.facts.registry import Line, Period, Population
from lotse.organisations.actor import Actor

SET, SHEET, PROGRAMME = "quality_evidence", "quality", ""


def _within(actor: Actor, period: Period, *, model: Any, day: str) -> QuerySet:
    return of_files(model, actor).filter(**{f"{day}__range": (period.start, period.end)})


def _population(key: str, model: Any, day: str, line: Any, site: str, *related: str) -> Population:
    return Population(
        key, partial(_within, model=model, day=day), in_open_file, line, site=site, programme="no_programme",
        related=related, forgets=True,
    )  # fmt: skip


def _review_line(row: FileReview) -> Line:
    return file_line(row.client, row.round.quarter, row.round.site.name)


def _property_line(row: ClientProperty) -> Line:
    return file_line(row.client, row.received_on, row.client.site.name)


def _damage_line(row: DamageReport) -> Line:
    return file_line(row.client, row.reported_on, row.client.site.name)


def _filled(column: str, *, then: str, otherwise: str) -> Any:
    def cell(_period: Period) -> Case:
        return choice((Q(**{f"{column}__isnull": False}), then), otherwise=otherwise)

    return cell


AT_SITE = ("client__site_id", "client__site")
REVIEWS = _population(
    "file_reviews", FileReview, "round__quarter", _review_line, "round__site_id", "client", "round__site"
)
PROPERTY = _population("client_property", ClientProperty, "received_on", _property_line, *AT_SITE)
DAMAGE = _population("damage_reports", DamageReport, "reported_on", _damage_line, *AT_SITE)
COUNTED = {
    "reviewed_files": Counted(REVIEWS, _filled("reviewed_on", then="yes", otherwise="no"), YES_NO),
    "custody": Counted(
        PROPERTY,
        _filled("returned_on", then="returned", otherwise="here"),
        {"returned": "zurückgegeben", "here": "noch hier"},
    ),
    "damage_settled": Counted(DAMAGE, _filled("settled_on", then="yes", otherwise="no"), YES_NO),
}
