from django import template

from lotse.facts.results import Result
from lotse.insight.pictures.words import about_bars

register = template.Library()


@register.filter
def spoken(result: Result) -> str:
    """What the picture of a figure shows."""
    return about_bars(result)
