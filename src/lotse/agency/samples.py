"""Invented contents, so that whoever keeps the forms sees what one looks like filled."""

from lotse.documents.templates import Values

HEAD = {
    "Integrationsagentur": "Integrationsagentur Musterstadt",
    "Träger": "Kreisverband Musterstadt",
    "Anschrift": "Beispielweg 1\n12345 Musterstadt",
    "Förderjahr": "2026",
    "Fassung": "1",
    "Zuständig": "Kim Beispiel",
    "Stand": "15.01.2026",
}
NEED = {"Nummer": "1", "Text": "Im Quartier fehlen Orte, an denen sich Menschen treffen.", "Handlungsfeld": "Sozialraumorientierte Arbeit"}  # fmt: skip
GOAL = {
    "Aufgabe": "1", "Teilziel": "Ein offener Treff findet jede Woche statt.", "Merkmal": "Treffen im Jahr", "Ausgangswert": "0",
    "Zielwert": "40", "bis": "31.12.2026", "Messung": "Anwesenheitslisten",
}  # fmt: skip
TASK = {
    "Nummer": "1", "Thema": "Treffpunkte schaffen", "Handlungsfeld": "Sozialraumorientierte Arbeit", "Bedarf": "1",
    "Anlass": "Die Analyse zeigt: Im Quartier gibt es keinen offenen Raum.", "Zielgruppen": "Familien, ältere Menschen",
    "Gesamtziel": "Nachbar*innen kennen einander.", "Methoden": "Gespräche, offene Runden", "Mittel": "Raum, 800 Euro",
    "Zuständig": "Kim Beispiel",
}  # fmt: skip
REPORTED = ("Nummer", "Thema", "Handlungsfeld", "Gesamtziel")


def analysis() -> Values:
    return {
        **HEAD, "Ausrichtung": "sozialraumorientiert", "Fortschreibung": "neue Analyse", "Sozialräume": "Nordviertel",
        "Handlungsfelder": "Sozialraumorientierte Arbeit", "Schwerpunkt": "Sozialraumorientierte Arbeit",
        "Gesamtziel": "Menschen im Nordviertel gestalten ihr Quartier mit.",
        "Integrationskonzept": "Das Konzept der Stadt nennt das Nordviertel als Schwerpunkt.",
        "Kommunales Integrationszentrum": "Zwei Treffen im Jahr, gemeinsame Planung.",
        "Andere Integrationsagenturen": "Aufteilung der Quartiere mit der Agentur im Südviertel.",
        "Angabe": [{
            "Thema": "Wohnen", "Was": "Menschen im Quartier", "Wert": "8.400", "Gebiet": "Nordviertel", "Stand": "31.12.2025",
            "Quelle": "Statistikstelle der Stadt", "Bedarf": "1",
        }],
        "Bedarf": [NEED],
        "Feld": [{
            "Handlungsfeld": "Sozialraumorientierte Arbeit", "Angebote": "Ein Stadtteilbüro, zwei Vereine",
            "Ziel": "Ein Ort, an dem sich alle treffen.", "Maßnahmen": "Offene Treffs, Feste",
        }],
    }  # fmt: skip


def plan() -> Values:
    step = {"Aufgabe": "1", "Was": "Raum finden", "von": "01.02.2026", "bis": "31.03.2026", "erledigt": "–"}
    partner = {"Aufgabe": "1", "Name": "Stadt Musterstadt", "Art": "Kommune", "abgestimmt": "12.11.2025"}
    return {**HEAD, "Aufgabe": [TASK], "Ziel": [GOAL], "Schritt": [step], "Partner": [partner]}


def report() -> Values:
    measure = {
        "Aufgabe": "1", "Datum": "12.03.2026", "Titel": "Erster offener Treff", "Art": "Veranstaltung", "Ort": "Bürgerhaus",
        "Teilnehmende": "24", "Ehrenamtliche": "3", "Ergebnis": "Acht Menschen wollen mitplanen.", "Presse": "–", "Nachweise": "2",
    }  # fmt: skip
    year = {
        "Überblick": "Der Treff ist gewachsen.", "Maßnahmen im Jahr": "1", "Teilnehmende im Jahr": "24",
        "Ehrenamtliche im Jahr": "3", "Maßnahmen mit Nachweis": "2",
    }  # fmt: skip
    task = {**{name: TASK[name] for name in REPORTED}, "Bericht": "Der Treff fand seit März jede Woche statt."}
    goal = {**GOAL, "erreicht": "38", "Abweichung": "Zwei Treffen fielen aus, weil der Raum gesperrt war."}
    return {**HEAD, **year, "Aufgabe": [task], "Ziel": [goal], "Maßnahme": [measure]}
