"""The one door for every write: `@action` opens the transaction and refuses to finish without a log entry."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from lotse.auditlog.models import Event
from lotse.core import drafts
from lotse.core.constraints import refusal
from lotse.core.errors import NotAllowed

__all__ = [
    "VERBS",
    "NotAllowed",
    "NothingRecorded",
    "Verb",
    "action",
    "record",
    "record_each",
    "refuse_if",
    "refuse_if_changed",
    "require",
]

P = ParamSpec("P")
R = TypeVar("R")


class Acting(Protocol):
    """Whoever acts: an Actor, or the system with a reason."""

    @property
    def ref(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def organisation_id(self) -> int | None: ...


class Recordable(Protocol):
    @property
    def public_id(self) -> str: ...


class Revised(Protocol):
    """A row that counts how often it was saved."""

    revision: int


class NothingRecorded(Exception):
    """An action ended without saying in the log what it did."""


@dataclass
class _Running:
    key: str
    by: Acting
    recorded: int = 0


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)


@dataclass(frozen=True)
class Verb:
    """A registered action: its key and its German sentence with {object} for what it was done to."""

    key: str
    sentence: str
    function: Callable[..., Any] = field(repr=False)


VERBS: dict[str, Verb] = {}


def action(key: str, sentence: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. It is called with keywords only and has `by`; it calls `record` at least once.

    A row that the database refuses by a named constraint becomes a `ValidationError` with the constraint's German message.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            running = _Running(key, kwargs["by"])  # type: ignore[arg-type]
            token = _running.set(running)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    if not running.recorded:
                        raise NothingRecorded(key)
                    drafts.discard_saved()
                    return result
            except IntegrityError as error:
                refused = refusal(error)
                if refused is None:
                    raise
                raise refused from error
            finally:
                _running.reset(token)

        if key in VERBS:
            raise ValueError(f"action {key} is registered twice")
        VERBS[key] = Verb(key, sentence, act)
        return act

    return decorate


def record(
    obj: Recordable,
    *,
    file: Recordable | None = None,
    fields: Iterable[str] = (),
    organisation_id: int | None = None,
    warnings: Iterable[str] = (),
    **details: Any,
) -> None:
    """Write the log entry of the running action. `details` hold codes, dates and numbers, never secret text.

    `warnings` are the codes of warnings that the actor has read and acknowledged.
    """
    running = _at_work()
    if acknowledged := sorted(warnings):
        details["warnings"] = acknowledged
    Event.objects.create(**_entry(running, obj, file, fields, details, organisation_id))


def record_each(objects: Iterable[Recordable], *, are_files: bool = False, **details: Any) -> None:
    """An entry for every one of many, in bulk: each has its own history."""
    running = _at_work()
    events = [Event(**_entry(running, obj, obj if are_files else None, details=details)) for obj in objects]
    Event.objects.bulk_create(events, batch_size=1000)


def _at_work() -> _Running:
    running = _running.get()
    if running is None:
        raise NothingRecorded("record() outside of an action")
    running.recorded += 1
    return running


def _entry(
    running: _Running,
    obj: Recordable,
    file: Recordable | None,
    fields: Iterable[str] = (),
    details: Mapping[str, Any] | None = None,
    organisation_id: int | None = None,
) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id or getattr(obj, "organisation_id", None) or running.by.organisation_id,
        "actor_ref": running.by.ref,
        "actor_label": running.by.label,
        "key": running.key,
        "object_type": type(obj).__name__.lower(),
        "object_ref": obj.public_id,
        "file_ref": file.public_id if file else "",
        "fields": sorted(fields),
        "details": json.loads(json.dumps(details or {}, cls=DjangoJSONEncoder)),
    }


def require(allowed: bool, reason: str = "Das dürfen Sie hier nicht.") -> None:
    if not allowed:
        raise NotAllowed(reason)


def refuse_if(wrong: bool, message: str, field: str | None = None) -> None:
    """Stop an action with a message for the user, beside the field where one is named."""
    if wrong:
        raise ValidationError({field: message} if field else message)


CHANGED = (
    "Inzwischen hat jemand anderes gespeichert. Ihre Eingabe ist noch da. Bitte sehen Sie sich den neuen Stand in einem "
    "zweiten Fenster an und vergleichen Sie."
)


def refuse_if_changed(stored: Revised, seen: int | None, message: str = CHANGED) -> None:
    """Inside an action, for the locked row: `seen` is the revision the form was shown with; None where no form was open."""
    refuse_if(seen not in (None, stored.revision), message)
