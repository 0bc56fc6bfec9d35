"""An entry of the log as a German sentence."""

from functools import cache

from django.apps import apps

from lotse.auditlog.door import VERBS
from lotse.auditlog.models import Event
from lotse.auditlog.recorder import READS

# Verbs that no action has any more; entries written by older versions still speak.
RETIRED: dict[str, str] = {}
# Names that are no column of the object: what an app adds with `name_fields`.
_NAMED: dict[str, dict[str, str]] = {}


class UnknownEvent(KeyError):
    """An entry whose verb no action has registered."""


def sentence(event: Event) -> str:
    """ "Mira Beispiel hat den Plan geändert (Ziel, Frist)." """
    changed = ", ".join(field_label(event.object_type, name) for name in event.fields)
    return f"{event.actor_label} {_said(event)}{f' ({changed})' if changed else ''}."


def _said(event: Event) -> str:
    if event.is_read and event.key in READS:
        return READS[event.key].format(what=event.details.get("what") or "Akte")
    if not event.is_read and event.key in VERBS:
        return VERBS[event.key].sentence
    if event.key in RETIRED:
        return RETIRED[event.key]
    raise UnknownEvent(event.key)


def name_fields(object_type: str, labels: dict[str, str]) -> None:
    """Register German names of recorded fields that are no columns, for example the questions of a form."""
    _NAMED.setdefault(object_type, {}).update(labels)


def field_label(object_type: str, name: str) -> str:
    """The German name of a changed field; a name that no version knows any more is shown as it was written."""
    return _NAMED.get(object_type, {}).get(name) or _columns(object_type).get(name) or name


@cache
def object_label(object_type: str) -> str:
    return next((str(m._meta.verbose_name) for m in apps.get_models() if m._meta.model_name == object_type), "")


@cache
def _columns(object_type: str) -> dict[str, str]:
    models = [model for model in apps.get_models() if model._meta.model_name == object_type]
    return {
        name: str(field.verbose_name)
        for model in models
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
