"""The programmes of model.md §2.4. Names and funders change: later names are rows of `ProgrammeName`, not edits here."""

from lotse.programmes.models import Programme

# code, name, level, counsels persons, longest duration in years
STANDARD = (
    ("mbe", "Migrationsberatung für erwachsene Zugewanderte", "Bund", True, 3),
    ("jmd", "Jugendmigrationsdienst", "Bund", True, None),
    ("intman", "Integrationsmanagement", "Land Baden-Württemberg / Kommune", True, 3),
    ("sbf", "Soziale Beratung von Geflüchteten", "Land Nordrhein-Westfalen", True, None),
    ("ads", "Servicestelle für Antidiskriminierungsarbeit", "Land Nordrhein-Westfalen", True, None),
    ("ia", "Integrationsagentur", "Land Nordrhein-Westfalen", False, None),
    ("respect_coaches", "Respect Coaches", "Bund", False, None),
    ("komm_an", "KOMM-AN NRW – Stärkung der Integrationsagenturen", "Land Nordrhein-Westfalen", False, None),
    ("other", "Weitere Projekte", "", False, None),
)


def ensure_programmes() -> dict[str, Programme]:
    """Add what is missing, change nothing that is there; by code."""
    known = {p.code: p for p in Programme.objects.all()}
    missing = [
        Programme(code=code, name=name, level=level, is_counselling=counsels, max_years=years)
        for code, name, level, counsels, years in STANDARD
        if code not in known
    ]
    Programme.objects.bulk_create(missing)
    return {p.code: p for p in Programme.objects.all()}
