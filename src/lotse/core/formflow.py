"""How a page hands a form to an action: valid, acknowledged, refused beside the field."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError

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
