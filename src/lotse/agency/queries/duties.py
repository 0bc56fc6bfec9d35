"""What is to be done in the agencies beside their documents, for "Heute": of each kind one line, all in one statement."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse

from lotse.agency.enums import DocumentKind
from lotse.agency.purposes import PURPOSE_OF
from lotse.agency.queries.attendance import left_open
from lotse.agency.queries.changes import to_decide, to_tell
from lotse.agency.queries.measures import to_be_entered
from lotse.agency.queries.prescribed import forms_running_out, logos_running_out
from lotse.agency.queries.volunteers import overdue_loans
from lotse.core.bundles import Bundle, Kind
from lotse.core.lines import Line
from lotse.core.work import WorkItem
from lotse.documents.enums import LogoSlot
from lotse.organisations.actor import Actor

CHANGE = {"about": F("document__agency__name"), "day": F("consulted_on")}
MEASURE = {"words": F("title"), "day": F("on"), "number": F("funding_year")}
SHEET = {"words": F("measure__title"), "day": F("on")}
LOAN = {"words": F("material__name"), "day": F("due_on")}
PURPOSES = {purpose: DocumentKind(kind).label for kind, purpose in PURPOSE_OF.items()}
SLOTS = {slot.value: str(slot.label) for slot in LogoSlot}


def _at_first(name: str) -> Callable[[list[Line]], str]:
    return lambda lines: reverse(name, args=[lines[0].ref])


def _at(name: str) -> Callable[[list[Line]], str]:
    return lambda _lines: reverse(name)


def _measures(lines: list[Line]) -> str:
    if len(lines) == 1:
        return reverse("agency:measure", args=[lines[0].ref])
    return f"{reverse('agency:measures')}?{urlencode({'jahr': lines[0].number, 'fehlt': 'entry'})}"


KINDS = {
    "decide": Kind(
        to_decide, CHANGE, _at_first("agency:decide_change"),
        ("Ist die Änderung grundlegend?", "{about}, besprochen am {day}"),
        ("{count} Änderungen der Planung", "zuerst {about}, besprochen am {day}"), "einschätzen",
    ),
    "tell": Kind(
        to_tell, CHANGE, _at_first("agency:tell_authority"),
        ("Bewilligungsbehörde informieren", "{about}, Änderung vom {day}"),
        ("{count} × Bewilligungsbehörde informieren", "zuerst {about}, Änderung vom {day}"), "grundlegend",
    ),
    "sheet": Kind(
        left_open, SHEET, _at_first("agency:sheet"),
        ("{words}", "Anwesenheitsliste vom {day}"),
        ("{count} Anwesenheitslisten", "zuerst {words}, {day}"), "abschließen",
    ),
    "measure": Kind(
        to_be_entered, MEASURE, _measures,
        ("{words}", "war am {day} geplant"),
        ("{count} Maßnahmen {number}", "die erste war am {day} geplant"), "nachtragen",
    ),
    "loan": Kind(
        overdue_loans, LOAN, _at("agency:materials"),
        ("{words}", "verliehen bis {day}"),
        ("{count} × Material", "zuerst {words}, verliehen bis {day}"), "überfällig",
    ),
    "form": Kind(
        forms_running_out, {"words": F("purpose"), "day": F("valid_to")}, _at("agency:forms"),
        ("Vorlage {words}", "gültig bis {day}"),
        ("{count} Vorlagen", "zuerst {words}, gültig bis {day}"), "Nachfolge fehlt", PURPOSES,
    ),
    "logo": Kind(
        logos_running_out, {"words": F("slot"), "day": F("valid_to")}, _at("agency:forms"),
        ("Logo {words}", "gültig bis {day}"),
        ("{count} Logos", "zuerst {words}, gültig bis {day}"), "Nachfolge fehlt", SLOTS,
    ),
}  # fmt: skip
BUNDLE = Bundle(KINDS, of_house=True)


def duties(actor: Actor, today: date) -> list[WorkItem]:
    return BUNDLE.items(actor, today)
