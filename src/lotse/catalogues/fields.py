"""Form fields that offer a list in the words of the organisation of the form's actor."""

from typing import Any

from django import forms
from django.utils import timezone

from lotse.catalogues.own_lists import OwnLists, lists_of


class ListField(forms.ChoiceField):
    """One entry of a list; filled when the form shows or checks it, for words change while the house runs.

    What is stored stays choosable after it was switched off, so that saving an old file again changes nothing.
    """

    def __init__(self, name: str, *, empty: str | None = None, grouped: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name, self.empty, self.is_grouped = name, empty, grouped

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        organisation_id = getattr(getattr(form, "actor", None), "organisation_id", None)
        stored = form.get_initial_for_field(self, field_name)
        first = [] if self.empty is None else [("", self.empty)]
        keep = stored if isinstance(stored, list) else [stored]
        self.choices = [*first, *self._offered(lists_of(organisation_id), keep)]
        return super().get_bound_field(form, field_name)

    def _offered(self, lists: OwnLists, keep: list[str]) -> list[Any]:
        found, today = lists.get(self.name), timezone.localdate()
        if not self.is_grouped:
            return list(found.choices_on(today, keep))
        offered: list[Any] = []
        for group, rows in found.grouped_choices_on(today, keep):
            offered += [(lists.group_label(self.name, group), rows)] if group else rows
        return offered


class ListsField(ListField, forms.MultipleChoiceField):
    """Several entries of a list, to tick."""

    widget = forms.CheckboxSelectMultiple
