"""A partner of the house, or somebody who is known by name only."""

from typing import Any

from lotse.core.forms import LotseForm

NOBODY = "Bitte einen Partner wählen oder einen Namen schreiben."


class PartnerOrName(LotseForm):
    """For forms with `partner` and `name`: one of them is needed. The partner's name is the name, unless another was written."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("partner") and not given.get("name"):
            self.add_error("name", NOBODY)
        given["name"] = given.get("name") or str(given.get("partner") or "")
        return given
