from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.catalogues.loader import UnknownEntry, catalogue
from lotse.catalogues.models import CatalogueOverride, TextRelease
from lotse.catalogues.overrides import OWN
from lotse.catalogues.own_lists import forget
from lotse.catalogues.texts import TEXTS, WORDS, text, words_version
from lotse.core.fields import FUTURE
from lotse.core.ids import new_public_id
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

OFFICIAL = "Diese Liste ist amtlich oder vom Formular vorgegeben und lässt sich nicht ändern."
UNKNOWN = "Diesen Eintrag gibt es nicht."
TEXTS_APART = "Diese Texte stehen unter „Texte für Klient*innen“ und lassen sich dort prüfen und freigeben."
ENDS_BEFORE = "„Gilt bis“ liegt vor „gilt ab“."
NEEDS_LABEL = "Ein eigener Eintrag braucht eine Bezeichnung."
GERMAN = "Deutsch ist die Vorlage und braucht keine Freigabe."
NEEDS_NAME = "Bitte angeben, wer die Übersetzung geprüft hat."


class Wish(TypedDict, total=False):
    """What an organisation wants differently about an entry."""

    label: str
    text: str
    hidden: bool
    order: int | None
    valid_from: date | None
    valid_to: date | None


AS_PROPOSED = Wish(label="", text="", hidden=False, order=None, valid_from=None, valid_to=None)


@action("catalogue.entry_changed", "hat einen Listeneintrag angepasst")
def change_entry(*, by: Actor, name: str, key: str, **wish: Unpack[Wish]) -> CatalogueOverride:
    """Rename, hide, move or date an entry of a proposed list; what is not wished is as proposed, earlier wishes end."""
    _require_open_list(by, name)
    found = CatalogueOverride.objects.visible_to(by).filter(catalogue=name, key=key).first()
    refuse_if(found is None and key not in catalogue(name).entries, UNKNOWN, "key")
    refuse_if(key.startswith(OWN) and not wish.get("label", "").strip(), NEEDS_LABEL, "label")
    override = found or CatalogueOverride(organisation_id=by.organisation_id, catalogue=name, key=key)
    return _saved(override, {**AS_PROPOSED, **wish})


@action("catalogue.entry_added", "hat einen eigenen Listeneintrag angelegt")
def add_entry(*, by: Actor, name: str, group: str = "", **wish: Unpack[Wish]) -> CatalogueOverride:
    _require_open_list(by, name)
    refuse_if(not wish.get("label", "").strip(), NEEDS_LABEL, "label")
    key = f"{OWN}{new_public_id()}"
    override = CatalogueOverride(organisation_id=by.organisation_id, catalogue=name, key=key, group=group)
    return _saved(override, {**AS_PROPOSED, **wish})


@action("catalogue.entry_reset", "hat einen Listeneintrag zurückgesetzt")
def reset_entry(*, by: Actor, override: CatalogueOverride) -> None:
    """Back to the proposal. An entry of one's own is hidden instead: files may hold its key."""
    _require_own(by, override)
    if override.key.startswith(OWN):
        override.hidden = True
        override.save()
        record(override, fields=["hidden"], catalogue=override.catalogue)
    else:
        record(override, catalogue=override.catalogue, key=override.key)
        override.delete()
    forget(override.organisation_id)


@action("catalogue.text_released", "hat eine Übersetzung freigegeben")
def release_text(*, by: Actor, key: str, language: str, reviewed_on: date, reviewed_by_name: str) -> TextRelease:
    """`key` is a client text, or "words" for the words of the plan; the version of today is what was checked."""
    require(by.may(Permission.MANAGE_TEXTS))
    refuse_if(language == "de", GERMAN, "language")
    refuse_if(reviewed_on > timezone.localdate(), FUTURE, "reviewed_on")
    refuse_if(not reviewed_by_name.strip(), NEEDS_NAME, "reviewed_by_name")
    release = TextRelease(organisation_id=by.organisation_id, text_key=key, language=language)
    release.version = _version_of_today(key, language)
    release.reviewed_on, release.reviewed_by_name = reviewed_on, reviewed_by_name.strip()
    release.full_clean()
    release.save()
    record(release, key=key, language=language, version=release.version)
    return release


@action("catalogue.text_withdrawn", "hat die Freigabe einer Übersetzung zurückgenommen")
def withdraw_release(*, by: Actor, release: TextRelease) -> None:
    _require_own(by, release)
    record(release, key=release.text_key, language=release.language, version=release.version)
    release.delete()


def _require_open_list(by: Actor, name: str) -> None:
    require(by.may(Permission.MANAGE_TEXTS))
    refuse_if(name == TEXTS, TEXTS_APART)
    try:
        refuse_if(not catalogue(name).is_default, OFFICIAL)
    except UnknownEntry as error:
        raise ValidationError(UNKNOWN) from error


def _require_own(by: Actor, row: CatalogueOverride | TextRelease) -> None:
    require(by.may(Permission.MANAGE_TEXTS) and row.organisation_id == by.organisation_id)


def _version_of_today(key: str, language: str) -> str:
    try:
        return words_version(language) if key == WORDS else text(key, language).version
    except UnknownEntry as error:
        raise ValidationError({"key": UNKNOWN}) from error


def _saved(override: CatalogueOverride, wish: Mapping[str, Any]) -> CatalogueOverride:
    begins, ends = wish["valid_from"], wish["valid_to"]
    refuse_if(bool(begins and ends and ends < begins), ENDS_BEFORE, "valid_to")
    values = {name: value.strip() if isinstance(value, str) else value for name, value in wish.items()}
    changed = change(override, values)
    override.full_clean()
    override.save()
    forget(override.organisation_id)
    record(override, fields=changed, catalogue=override.catalogue, key=override.key)
    return override
