"""Words for the pages of plan, actual and forecast."""

from django import template
from django.utils.safestring import SafeString

from lotse.core.templatetags.lotse import badge
from lotse.funding import ledger_words
from lotse.funding.enums import Hint
from lotse.funding.queries.forecast import LineFigures

register = template.Library()
register.filter("way_words", ledger_words.way_words)
register.filter("percent", ledger_words.percent)


@register.filter
def hint_tone(hint: Hint) -> str:
    return ledger_words.TONES[hint]


@register.simple_tag
def hint_badge(hint: Hint, line: LineFigures) -> SafeString:
    return badge(ledger_words.hint_words(hint, line), hint_tone(hint))
