"""The rooms of the house that this person may enter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from lotse.agency import rules as agency
from lotse.agency.urls import PLACES as AGENCY_PLACES
from lotse.casework.rules import READS_FILES
from lotse.funding import rules as funding
from lotse.funding.urls import PLACES as FUNDING_PLACES
from lotse.network import rules as network
from lotse.network.urls import PLACES
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.quality import rules as quality
from lotse.quality.urls import PLACES as QUALITY_PLACES


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    is_current: bool
    hint: str = ""


PARTNERS = (Permission.MANAGE_PARTNERS, Permission.SIGN_COOPERATION)
Needed = tuple[Permission, ...] | Callable[[Actor], bool]
# label, address, permissions of which one is needed, or the rule that says it
ROOMS: tuple[tuple[str, str, Needed], ...] = (
    ("Heute", "portal:home", ()),
    ("Anfrage", "casework:enquiry", (Permission.RECORD_ENQUIRY,)),
    ("Klient*innen", "casework:client_list", READS_FILES),
    ("Termine", "casework:calendar", READS_FILES),
    ("Netzwerk", "network:home", network.enters),
    ("Agentur", "agency:home", agency.enters),
    ("Förderung", "funding:home", funding.enters),
    ("Qualität", "quality:home", quality.enters),
    ("Auswertung", "insight:statistics", (Permission.COUNT_CLIENTS,)),
    ("Meldungen", "wayup:periods", (Permission.REPORT_UP,)),
    ("Listen und Texte", "catalogues:lists", (Permission.MANAGE_TEXTS,)),
    ("Datenschutz", "casework:desk", (Permission.PRIVACY,)),
    ("Protokoll", "auditlog:protocol", (Permission.READ_LOG,)),
    ("Postausgang", "correspondence:mail_log", (Permission.MANAGE_ACCOUNTS,)),
    ("Verwaltung", "organisations:tree", ()),
    ("Zugänge", "administration:list", (Permission.MANAGE_ACCOUNTS,)),
)


HINTS = {
    "Klient*innen": "Die Akten Ihrer Stelle",
    "Netzwerk": "Partner, Runden und Foren, Termine, Aufgaben, Themen",
    "Agentur": "Analyse, Planung, Maßnahmen, Berichte und Fristen",
    "Förderung": "Anträge, Mittel, Nachweise und Stellen",
    "Qualität": "Kriterien, Verbesserung, Unterlagen, Team und Prüfungen",
    "Auswertung": "Zahlen nach Zeit, Stelle und Programm",
    "Meldungen": "Jahreszahlen zusammenrechnen und nach oben melden",
    "Listen und Texte": "Auswahllisten und Übersetzungen",
    "Protokoll": "Wer was getan und gelesen hat",
    "Postausgang": "Was Lotse verschickt hat",
    "Verwaltung": "Organisation, Rollen, Programme",
    "Zugänge": "Konten, Einladungen, zweiter Faktor",
}
SEARCHES = {*READS_FILES, Permission.MANAGE_PARTNERS}

# What stands in a room under a bar of its own, and what of it not everybody may open.
WITHIN = {
    "/netzwerk/": PLACES,
    "/agentur/": AGENCY_PLACES,
    "/foerderung/": FUNDING_PLACES,
    "/qualitaet/": QUALITY_PLACES,
}
INNER: dict[str, Needed] = {
    "partners:list": PARTNERS,
    "network:figures": network.counts_network,
    "agency:standing": agency.oversees,
    "agency:forms": (Permission.RELEASE_AGENCIES,),
    "quality:assessments": quality.keeps,
    "quality:audits": quality.keeps,
    "quality:carriers": quality.oversees,
    "quality:certifications": quality.follows_certification,
}

# Pages that belong to a room but stand at an address of their own.
BESIDE = {
    "/": ("/bestaetigen/",),
    "/klienten/": ("/akte/", "/uebergabe/", "/notfall/"),
    "/verwaltung/": ("/programme/",),
    "/netzwerk/": ("/partner/",),
    "/netzwerk/termine/": ("/netzwerk/teil-1/", "/netzwerk/freigaben/"),
    "/auswertung/": ("/umfragen/",),
    "/qualitaet/": tuple(f"/qualitaet/{word}/" for word in ("katalog", "kriterium", "uebernehmen", "einlesen")),
    "/qualitaet/unterlagen/": ("/qualitaet/handbuch/", "/qualitaet/geraete/"),
    "/qualitaet/selbstbewertungen/": ("/qualitaet/bewertung/",),
    "/qualitaet/audits/": tuple(f"/qualitaet/{word}/" for word in ("vorbereitung", "pruefpunkt", "feststellung")),
    "/qualitaet/beauftragte/": ("/qualitaet/austausch/",),
    "/foerderung/weiterleitung/": tuple(
        f"/foerderung/{word}/" for word in ("vertraege", "nachtraege", "abrufe", "zahlungen", "konten")
    ),
    "/foerderung/zuschuesse/": ("/foerderung/pflichten/", "/foerderung/zahlen/"),
}


def navigation(request: HttpRequest) -> dict:
    actor = getattr(request, "actor", None)
    if not actor:
        return {"navigation": []}
    rooms = [(label, _address(name)) for label, name, needed in ROOMS if _opens(actor, needed)]
    here = _longest(request.path, [url for _label, url in rooms])
    entries = [Entry(label, url, url == here, HINTS.get(label, "")) for label, url in rooms]
    may_search = not actor.permissions.isdisjoint(SEARCHES)
    return {"navigation": entries, "room_bar": _places(request.path, here, actor), "may_search": may_search}


def _places(path: str, room: str, actor: Actor) -> list[Entry]:
    """The second bar, of the room that she is in."""
    open_to_her = [(label, name) for label, name in WITHIN.get(room, ()) if _opens(actor, INNER.get(name, ()))]
    places = [(label, _address(name)) for label, name in open_to_her]
    first = room if path == room or path.startswith(BESIDE.get(room, ())) else ""
    here = _longest(path, [url for _label, url in places if url != room]) or first
    return [Entry(label, url, url == here) for label, url in places]


def _opens(actor: Actor, needed: Needed) -> bool:
    if callable(needed):
        return needed(actor)
    return not needed or not actor.permissions.isdisjoint(needed)


def _longest(path: str, urls: list[str]) -> str:
    return max((url for url in urls if _leads_to(path, url)), key=len, default="")


@cache
def _address(name: str) -> str:
    return reverse(name)


def _leads_to(path: str, url: str) -> bool:
    at_home = path == "/" if url == "/" else path.startswith(url)
    return at_home or path.startswith(BESIDE.get(url, ()))
