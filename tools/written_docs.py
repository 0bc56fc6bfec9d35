"""What docs/access.md and docs/facts.md say, read from the code. A test fails when the pages are out of date."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from tests.access.matrix import ALLAUTH, MATRIX, PERSONAS, PUBLIC

from lotse.facts.registry import Fact, all_facts
from lotse.organisations.enums import Permission
from lotse.organisations.roles import ROLES, Role

WRITTEN = "Written by `make docs` from the code; a test compares. Change the code, not this page."
ANSWERS = {200: "●", 302: "→", 403: "✕", 404: "–", 405: "P"}
PERSONA_NAMES = {
    "counsellor": "holds the file",
    "colleague": "same site",
    "technical_lead": "technical lead",
    "carrier_manager": "management",
    "sysadmin": "administration",
    "coordinator": "district",
    "funder": "funder",
    "outsider": "other carrier",
    "nobody": "no person",
}


def pages() -> dict[str, str]:
    return {"access.md": access_page(), "facts.md": facts_page()}


def access_page() -> str:
    return f"""# Who sees what

{WRITTEN}

## Roles

A role that opens files counts only after a second person has confirmed it. A file is read by who holds it, by her deputy, by the
technical lead of the site, and by a colleague to whom it was opened (the AC rules of `docs/rules.md`). Every reading is logged.

{table(("Role", "What for", "Files", "Rights"), map(_role_row, ROLES.values()))}

## Rights

{table(("Right", "Key", "Roles"), map(_permission_row, Permission))}

## Addresses

Who gets what answer, for a file that the first column's counsellor holds; `tests/access/matrix.py` is checked against the running
product. {ANSWERS[200]} opens · {ANSWERS[302]} leads on · {ANSWERS[403]} refused · {ANSWERS[404]} does not exist for her · {ANSWERS[405]} only takes what is sent.

Without a login open, to whoever has the link and its code: {", ".join(f"`{path}`" for name, path in addresses() if name in PUBLIC)}.

{table(("Address", *(PERSONA_NAMES.get(name, name) for name in PERSONAS)), _address_rows())}
"""


def facts_page() -> str:
    inside, outside = settings.SMALL_CELL_INSIDE, settings.SMALL_CELL_OUTSIDE
    return f"""# Kennzahlen

{WRITTEN}

## Schutz kleiner Zahlen

Gilt für jede Kennzahl dieser Seite:

* Wer Akten lesen darf, zählt diese genau, für beliebige Tage.
* Was sie oder er nur zählen darf, gibt es für ganze vergangene Jahre, Fälle und Pläne nur für das letzte. Kommen 1 bis {inside - 1} fremde
  hinzu, steht ein Punkt, ebenso bei allem, was die verdeckte Zahl verraten würde, auch über Filter hinweg (ADR 0010).
* Wer keine Akten liest, hat freigegebene Tabellen für feste Zeiträume und keine Filter (ADR 0034).
* In Dateien, die das Haus verlassen, sind 1 bis {outside - 1} für alle verdeckt.
* Fehlende Angaben werden als „nicht erhoben“ mitgezählt und genauso geschützt.

## Verzeichnis

{table(("Schlüssel", "Titel", "Zählt", "Einheit", "Quelle", "Fassung", "Verdeckt unter"), map(_fact_row, all_facts()))}
"""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ")


def _role_row(role: Role) -> tuple[str, ...]:
    rights = ", ".join(Permission(p).label for p in Permission if p in role.permissions)
    return f"{role.name} (`{role.key}`)", role.description, "opens" if role.opens_files else "", rights or "–"


def _permission_row(permission: Permission) -> tuple[str, ...]:
    holders = ", ".join(role.name for role in ROLES.values() if permission in role.permissions)
    return str(permission.label), f"`{permission.value}`", holders or "–"


def _address_rows() -> Iterator[tuple[str, ...]]:
    for name, path in sorted(addresses(), key=lambda pair: pair[1]):
        if name in MATRIX:
            yield f"`{path}`", *(ANSWERS[answer] for answer in MATRIX[name])


def addresses(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "", path: str = "/"
) -> Iterator[tuple[str, str]]:
    """Name and address of every page of our own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        below = f"{path}{str(pattern.pattern).replace('<slug:', '<').replace('<str:', '<')}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner, below)
        elif pattern.name and not f"{space}{pattern.name}".startswith(ALLAUTH):
            yield f"{space}{pattern.name}", below


def _fact_row(fact: Fact) -> tuple[str, ...]:
    inside = max(settings.SMALL_CELL_INSIDE, fact.population.least)
    threshold = f"{inside}, außer Haus {settings.SMALL_CELL_OUTSIDE}"
    return f"`{fact.key}`", fact.title, fact.meaning, fact.unit, fact.source, str(fact.version), threshold
