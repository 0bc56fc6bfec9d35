"""Clients from a table, and as a table: only the technical lead, only for the sites whose files she reads (IM-01)."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Any

from lotse.auditlog.door import record_each
from lotse.auditlog.queries import changed_since
from lotse.casework import rules
from lotse.casework.actions.clients import next_number
from lotse.casework.import_columns import CLIENT_COLUMNS
from lotse.casework.models import Client, Household
from lotse.casework.models.client import years_later
from lotse.casework.queries import imports as queries
from lotse.casework.queries.imports import Known, Stock
from lotse.core.fields import PartialDate
from lotse.core.search import fold
from lotse.imports.columns import differing
from lotse.imports.kinds import Kind, Row
from lotse.imports.ties import CHUNK, pointed_at
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.notices import notify

ELSEWHERE = "Möglicherweise bereits in Beratung – bei der Stelle anfragen."
FORMER = "Zuständig kann nur sein, wer heute an einer Ihrer Stellen berät."
OLDEST = 110
PLAIN = (
    "first_name", "last_name", "gender", "country_of_origin", "nationalities", "contact_language", "interpreter_needed",
    "permanent_status_on", "is_resettler", "phone", "email", "address", "informed_on", "informed_language",
)  # fmt: skip


class ClientKind(Kind):
    key, title, many = "client", "Klient*innen aus einer Tabelle übernehmen", "Klient*innen"
    permission, back = Permission.IMPORT_CLIENTS, "casework:client_list"
    columns, read_as = CLIENT_COLUMNS, "Person, in einer Tabelle mit anderen"

    def may(self, actor: Actor) -> bool:
        return rules.can_import(actor)

    def options(self, actor: Actor) -> dict[str, dict[str, str]]:
        people = {**queries.counsellors_at(actor), **queries.former_counsellors(actor)}
        sites = queries.sites_to_fill(actor)
        return {
            "site": {ref: site.name for ref, site in sites.items()},
            "responsible": {ref: str(person) for ref, person in people.items()},
        }

    def name_of(self, values: dict[str, Any]) -> str:
        return ", ".join(filter(None, (values.get("last_name"), values.get("first_name")))) or "ohne Namen"

    def judge(self, actor: Actor, rows: Sequence[Row]) -> None:
        for row in rows:
            _join_address(row)
            _check_dates(row)
        _compare(self, actor, rows, queries.stock_of(actor))
        counsellors = queries.counsellors_at(actor)
        for row in rows:
            _refuse_former(row, counsellors)

    def write(self, actor: Actor, rows: Sequence[Row]) -> list[Client]:
        sites, people = queries.sites_to_fill(actor), queries.counsellors_at(actor)
        homes = [
            Household(organisation_id=actor.organisation_id, size=row.values.get("household_size")) for row in rows
        ]
        Household.objects.bulk_create(homes, batch_size=1000)
        first = next_number(actor.organisation_id)
        made = [
            Client(organisation_id=actor.organisation_id, household=home, number=number, site=sites[row.values["site"]],
                   responsible=people[row.values["responsible"]], **_values(row.values))
            for number, (home, row) in enumerate(zip(homes, rows, strict=True), start=first)
        ]  # fmt: skip
        for client in made:
            client.fill_keys()
        Client.objects.bulk_create(made, batch_size=500)
        record_each(made, are_files=True)
        _tell(actor, made)
        return made

    def existing(self, actor: Actor) -> Iterable[Client]:
        return queries.exported_clients(actor)

    def ties(self, refs: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(refs), CHUNK):
            some = refs[start : start + CHUNK]
            found |= dict.fromkeys(queries.with_drafts(some), "ein Entwurf liegt bereit")
            found |= dict.fromkeys(queries.shares_household(some), "jemand gehört zum selben Haushalt")
            found |= dict.fromkeys(changed_since(some, "import.carried_out"), "seitdem bearbeitet")
            found |= dict.fromkeys(pointed_at(Client, some), "die Akte hat Inhalt")
        return found

    def names(self, actor: Actor, refs: Sequence[str]) -> dict[str, str]:
        return queries.names_of(actor, refs)

    def remove(self, refs: Sequence[str]) -> None:
        for start in range(0, len(refs), CHUNK):
            clients = Client.objects.filter(public_id__in=refs[start : start + CHUNK])
            homes = list(clients.values_list("household_id", flat=True))
            clients.delete()
            Household.objects.filter(pk__in=homes, clients=None).delete()


def _join_address(row: Row) -> None:
    """A street, a postcode and a town in columns of their own become the lines of one address."""
    street, code, town = (row.values.pop(part, None) for part in ("street", "postcode", "town"))
    place = " ".join(filter(None, (code, town)))
    if lines := [line for line in (row.values.get("address"), street, place) if line]:
        row.values["address"] = "\n".join(lines)


def _check_dates(row: Row) -> None:
    birth, entered = _day(row, "birth"), _day(row, "entered")
    informed, permanent = row.values.get("informed_on"), row.values.get("permanent_status_on")
    if birth and entered and entered < birth:
        row.errors.append("Die Einreise liegt vor der Geburt.")
    if birth and informed and informed < birth:
        row.errors.append("Die Information über die Datenerfassung liegt vor der Geburt.")
    if birth and informed and years_later(birth, OLDEST) < informed:
        row.warnings.append(f"Älter als {OLDEST} Jahre. Stimmt das Geburtsdatum?")
    if permanent and entered and permanent < entered:
        row.warnings.append("Der dauerhafte Aufenthalt beginnt vor der Einreise.")
    if not birth and not row.errors:
        row.warnings.append("Ohne Geburtsdatum lassen sich Dubletten schlechter erkennen.")


def _day(row: Row, key: str) -> date | None:
    found: PartialDate | None = row.values.get(key)
    return found.day if found else None


def _refuse_former(row: Row, counsellors: Container[str]) -> None:
    """An existing file may name somebody who has left; a new one goes to who counsels here."""
    chosen = row.values.get("responsible")
    if chosen and not row.stands and chosen not in counsellors:
        row.errors.append(FORMER)


def _compare(kind: ClientKind, actor: Actor, rows: Sequence[Row], stock: Stock) -> None:
    found = {row.line: _candidates(row, stock) for row in rows}
    files = queries.open_files(actor, list({k.pk for known in found.values() for k in known}))
    seen: dict[tuple[str, date | None], int] = {}
    for row in rows:
        if row.values.get("last_name") and row.values.get("first_name"):
            _compare_one(kind, row, found[row.line], files)
            who = (fold(kind.name_of(row.values)), _day(row, "birth"))
            if seen.setdefault(who, row.line) != row.line:
                row.twins.append(f"Dieselbe Person wie in Zeile {seen[who]}?")


def _candidates(row: Row, stock: Stock) -> list[Known]:
    known = stock.by_ref.get(row.values.get("ref") or "")
    if known:
        return [known]
    return stock.alike(row.values.get("first_name") or "", row.values.get("last_name") or "", _day(row, "birth"))


def _compare_one(kind: ClientKind, row: Row, known: list[Known], files: dict[int, Client]) -> None:
    for one in known:
        client = files.get(one.pk)
        others = differing(kind, {k: v for k, v in row.values.items() if k != "ref"}, client) if client else []
        if client and not others:
            row.stands = row.is_unchanged = True
            return
        row.stands |= one.public_id == row.values.get("ref")
        row.twins.append(_twin(one, others) if client else ELSEWHERE)


def _twin(known: Known, others: list[str]) -> str:
    return f"Vielleicht schon da: Akte Nr. {known.number}, mit anderen Angaben bei: {', '.join(others[:4])}."


def _values(values: dict[str, Any]) -> dict[str, Any]:
    """Column values of the client."""
    birth, entered = values.get("birth"), values.get("entered")
    return {
        **{name: values[name] for name in PLAIN if values.get(name) is not None},
        "birth_date": birth.day if birth else None,
        "birth_precision": birth.precision if birth else "day",
        "entered_germany_on": entered.day if entered else None,
        "entered_precision": entered.precision if entered else "day",
    }


def _tell(actor: Actor, made: Sequence[Client]) -> None:
    """Those who are responsible from now on; no client is named."""
    for person, count in Counter(client.responsible for client in made).items():
        if person.pk != actor.person_id:
            files = "eine Akte" if count == 1 else f"{count} Akten"
            notify([person], "Neue Akten für Sie", f"{actor.label} hat aus einer Tabelle {files} für Sie angelegt.")
