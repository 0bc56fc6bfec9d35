"""The languages one can counsel in. The list stands one floor higher, in catalogues, which registers it here."""

from collections.abc import Callable

Choices = list[tuple[str, str]]
_source: Callable[[], Choices] = list


def offer_languages(source: Callable[[], Choices]) -> None:
    global _source
    _source = source


def language_choices() -> Choices:
    return _source()
