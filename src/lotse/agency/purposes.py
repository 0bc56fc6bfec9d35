"""Which form each document of an agency is written on, and what can be printed on it.

The controlling sheet has none: it is typed into the platform.
"""

from lotse.agency import samples
from lotse.agency.enums import DocumentKind
from lotse.documents.templates import Purpose, register_purpose

PURPOSE_OF = {
    DocumentKind.ANALYSIS: "ia_analysis",
    DocumentKind.TASK_PLAN: "ia_task_plan",
    DocumentKind.REPORT: "ia_report",
}
HEAD = ("Integrationsagentur", "Träger", "Anschrift", "Förderjahr", "Fassung", "Zuständig", "Stand")
GOAL = ("Aufgabe", "Teilziel", "Merkmal", "Ausgangswert", "Zielwert", "bis", "Messung")
YEAR = ("Maßnahmen im Jahr", "Teilnehmende im Jahr", "Ehrenamtliche im Jahr", "Maßnahmen mit Nachweis")
SECTIONS = ("Integrationskonzept", "Kommunales Integrationszentrum", "Andere Integrationsagenturen")
ANALYSIS = Purpose(
    "ia_analysis", "die Analyse",
    (*HEAD, "Ausrichtung", "Fortschreibung", "Sozialräume", "Handlungsfelder", "Schwerpunkt", "Gesamtziel", *SECTIONS),
    {
        "Feld": ("Handlungsfeld", "Angebote", "Ziel", "Maßnahmen"),
        "Angabe": ("Thema", "Was", "Wert", "Gebiet", "Stand", "Quelle", "Bedarf"),
        "Bedarf": ("Nummer", "Text", "Handlungsfeld"),
    },
    samples.analysis,
    ("Integrationsagentur", "Förderjahr", "Schwerpunkt", *SECTIONS, "Angabe", "Bedarf"),
)  # fmt: skip
TASK_PLAN = Purpose(
    "ia_task_plan", "die Aufgabenplanung", HEAD,
    {
        "Aufgabe": (
            "Nummer", "Thema", "Handlungsfeld", "Bedarf", "Anlass", "Zielgruppen", "Gesamtziel", "Methoden", "Mittel", "Zuständig",
        ),
        "Ziel": GOAL,
        "Schritt": ("Aufgabe", "Was", "von", "bis", "erledigt"),
        "Partner": ("Aufgabe", "Name", "Art", "abgestimmt"),
    },
    samples.plan,
    ("Integrationsagentur", "Förderjahr", "Aufgabe", "Ziel", "Schritt"),
)  # fmt: skip
REPORT = Purpose(
    "ia_report", "den Sachbericht", (*HEAD, "Überblick", *YEAR),
    {
        "Aufgabe": ("Nummer", "Thema", "Handlungsfeld", "Gesamtziel", "Bericht"),
        "Ziel": (*GOAL, "erreicht", "Abweichung"),
        "Maßnahme": (
            "Aufgabe", "Datum", "Titel", "Art", "Ort", "Teilnehmende", "Ehrenamtliche", "Ergebnis", "Presse", "Nachweise",
        ),
    },
    samples.report,
    ("Integrationsagentur", "Förderjahr", "Aufgabe", "Ziel", "Maßnahme"),
)  # fmt: skip


def register_purposes() -> None:
    for purpose in (ANALYSIS, TASK_PLAN, REPORT):
        register_purpose(purpose)
