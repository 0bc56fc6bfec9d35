"""Which words of a text are names of people whose files she may read (DP-06)."""

from collections.abc import Collection

from lotse.casework.models import Client
from lotse.core.search import fold
from lotse.organisations.actor import Actor


def names_among(actor: Actor, words: Collection[str]) -> set[str]:
    """Folded words that are a surname; and the first name of such a person, where it is there too."""
    found: set[str] = set()
    for first, last in Client.objects.visible_to(actor).order_by().values_list("first_name", "last_name"):
        surnames = set(fold(last).split()) & set(words)
        if surnames:
            found |= surnames | set(fold(first).split()) & set(words)
    return found
