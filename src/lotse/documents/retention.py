"""How long a file is kept: one rule each, from a start that the owner sets (DIN 66398).

The periods marked as default are proposals: the controller decides. Sources: issue material as cited per class.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lotse.core.dates import months_later


@dataclass(frozen=True)
class RetentionClass:
    """`months` counted from the start, after the year has ended where `from_end_of_year`.

    `months` None: the file has no period of its own and goes with what it belongs to.
    """

    key: str
    label: str
    starts: str
    months: int | None
    source: str
    from_end_of_year: bool = False
    is_default: bool = True

    def keep_until(self, start: date) -> date | None:
        if self.months is None:
            return None
        return months_later(date(start.year, 12, 31) if self.from_end_of_year else start, self.months)

    def latest_start_over(self, today: date) -> date | None:
        """Whatever started on this day or before is over today."""
        if self.months is None:
            return None
        if self.from_end_of_year:
            years = range(today.year, today.year - self.months // 12 - 3, -1)
            return next(date(y, 12, 31) for y in years if months_later(date(y, 12, 31), self.months) < today)
        start = months_later(today, -self.months)
        return start if months_later(start, self.months) < today else start - timedelta(days=1)


RETENTION = {
    found.key: found
    for found in (
        RetentionClass("with_owner", "wie die Akte, zu der sie gehört", "–", None, "DIN 66398"),
        RetentionClass("client_file", "Akte", "Ende des Falls", 36, "§§ 195, 199 BGB", from_end_of_year=True),
        RetentionClass("consent", "Einwilligung", "Ende der Akte", 36, "Art. 7 Abs. 1 DSGVO", from_end_of_year=True),
        RetentionClass(
            "evidence", "Nachweis", "Förderjahr", 120, "Vorgabe der Förderung", from_end_of_year=True, is_default=False
        ),
        RetentionClass("receipt", "Buchungsbeleg", "Kalenderjahr", 96, "§ 147 AO", from_end_of_year=True),
        RetentionClass("grant", "Förderakte", "Verwendungsnachweis", 120, "Zuwendungsbescheid"),
        RetentionClass("minutes", "Protokoll ohne Daten von Klient*innen", "Sitzung", 120, "Geschäftsordnung"),
        RetentionClass("quality", "Qualitätsunterlage", "Ende des Zertifikats", 72, "zwei Zertifizierungsperioden"),
    )
}
