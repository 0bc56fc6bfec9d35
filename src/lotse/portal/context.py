"""The rooms of the house that this person may enter."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from lotse.casework.rules import READS_FILES
from lotse.organisations.enums import Permission


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    is_current: bool
    hint: str = ""


PARTNERS = (Permission.MANAGE_PARTNERS, Permission.SIGN_COOPERATION)
# label, address, permissions of which one is needed
ROOMS = (
    ("Heute", "portal:home", ()),
    ("Anfrage", "casework:enquiry", (Permission.RECORD_ENQUIRY,)),
    ("Klient*innen", "casework:client_list", READS_FILES),
    ("Termine", "casework:calendar", READS_FILES),
    ("Partner", "partners:list", PARTNERS),
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
    "Partner": "Einrichtungen und Ansprechpersonen",
    "Auswertung": "Zahlen nach Zeit, Stelle und Programm",
    "Meldungen": "Jahreszahlen zusammenrechnen und nach oben melden",
    "Listen und Texte": "Auswahllisten und Übersetzungen",
    "Protokoll": "Wer was getan und gelesen hat",
    "Postausgang": "Was Lotse verschickt hat",
    "Verwaltung": "Organisation, Rollen, Programme",
    "Zugänge": "Konten, Einladungen, zweiter Faktor",
}
SEARCHES = {*READS_FILES, Permission.MANAGE_PARTNERS}

# Pages that belong to a room but stand at an address of their own.
BESIDE = {
    "/": ("/bestaetigen/",),
    "/klienten/": ("/akte/", "/uebergabe/", "/notfall/"),
    "/verwaltung/": ("/programme/",),
    "/auswertung/": ("/umfragen/",),
}


def navigation(request: HttpRequest) -> dict:
    actor = getattr(request, "actor", None)
    if not actor:
        return {"navigation": []}
    rooms = [
        (label, _address(name))
        for label, name, needed in ROOMS
        if not actor.permissions.isdisjoint(needed) or not needed
    ]
    here = max((url for _label, url in rooms if _leads_to(request.path, url)), key=len, default="")
    entries = [Entry(label, url, url == here, HINTS.get(label, "")) for label, url in rooms]
    return {"navigation": entries, "may_search": not actor.permissions.isdisjoint(SEARCHES)}


@cache
def _address(name: str) -> str:
    return reverse(name)


def _leads_to(path: str, url: str) -> bool:
    at_home = path == "/" if url == "/" else path.startswith(url)
    return at_home or path.startswith(BESIDE.get(url, ()))
