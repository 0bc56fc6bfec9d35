"""Tags and filters of every template of the house."""

from django import template

register = template.Library()
