"""The wording that an agreement starts from: a list, so that every organisation keeps its own."""

from lotse.catalogues.own_lists import lists_of
from lotse.partners.enums import CooperationKind

LIST, CLOSING = "cooperation_text", "Schluss"
STEMS = {CooperationKind.COURSE: "Kurs", CooperationKind.OPENING: "Öffnung", CooperationKind.MEASURE: "Maßnahme"}
GROUPS = {
    "subject": "Worum geht es?",
    "events": "Gemeinsame Infoveranstaltungen",
    "offer": "Beratung im Kurs",
    "at_risk": "Wenn Teilnehmende Unterstützung brauchen",
    "our_part": "Das machen wir",
    "their_part": "Das macht der Partner",
}


def lines(organisation_id: int, group: str) -> tuple[str, ...]:
    offered = lists_of(organisation_id).get(LIST).grouped_choices
    return tuple(label for name, rows in offered if name == group for _key, label in rows)


def pattern(organisation_id: int, kind: CooperationKind) -> dict[str, str]:
    """One line per entry, for the fields of a new agreement."""
    return {name: "\n".join(lines(organisation_id, f"{STEMS[kind]}: {title}")) for name, title in GROUPS.items()}
