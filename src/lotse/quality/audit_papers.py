"""The report of an audit on paper, its findings and the state of carriers as tables."""

from collections.abc import Iterable, Iterator, Sequence

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.documents.rendering.spec import Block
from lotse.quality.models import Audit, AuditFinding
from lotse.quality.queries.audits import AuditPage, by_grade, conform
from lotse.quality.queries.carriers import CarrierState

AGAIN = "Gezogen wird nach der Reihenfolge der SHA-256-Werte von „Startwert:Kennung des Kriteriums“. Wer Startwert und Katalog hat, zieht dieselben Kriterien."
HEADER = (
    "Nr.", "Einstufung", "Kriterium", "Feststellung", "Stellungnahme", "vom", "Verbesserung", "macht", "bis", "Stand der Verbesserung",
)  # fmt: skip
CHECKED = ("Nummer", "Frage", "Beobachtung", "Ergebnis")


def report(page: AuditPage) -> Document:
    audit, house = page.audit, page.audit.organisation.name
    title = f"{audit.title} (Auditbericht)"
    blocks: list[Block] = [Heading(title), KeyValues(tuple(_head(page)))]
    if audit.report:
        blocks += [Heading("Zusammenfassung", 2), Paragraph(audit.report)]
    blocks += [*_sample(page), *_findings(page), *_checklist(page)]
    return Document(title=title, blocks=tuple(blocks), author=house, footer=f"{house} · {title}")


def _head(page: AuditPage) -> Iterator[tuple[str, str]]:
    audit = page.audit
    yield "Träger", audit.organisation.name
    yield "Art", audit.get_kind_display()
    yield "Katalog", str(audit.framework) if audit.framework else "keiner"
    yield "Umfang", ", ".join(page.scope)
    yield "auditiert von", audit.who
    yield (
        "durchgeführt am",
        f"{audit.held_on:%d.%m.%Y}" if audit.held_on else f"geplant für {audit.planned_on:%d.%m.%Y}",
    )
    yield "Stellungnahme bis", f"{audit.answer_due_on:%d.%m.%Y}" if audit.answer_due_on else ""
    yield "Stand", audit.get_state_display()


def _sample(page: AuditPage) -> Iterator[Block]:
    if not page.checks:
        return
    audit, count = page.audit, len(page.checks)
    words = f"{count} von {audit.drawn_from} Kriterien" if audit.seed else f"{count}, der ganze Umfang"
    yield Heading("Stichprobe", 2)
    said = [("Geprüft", words), ("davon erfüllt", str(conform(page.checks)))]
    yield KeyValues(tuple([*said, ("Startwert", audit.seed)] if audit.seed else said))
    if audit.seed:
        yield Note(AGAIN)


def _findings(page: AuditPage) -> Iterator[Block]:
    yield Heading("Feststellungen", 2)
    if not page.findings:
        yield Paragraph("Keine.")
    for label, rows in by_grade(page.findings):
        yield Heading(f"{label} ({len(rows)})", 3)
        for row in rows:
            yield from _finding(row)


def _finding(row: AuditFinding) -> Iterator[Block]:
    yield Heading(f"F {row.number}{f' zu {row.criterion.code}' if row.criterion else ''}", 4)
    yield Paragraph(row.text)
    if row.statement_on:
        yield Note(f"Stellungnahme von {row.statement_by}, {row.statement_on:%d.%m.%Y}: {row.statement}")
    if row.improvement:
        yield Note(f"Verbesserung: {_improvement(row)}")


def _improvement(row: AuditFinding) -> str:
    made = row.improvement
    return f"{made.title}. {made.owner}, bis {made.due_on:%d.%m.%Y}, {made.get_state_display()}" if made else ""


def _checklist(page: AuditPage) -> Iterator[Block]:
    if page.checks:
        yield Heading("Checkliste", 2)
        rows = tuple(
            (one.criterion.code, one.question, one.observation, one.get_result_display() or "offen")
            for one in page.checks
        )
        yield Table(CHECKED, rows, (2, 4, 6, 2))


def findings_sheet(audit: Audit, findings: Sequence[AuditFinding]) -> Sheet:
    return Sheet(audit.title, HEADER, [_row(one) for one in findings])


def _row(one: AuditFinding) -> tuple[object, ...]:
    made = one.improvement
    return (
        f"F {one.number}", one.get_grade_display(), one.criterion.code if one.criterion else "", one.text, one.statement,
        one.statement_on, made.title if made else "", str(made.owner) if made else "", made.due_on if made else None,
        made.get_state_display() if made else "",
    )  # fmt: skip


STATE = (
    "Träger", "Katalog", "Fassung", "Selbstbewertung", "Stand", "bewertet", "von", "QM-Beauftragte*r", "letztes Audit",
    "Hauptabweichungen offen", "Nebenabweichungen offen", "Verbesserungen überfällig",
)  # fmt: skip


def carriers_sheet(states: Iterable[CarrierState]) -> Sheet:
    """A line for each catalogue; carriers by name."""
    return Sheet("Stand der Träger", STATE, [row for state in states for row in _lines(state)])


def _lines(state: CarrierState) -> Iterator[tuple[object, ...]]:
    rest = (officer_words(state), state.last_audit, state.majors, state.minors, state.overdue)
    for row in state.standings:
        made = row.assessment
        said = (
            (made.title, made.get_state_display(), made.judged, made.total)
            if made
            else ("", "noch nicht begonnen", 0, 0)
        )
        yield (state.carrier.name, row.framework.title, row.framework.version, *said, *rest)
    if not state.standings:
        yield (state.carrier.name, "noch kein Katalog", "", "", "", 0, 0, *rest)


def officer_words(state: CarrierState) -> str:
    officer = state.officer
    if officer is None:
        return "fehlt" if state.lacks_officer else ""
    return f"bestellt bis {officer.until:%d.%m.%Y}" if officer.until else "bestellt"
