"""Lists and texts as an organisation uses them; each of these is one statement at the most."""

from datetime import date

from lotse.catalogues.entries import Catalogue
from lotse.catalogues.models import TextRelease
from lotse.catalogues.own_lists import lists_of
from lotse.catalogues.texts import WORDS, ClientText, text, text_keys, words_version
from lotse.organisations.actor import Actor


def for_organisation(name: str, organisation_id: int, on: date | None = None) -> Catalogue:
    """The list with the organisation's changes; official lists cost no statement."""
    return lists_of(organisation_id).get(name, on)


def texts_for_organisation(language: str, organisation_id: int, keys: tuple[str, ...] = ()) -> dict[str, ClientText]:
    """Several texts (default: all) for one paper; no draft where the organisation has released this very version."""
    texts = {key: text(key, language) for key in keys or text_keys()}
    released = _released(language, organisation_id)
    return {key: found.as_reviewed() if (key, found.version) in released else found for key, found in texts.items()}


def are_words_released(language: str, organisation_id: int) -> bool:
    """Whether the words of the plan (headings, areas, goals, services) may be printed without the draft mark."""
    return language == "de" or (WORDS, words_version(language)) in _released(language, organisation_id)


def releases_visible_to(actor: Actor) -> list[TextRelease]:
    return list(TextRelease.objects.visible_to(actor))


def _released(language: str, organisation_id: int) -> set[tuple[str, str]]:
    if language == "de":
        return set()
    rows = TextRelease.objects.filter(organisation_id=organisation_id, language=language)
    return set(rows.values_list("text_key", "version"))
