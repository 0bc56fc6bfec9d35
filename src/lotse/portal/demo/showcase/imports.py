"""Two tables taken over: partners by the counsellor, clients by the technical lead."""

from collections.abc import Sequence

from lotse.documents.intake import receive
from lotse.documents.wording import CSV
from lotse.imports.actions import choose_columns, request_import, start_import
from lotse.imports.kinds import KINDS
from lotse.imports.models import Import
from lotse.imports.work import work_on
from lotse.organisations.actor import Actor
from lotse.portal.demo.showcase.papers import table
from lotse.portal.demo.showcase.stage import Stage

PARTNERS = (
    ("Mütterzentrum Musterstadt", "weitere", "0150 555 401"),
    ("Volkshochschule Beispiel", "Integrationskursträger", "0150 555 402"),
    ("Kita Probeland", "Schule und Kita", "0150 555 403"),
)
CLIENTS = (("Tabelli", "Marko"), ("Spaltow", "Elena"), ("Zeilmann-Demo", "Aziz"))


def tell(stage: Stage) -> None:
    mapping = {"name": "0", "category": "1", "phone": "2"}
    _take_over(stage.mara.actor, "partner", ("Name", "Art", "Telefon"), PARTNERS, mapping)
    day = f"{stage.ago(9):%d.%m.%Y}"
    rows = [(last, first, day, "Deutsch") for last, first in CLIENTS]
    for_all = {"site": f"={stage.branch.public_id}", "responsible": f"={stage.mara.person.public_id}"}
    columns = {"last_name": "0", "first_name": "1", "informed_on": "2", "informed_language": "3", **for_all}
    headings = ("Nachname", "Vorname", "informiert am", "Informiert auf")
    _take_over(stage.helin.actor, "client", headings, rows, columns)


def _take_over(
    by: Actor, kind: str, headings: Sequence[str], rows: Sequence[Sequence[str]], mapping: dict[str, str]
) -> Import:
    """The worker's part is done here and now."""
    with receive(table(headings, rows), by=by, types=(CSV,)) as received:
        run = start_import(by=by, kind=KINDS[kind], received=received)
    choose_columns(by=by, run=run, mapping=mapping, headings={})
    work_on(run.public_id)
    request_import(by=by, run=run, takes_duplicates=False)
    work_on(run.public_id)
    return run
