"""What several forms of casework offer to choose from."""

from typing import Any

from lotse.catalogues.fields import ListField, ListsField
from lotse.core.picking import PICK

NOT_ASKED = "nicht erhoben"


def pick(name: str, label: str, empty: str | None = PICK, **more: Any) -> ListField:
    return ListField(name, label=label, empty=empty, **more)


def pick_many(name: str, label: str, **more: Any) -> ListsField:
    return ListsField(name, label=label, **more)
