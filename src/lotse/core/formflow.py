"""How a page hands a form to an action: valid, acknowledged, refused beside the field."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest

from lotse.core.forms import LotseForm

CLASH = "Jemand hat gleichzeitig dasselbe gespeichert. Bitte noch einmal speichern."


def carried_out(form: LotseForm, act: Callable[[], Any]) -> bool:
    """True when the form was whole and the action went through; else the form knows why."""
    if not form.may_proceed():
        return False
    try:
        act()
    except ValidationError as error:
        form.refuse(error)
        return False
    except IntegrityError:
        form.add_error(None, CLASH)
        return False
    return True


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """For a step that is one button and has no field to put a refusal beside: it stands above the next page."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
