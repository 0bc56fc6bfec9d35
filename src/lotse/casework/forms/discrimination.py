from typing import Any

from lotse.casework.forms.choices import NOT_ASKED, pick, pick_many
from lotse.casework.models import DiscriminationRecord, GroundList
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import VersionedForm


class DiscriminationForm(VersionedForm):
    agg = pick_many(GroundList.AGG.catalogue, "Grund nach dem Gleichbehandlungsgesetz", required=False)
    other = pick_many(GroundList.OTHER.catalogue, "Weitere Gründe", required=False)
    area = pick("discrimination_area", "Wo ist es geschehen?", NOT_ASKED, required=False)
    happened_on = DayField(label="Wann zuletzt?", past=True, required=False)
    account = LongTextField(label="Was ist geschehen?", rows=5, required=False)

    PLAIN = ("area", "happened_on", "account", "revision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.says_optional = True  # all of it is; saying so five times would only be noise

    @staticmethod
    def initial_from(record: DiscriminationRecord) -> dict[str, object]:
        return {
            **{name: getattr(record, name) for name in DiscriminationForm.PLAIN},
            "agg": record.grounds_in(GroundList.AGG),
            "other": record.grounds_in(GroundList.OTHER),
        }
