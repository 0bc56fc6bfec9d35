from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import LongTextField
from lotse.core.forms import VersionedForm
from lotse.core.picking import RowField
from lotse.quality.models import GovernedDocument, ManualChapter


class ChapterForm(VersionedForm):
    number = forms.CharField(label="Nummer", max_length=20, widget=forms.TextInput(attrs={"class": "short"}))
    title = forms.CharField(label="Titel", max_length=200)
    parent = RowField(label="Gehört zu Kapitel", required=False)
    text = LongTextField(
        label="Text",
        rows=12,
        required=False,
        max_length=60_000,
        help_text="Eine leere Zeile beginnt einen neuen Absatz.",
    )
    document = RowField(label="Dokument dazu", required=False)

    def __init__(
        self, *args: Any, above: Mapping[str, ManualChapter], documents: Mapping[str, GovernedDocument],
        chapter: ManualChapter | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_first(chapter), **kwargs)
        self.fields["parent"].offer(above, "steht für sich")  # type: ignore[attr-defined]
        self.fields["document"].offer(documents, "keines")  # type: ignore[attr-defined]


def _first(chapter: ManualChapter | None) -> dict[str, Any]:
    if chapter is None:
        return {}
    rows = {name: getattr(chapter, name) for name in ("parent", "document")}
    return {
        **{name: getattr(chapter, name) for name in ("number", "title", "text", "revision")},
        **{name: row.public_id if row else "" for name, row in rows.items()},
    }
