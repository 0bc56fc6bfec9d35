"""A plan works on themes, not on single events (IA-07). What looks like one event is remarked upon; nothing is refused."""

import re
from collections.abc import Sequence
from datetime import date

from lotse.agency.hints import Hint

KEY = "single_event"
SAYS = "Das sieht nach einer einzelnen Veranstaltung aus. Eine Aufgabe ist ein Thema; die Veranstaltung ist eine Maßnahme dazu."
# A word that is one of these, or ends with one: "Sommerfest".
EVENTS = (
    "fest", "festival", "feier", "feiertag", "aktionstag", "infotag", "begegnungstag", "familientag", "ausflug", "exkursion", "lesung", "konzert",
    "turnier", "basar", "flohmarkt", "weihnachtsmarkt", "infoabend", "abend", "infoveranstaltung", "veranstaltung", "vortrag", "ausstellung", "filmvorführung",
    "fachtag", "tagung", "konferenz", "workshop", "picknick", "frühstück", "besuch", "eröffnung", "jubiläum", "spendenlauf",
)  # fmt: skip
# A word that begins with one of these says that it goes on, or what it is for.
THEMES = (
    "abbau", "aufbau", "ausbau", "begleit", "beteilig", "dauerhaft", "einbind", "entwickl", "etablier", "förder", "gewinn", "jährlich", "kooperation",
    "monatlich", "netzwerk", "öffnung", "öffnen", "qualifizier", "regelmäßig", "reihe", "schaff", "sensibilisier", "stärk", "strukt", "teilhabe", "teilhaben",
    "verbesser", "vernetz", "verringer", "wöchentlich", "zugang", "zugänge", "zusammenarbeit", "zusammenleben",
)  # fmt: skip
BRIEF = 31  # days
WORD = re.compile(r"[a-zäöüß]+")


def looks_like_one_event(title: str, steps: Sequence[tuple[date, date]]) -> bool:
    """By its title, unless steps spread over more than a month or words say that it goes on; or where all happens on one day."""
    words = WORD.findall(title.lower())
    if any(word.startswith(THEMES) or word.endswith("reihe") for word in words):
        return False
    days = _days(steps)
    return days == 1 or (days <= BRIEF and any(word.endswith(EVENTS) for word in words))


def _days(steps: Sequence[tuple[date, date]]) -> int:
    """From the first to the last; 0 where no step is planned."""
    if not steps:
        return 0
    return (max(last for _first, last in steps) - min(first for first, _last in steps)).days + 1


def theme_hint(place: str, title: str, steps: Sequence[tuple[date, date]]) -> list[Hint]:
    """Its words are the title and the span, so that other steps raise it anew."""
    if not looks_like_one_event(title, steps):
        return []
    return [Hint(KEY, place, f"{title} {_days(steps)}", SAYS)]
