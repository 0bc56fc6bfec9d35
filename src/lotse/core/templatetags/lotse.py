"""Tags and filters of every template of the house: KERN components as one-liners."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField, Form, Select, Textarea
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.template.defaultfilters import date as formatted_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lotse.core.fields import format_partial_date
from lotse.core.forms import KERN

register = template.Library()

NOT_ASKED = SafeString('<span class="muted">nicht erhoben</span>')
TONES = {"good": "success", "warn": "warning", "bad": "danger", "": "info", "none": "none"}


@register.inclusion_tag("core/components/field.html")
def field(bound: BoundField) -> dict:
    """One form field as KERN wants it: label, hint, error, control; the few optional ones are marked."""
    widget = bound.field.widget
    is_group = getattr(widget, "input_type", "") in ("radio", "checkbox") and hasattr(widget, "choices")
    name = bound.id_for_label or bound.auto_id  # a group of boxes has no control of its own to be labelled
    described = [
        f"{name}-{part}" for part in ("hint", "error") if (bound.help_text if part == "hint" else bound.errors)
    ]
    attrs = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required and not is_group:
        attrs["aria-required"] = "true"
    if widget.attrs.get("placeholder") == bound.label:
        del widget.attrs["placeholder"]  # the label says it already
    if "class" not in widget.attrs:  # a form that is not ours, of the login for example
        attrs["class"] = KERN.get(type(widget), "kern-form-input__input")
    form = bound.form
    condition = getattr(form, "shown_when", {}).get(bound.name)
    return {
        "bound": bound,
        "id": name,
        "is_group": is_group,
        "is_tick": getattr(widget, "input_type", "") == "checkbox" and not is_group,
        "is_select": isinstance(widget, Select) and not is_group,
        "is_text_area": isinstance(widget, Textarea),
        "is_long": is_group and len(list(widget.choices)) > 6,
        "control": bound.as_widget(attrs=attrs) if not is_group else "",
        "described": " ".join(described),
        "optional": not bound.field.required and not getattr(bound.field, "says_optional", False),
        "condition": f"{condition[0]}={'|'.join(_as_text(v) for v in condition[1])}" if condition else "",
    }


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@register.inclusion_tag("core/components/error_summary.html")
def error_summary(form: Form) -> dict:
    """All errors at the top, each a link to its field; warnings with a box to acknowledge them."""
    errors = [
        (form[name].id_for_label or form[name].auto_id, str(form[name].label).rstrip("?"), e)
        for name, es in form.errors.items()
        if name != "__all__"
        for e in es
    ]
    return {
        "form": form,
        "errors": errors,
        "general": form.non_field_errors(),
        "warnings": getattr(form, "open_warnings", []),
    }


@register.simple_tag
def badge(text: Any, tone: str = "") -> SafeString:
    return format_html('<span class="badge badge--{}">{}</span>', tone or "info", text)


@register.filter("date", expects_localtime=True)
def german_date(value: Any, form: str = "") -> str:
    """Django's filter, with a short way for the plain day: lists show hundreds of them."""
    if not form and type(value) is date:
        return SafeString(
            f"{value.day:02}.{value.month:02}.{value.year}"
        )  # nothing to escape, which costs more than this
    return formatted_date(value, form or None)


@register.filter
def partial(day: date | None, precision: str) -> str:
    """A day known only to the month or the year never looks exact."""
    return format_partial_date(day, precision)


@register.filter
def missing(value: Any) -> Any:
    """What was not asked is said, never shown as zero or nothing."""
    if value in (None, "", []):
        return NOT_ASKED
    return {True: "ja", False: "nein"}.get(value, value) if isinstance(value, bool) else value


@register.filter
def dot(count: int | None) -> str:
    """A hidden number is a dot, never a zero."""
    return "•" if count is None else f"{count:,}".replace(",", ".")


@register.filter
def german_list(values: Iterable[Any]) -> str:
    """ "a, b und c" """
    words = [str(value) for value in values]
    return " und ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


@register.filter
def get(mapping: dict, key: Any) -> Any:
    return mapping.get(key)


@register.inclusion_tag("core/components/empty.html")
def empty_state(text: str, url: str = "", label: str = "") -> dict:
    return {"text": text, "url": url, "label": label}


@register.tag
def alert(parser: Parser, token: Token) -> Node:
    """{% alert "warning" "Titel" %} … {% endalert %}"""
    _name, *arguments = token.split_contents()
    tone, title = (parser.compile_filter(a) for a in [*arguments, '""'][:2])
    nodelist = parser.parse(("endalert",))
    parser.delete_first_token()
    return AlertNode(tone, title, nodelist)


class AlertNode(Node):
    def __init__(self, tone: Any, title: Any, nodelist: NodeList) -> None:
        self.tone, self.title, self.nodelist = tone, title, nodelist

    def render(self, context: Context) -> str:
        title = self.title.resolve(context)
        heading = format_html("<p><strong>{}</strong></p>", title) if title else ""
        body = self.nodelist.render(context)
        tone = self.tone.resolve(context)
        return format_html('<div class="alert alert--{}" role="status">{}{}</div>', tone, heading, SafeString(body))


@register.tag
def once(parser: Parser, token: Token) -> Node:
    """{% once %} … {% endonce %}: the same on every page while the process runs, such as the addresses of style sheets."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist)


class OnceNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist, self.text = nodelist, SafeString("")

    def render(self, context: Context) -> SafeString:
        if not self.text:
            self.text = self.nodelist.render(context)
        return self.text
