"""Forms that give rights: a role, a deputy."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import VALID, LotseForm
from lotse.organisations.forms.shared import PICK, pick, pick_account
from lotse.organisations.models import Person, Site
from lotse.organisations.roles import ROLES, Role


def _words(role: Role) -> str:
    return f"{role.name} (braucht zweite Person)" if role.needs_second_person else role.name


class RoleForm(LotseForm):
    in_order = VALID

    person = forms.ChoiceField(label="Person")
    role = forms.ChoiceField(label="Rolle", choices=[("", PICK), *((r.key, _words(r)) for r in ROLES.values())])
    site = forms.ChoiceField(label="Beratungsstelle", required=False)
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis", required=False)
    reason = forms.CharField(label="Grund", max_length=200, help_text="Zum Beispiel: neu eingestellt.")

    def __init__(self, *args: Any, people: Sequence[Person], sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = pick_account(people)
        self.fields["site"].choices = pick(sites, "– ganze Organisation –")


class DeputyForm(LotseForm):
    in_order = VALID

    deputy = forms.ChoiceField(label="Wer vertritt?")
    valid_from = DayField(label="Ab")
    valid_to = DayField(label="Bis")
    reason = forms.CharField(label="Grund", max_length=200, help_text="Zum Beispiel: Urlaub.")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = pick_account(people)
