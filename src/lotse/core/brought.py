"""Reading a YAML file that somebody has brought along, without believing it: no alias, no tag, every word checked.

`place` says in every refusal where it went wrong: "Abschnitt 2, Frage 3".
"""

from collections.abc import Mapping
from typing import Any

import yaml
from django.core.exceptions import ValidationError

LARGEST = 200_000
TOO_LARGE = "Die Datei ist zu groß. Erlaubt sind 200 KB."
NO_TEXT = "Das ist keine Textdatei in UTF-8. Bitte speichern Sie sie neu."
NO_YAML = "Zeile {}: Hier stimmt die Schreibweise nicht. Bitte vergleichen Sie mit dem Beispiel."
ALIAS = "Die Datei benutzt Verweise (& oder *). Bitte schreiben Sie alles aus."


class _Plain(yaml.SafeLoader):
    """Without aliases: a few lines of them unfold to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValidationError(ALIAS)
        return super().compose_node(parent, index)


def read(content: bytes, place: str) -> dict[str, Any]:
    """The file as plain data; refused with a German sentence."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    try:
        raw = yaml.load(content.decode("utf-8-sig"), _Plain)  # noqa: S506 -- a safe loader
    except UnicodeDecodeError as error:
        raise ValidationError(NO_TEXT) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ValidationError(NO_YAML.format(mark.line + 1 if mark else 1)) from error
    return mapping(raw, place)


def mapping(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValidationError(f"{place}: Hier fehlen Angaben wie „text: …“.")
    return raw


def listed(raw: Mapping[str, Any], name: str, place: str) -> list[Any]:
    found = raw.get(name)
    if not isinstance(found, list) or not found:
        raise ValidationError(f"{place}: „{name}“ fehlt oder ist leer.")
    return found


def word(raw: Mapping[str, Any], name: str, place: str, most: int) -> str:
    words = maybe(raw, name, place, most)
    if not words:
        raise ValidationError(f"{place}: „{name}“ fehlt.")
    return words


def maybe(raw: Mapping[str, Any], name: str, place: str, most: int) -> str:
    words = raw.get(name, "")
    if not isinstance(words, str | int) or isinstance(words, bool):
        raise ValidationError(f"{place}: „{name}“ muss ein Text sein.")
    if len(str(words)) > most:
        raise ValidationError(f"{place}: „{name}“ ist zu lang, erlaubt sind {most} Zeichen.")
    return str(words).strip()
