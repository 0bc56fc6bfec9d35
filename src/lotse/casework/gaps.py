"""What a letter can be filled with, by the name that stands between the braces."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from lotse.casework.models import Client
from lotse.core.fields import format_partial_date

GAPS: Mapping[str, Callable[[Client], str]] = {
    "Vorname": lambda c: c.first_name,
    "Nachname": lambda c: c.last_name,
    "Anschrift": lambda c: c.address,
    "Geburtsdatum": lambda c: format_partial_date(c.birth_date, c.birth_precision),
    "Aktenzeichen": lambda c: str(c.number),
    "Datum": lambda c: f"{timezone.localdate():%d.%m.%Y}",
    "Beratungsstelle": lambda c: c.site.name,
    "Anschrift der Stelle": lambda c: c.site.address,
    "Telefon der Stelle": lambda c: c.site.phone,
    "Zuständig": lambda c: str(c.responsible),
    "Träger": lambda c: c.organisation.name,
}
TYPED = ("Betreff", "Text")
NAMES = (*GAPS, *TYPED)


def values_for(client: Client, subject: str, text: str) -> dict[str, str]:
    return {**{name: of(client) for name, of in GAPS.items()}, "Betreff": subject, "Text": text}
