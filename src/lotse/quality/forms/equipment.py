from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Person, Site
from lotse.quality.enums import CheckResult, EquipmentKind
from lotse.quality.models import Equipment
from lotse.quality.models.equipment import MOST_MONTHS

PLAIN = ("name", "kind", "place", "inventory_number", "bought_on", "check_every", "storage_note", "revision")


class EquipmentForm(VersionedForm):
    name = forms.CharField(label="Bezeichnung", max_length=160)
    kind = forms.ChoiceField(label="Art", choices=EquipmentKind.choices)
    site = RowField(label="Beratungsstelle", required=False)
    place = forms.CharField(
        label="Ort", max_length=120, required=False, help_text="Zum Beispiel: Raum 12, Schrank links"
    )
    responsible = RowField(label="Verantwortlich", required=False)
    inventory_number = forms.CharField(label="Inventarnummer", max_length=40, required=False)
    bought_on = DayField(label="Angeschafft am", past=True, required=False)
    check_every = forms.IntegerField(
        label="Zu prüfen alle … Monate", min_value=1, max_value=MOST_MONTHS, required=False,
        widget=forms.NumberInput(attrs={"class": "short"}), help_text="Leer: wird nicht regelmäßig geprüft.",
    )  # fmt: skip
    storage_note = forms.CharField(label="Umgang und Lagerung", max_length=500, required=False)

    def __init__(
        self, *args: Any, sites: Mapping[str, Site], people: Mapping[str, Person], equipment: Equipment | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_first(equipment), **kwargs)
        self.fields["site"].offer(sites, "keine")  # type: ignore[attr-defined]
        self.fields["responsible"].offer(people, "niemand")  # type: ignore[attr-defined]


def _first(one: Equipment | None) -> dict[str, Any]:
    if one is None:
        return {}
    rows = {"site": one.site, "responsible": one.responsible}
    chosen = {name: row.public_id if row else "" for name, row in rows.items()}
    return {**{name: getattr(one, name) for name in PLAIN}, **chosen}


class CheckForm(LotseForm):
    result = forms.ChoiceField(label="Ergebnis", choices=CheckResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Was ist aufgefallen?", max_length=500, required=False)
    on = DayField(label="Geprüft am", past=True)
