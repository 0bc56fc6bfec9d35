"""Stored keys as German words."""

from django import template

from lotse.catalogues.loader import catalogue, label

register = template.Library()


@register.filter
def words(key: str, name: str) -> str:
    return label(name, key)


@register.filter
def all_words(keys: list[str], name: str) -> str:
    return ", ".join(catalogue(name).labels(keys))
