"""The columns by which clients come in from a table and go out into one."""

from lotse.casework.models import Client
from lotse.core.fields import PartialDate
from lotse.imports.kinds import Column
from lotse.imports.values import Day, Listed, Mail, OneOf, PartialDay, Whole, Words, YesNo

NOT_INFORMED = "Nicht über die Datenerfassung informiert: Datum und Sprache fehlen."
NO_COLUMN = "Ohne diese Spalte wird niemand übernommen: Jede Person muss vorher informiert sein."


def _birth(client: Client) -> PartialDate | None:
    return PartialDate(client.birth_date, client.birth_precision) if client.birth_date else None


def _entered(client: Client) -> PartialDate | None:
    day = client.entered_germany_on
    return PartialDate(day, client.entered_precision) if day else None


CLIENT_COLUMNS = (
    Column("last_name", "Nachname", Words(80), lambda c: c.last_name, ("Name", "Familienname", "Zuname"), "Der Nachname fehlt."),
    Column("first_name", "Vorname", Words(80), lambda c: c.first_name, ("Vornamen", "Rufname"), "Der Vorname fehlt."),
    Column(
        "informed_on", "Über die Datenerfassung informiert am", Day(), lambda c: c.informed_on,
        ("informiert am", "Datenschutzinformation", "Datenschutz informiert am"), NOT_INFORMED, NO_COLUMN,
    ),
    Column(
        "informed_language", "Informiert auf", Listed("language"), lambda c: c.informed_language,
        ("Sprache der Information", "informiert in Sprache"), NOT_INFORMED, NO_COLUMN,
    ),
    Column(
        "site", "Beratungsstelle", OneOf("site"), lambda c: c.site.public_id, ("Stelle", "Standort"),
        "Die Beratungsstelle fehlt.", "Bitte eine Spalte oder eine Stelle für alle wählen.", for_all=True,
    ),
    Column(
        "responsible", "Zuständig", OneOf("responsible"), lambda c: c.responsible.public_id,
        ("Berater", "Beraterin", "Berater*in", "zuständige Person", "Bearbeiter"),
        "Es fehlt, wer zuständig ist.", "Bitte eine Spalte oder eine Person für alle wählen.", for_all=True,
    ),
    Column("birth", "Geburtsdatum", PartialDay(), _birth, ("geboren", "geboren am", "geb.", "geb. am", "Geb.-Datum", "Geburtstag")),
    Column("gender", "Geschlecht", Listed("gender"), lambda c: c.gender),
    Column("country_of_origin", "Herkunftsland", Listed("country"), lambda c: c.country_of_origin, ("Herkunft",)),
    Column(
        "nationalities", "Nationalität", Listed("country", many=True), lambda c: c.nationalities,
        ("Staatsangehörigkeit", "Staatsbürgerschaft", "Nationalitäten"),
    ),
    Column("contact_language", "Sprache für Gespräche", Listed("language"), lambda c: c.contact_language, ("Sprache", "Gesprächssprache")),
    Column("interpreter_needed", "Sprachmittlung nötig", YesNo(), lambda c: c.interpreter_needed, ("Sprachmittlung", "Dolmetscher")),
    Column("entered", "Nach Deutschland eingereist", PartialDay(), _entered, ("Einreise", "Einreisedatum", "eingereist am", "Einreise am")),
    Column("permanent_status_on", "Dauerhafter Aufenthalt seit", Day(), lambda c: c.permanent_status_on),
    Column("is_resettler", "Spätaussiedler*in oder Angehörige", YesNo(), lambda c: c.is_resettler, ("Spätaussiedler",)),
    Column("phone", "Telefon", Words(60), lambda c: c.phone, ("Tel", "Tel.", "Handy", "Mobil", "Telefonnummer")),
    Column("email", "E-Mail", Mail(), lambda c: c.email, ("Mail", "Email", "E-Mail-Adresse")),
    Column("address", "Anschrift", Words(), lambda c: c.address, ("Adresse",)),
    Column("street", "Straße", Words(200), None, ("Straße und Hausnummer", "Strasse")),
    Column("postcode", "Postleitzahl", Words(10), None, ("PLZ",)),
    Column("town", "Ort", Words(100), None, ("Wohnort", "Stadt")),
    Column("household_size", "Personen im Haushalt", Whole(99), lambda c: c.household.size, ("Haushaltsgröße",)),
    Column("ref", "Kennung bei Lotse", Words(40), lambda c: c.public_id, ("Kennung",)),
)  # fmt: skip
