"""Stored keys as German words, the organisation's own where it has some."""

from django import template

from lotse.catalogues.own_lists import lists_at_desk

register = template.Library()


def _plain(text: str) -> str:
    """A template literal is a SafeString, which file paths do not take; a slice of it is a plain text."""
    return text[:]


@register.filter
def words(key: str, name: str) -> str:
    return lists_at_desk().label(_plain(name), key)


@register.filter
def all_words(keys: list[str], name: str) -> str:
    return ", ".join(lists_at_desk().get(_plain(name)).labels(keys))
