from typing import Any

from django import forms

from lotse.core.forms import VersionedForm
from lotse.documents.uploads import UploadField
from lotse.funding.enums import DutyState
from lotse.funding.models import DutyCheck


class DutyForm(VersionedForm):
    state = forms.ChoiceField(label="Stand", choices=DutyState.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Bemerkung", max_length=500, required=False)
    link = forms.URLField(label="Link zum Nachweis", max_length=300, required=False, assume_scheme="https")
    file = UploadField(label="Nachweis als Datei", required=False)

    def __init__(self, *args: Any, check: DutyCheck | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if check and check.file_id:
            self.fields["file"].label = "Anderer Nachweis als Datei"

    @staticmethod
    def first(check: DutyCheck | None) -> dict[str, Any]:
        if check is None:
            return {"revision": 0}
        return {name: getattr(check, name) for name in ("state", "note", "link", "revision")}
