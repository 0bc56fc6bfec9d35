"""How a municipality may divide responsibility, shown as an example. It holds nowhere until an organisation makes it its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    municipality_code: str
    accommodation: str
    elsewhere: str


SOURCE = "Arbeitspapier zum kommunalen Integrationsmanagement, 2021, Abschnitt 2.1"
SINGEN = (
    Example("08335075", "municipal_central", "Integrationsmanagement der Stadt"),
    Example("08335075", "independent_decentral", "Integrationsmanagement der Caritas"),
)
