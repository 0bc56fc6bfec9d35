"""What a file says about the person, in parts that are kept or taken over as a whole when two files become one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lotse.casework.models import Client
from lotse.catalogues.own_lists import lists_of
from lotse.core.fields import format_partial_date


@dataclass(frozen=True)
class Part:
    """Columns that belong together; `words` says them in German, empty for not recorded."""

    key: str
    label: str
    columns: tuple[str, ...]
    words: Callable[[Client], str]


def _text(name: str) -> Callable[[Client], str]:
    return lambda client: str(getattr(client, name) or "")


def _day(name: str) -> Callable[[Client], str]:
    return lambda client: f"{day:%d.%m.%Y}" if (day := getattr(client, name)) else ""


def _partial(day: str, precision: str) -> Callable[[Client], str]:
    return lambda client: format_partial_date(getattr(client, day), getattr(client, precision))


def _yes_no(name: str) -> Callable[[Client], str]:
    words = {True: "ja", False: "nein", None: ""}
    return lambda client: words[getattr(client, name)]


def _listed(name: str, catalogue: str) -> Callable[[Client], str]:
    def words(client: Client) -> str:
        value: Any = getattr(client, name)
        keys = value if isinstance(value, list) else [value]
        lists = lists_of(client.organisation_id)
        return ", ".join(lists.label(catalogue, key) for key in keys if key)

    return words


def relatives(client: Client) -> list[Client]:
    """Other people of the same household who have a file of their own."""
    return list(Client.objects.filter(household_id=client.household_id, merged_into=None).exclude(pk=client.pk))


def _household(client: Client) -> str:
    names = ", ".join(other.full_name for other in relatives(client))
    return f"mit {names}" if names else ""


PARTS = (
    Part("name", "Name", ("last_name", "first_name"), str),
    Part("birth", "Geburtsdatum", ("birth_date", "birth_precision"), _partial("birth_date", "birth_precision")),
    Part("gender", "Geschlecht", ("gender",), _listed("gender", "gender")),
    Part("country_of_origin", "Herkunftsland", ("country_of_origin",), _listed("country_of_origin", "country")),
    Part("nationalities", "Nationalität", ("nationalities",), _listed("nationalities", "country")),
    Part("languages", "Sprachen", ("languages",), _listed("languages", "language")),
    Part("contact_language", "Sprache für Gespräche", ("contact_language",), _listed("contact_language", "language")),
    Part("interpreter_needed", "Sprachmittlung nötig", ("interpreter_needed",), _yes_no("interpreter_needed")),
    Part("entered", "Eingereist", ("entered_germany_on", "entered_precision"),
         _partial("entered_germany_on", "entered_precision")),
    Part("permanent_status_on", "Dauerhafter Aufenthalt", ("permanent_status_on",), _day("permanent_status_on")),
    Part("is_resettler", "Spätaussiedler*in oder Angehörige", ("is_resettler",), _yes_no("is_resettler")),
    Part("phone", "Telefon", ("phone",), _text("phone")),
    Part("email", "E-Mail", ("email",), _text("email")),
    Part("address", "Anschrift", ("address",), _text("address")),
    Part("warning_note", "Hinweis", ("warning_note",), _text("warning_note")),
    Part("site", "Beratungsstelle", ("site_id",), _text("site")),
    Part("responsible", "Zuständig", ("responsible_id",), _text("responsible")),
    Part("household", "Familie", ("household_id",), _household),
)  # fmt: skip
