from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.forms import LotseForm
from lotse.core.search import fold
from lotse.documents import archives, wording
from lotse.documents.tables import Heading, read_table
from lotse.documents.uploads import UploadField
from lotse.imports.columns import offered
from lotse.imports.enums import Category
from lotse.imports.kinds import Kind
from lotse.imports.models import Import
from lotse.imports.values import Desk

TABLES = (archives.XLSX, wording.CSV)


class TableForm(LotseForm):
    file = UploadField(label="Tabelle", types=TABLES)

    def clean_file(self) -> Any:
        """What cannot be read at all is said here, before anything is kept."""
        upload = self.cleaned_data["file"]
        content = upload.read()
        upload.seek(0)
        read_table(content, archives.XLSX if archives.is_workbook(content) else wording.CSV)
        return upload


class ColumnsForm(LotseForm):
    """One choice for each column of the house."""

    def __init__(self, *args: Any, kind: Kind, desk: Desk, headings: Sequence[Heading], **kwargs: Any) -> None:
        self.kind, self.headings = kind, headings
        super().__init__(*args, **kwargs)
        for column in kind.columns:
            needed = bool(column.needed)
            found = forms.ChoiceField(
                label=column.label, choices=offered(column, desk, headings), required=needed, widget=forms.Select
            )
            self.dress(found)
            found.says_optional = True
            found.error_messages["required"] = column.missing
            self.fields[column.key] = found

    @property
    def needed(self) -> list[forms.BoundField]:
        return [self[column.key] for column in self.kind.columns if column.needed]

    @property
    def found(self) -> list[forms.BoundField]:
        return [bound for bound in self._others if bound.value() or bound.errors]

    @property
    def not_found(self) -> list[forms.BoundField]:
        return [bound for bound in self._others if not bound.value() and not bound.errors]

    @property
    def _others(self) -> list[forms.BoundField]:
        return [self[column.key] for column in self.kind.columns if not column.needed]

    @property
    def left_out(self) -> list[str]:
        """Headings that nothing was found for."""
        taken = {self[column.key].value() for column in self.kind.columns}
        return [h.text or f"Spalte {h.letter}" for h in self.headings if str(h.index) not in taken]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen: set[str] = set()
        for key, place in list(cleaned.items()):
            if place.isdecimal() and place in seen:
                self.add_error(key, "Diese Spalte ist oben schon gewählt.")
            seen.add(place)
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        return {key: place for key, place in self.cleaned_data.items() if place}

    @property
    def to_remember(self) -> dict[str, str]:
        """Folded heading → column."""
        texts = {str(heading.index): fold(heading.text) for heading in self.headings}
        return {texts[place]: key for key, place in self.mapping.items() if texts.get(place)}


class TakeOverForm(LotseForm):
    takes_duplicates = forms.BooleanField(label="Mögliche Dubletten als neue Einträge übernehmen", required=False)

    def __init__(self, *args: Any, run: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        if not run.count(Category.DUPLICATE):
            del self.fields["takes_duplicates"]

    def clean(self) -> dict[str, Any]:
        if count := self.run.count(Category.WARNING):
            hints = "Zu einer Zeile gibt es einen Hinweis" if count == 1 else f"Zu {count} Zeilen gibt es Hinweise"
            self.warn("import", f"{hints}. Ist es so richtig?")
        return super().clean()
