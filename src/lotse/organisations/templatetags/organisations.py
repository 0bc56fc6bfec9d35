"""Filters of the pages of an organisation."""

from django import template

from lotse.organisations.hours import Hours, format_hours

register = template.Library()


@register.filter
def hours(rows: Hours) -> str:
    return format_hours(rows)
