"""Stored keys as German words."""

from django import template

from lotse.catalogues.loader import catalogue, label

register = template.Library()


def _plain(text: str) -> str:
    """A template literal is a SafeString, which file paths do not take; a slice of it is a plain text."""
    return text[:]


@register.filter
def words(key: str, name: str) -> str:
    return label(_plain(name), key)


@register.filter
def all_words(keys: list[str], name: str) -> str:
    return ", ".join(catalogue(_plain(name)).labels(keys))
