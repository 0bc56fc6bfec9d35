from typing import Any, ClassVar

from django import forms

from lotse.core.fields import LongTextField
from lotse.core.forms import LotseForm
from lotse.organisations.models import Organisation, Person

NEW = "new"


class InvitationForm(LotseForm):
    """Somebody on the list, or somebody new: then her name, and where she works if there is a choice."""

    shown_when: ClassVar = {
        "first_name": ("who", (NEW,)),
        "last_name": ("who", (NEW,)),
        "where": ("who", (NEW,)),
    }

    email = forms.EmailField(label="E-Mail-Adresse", help_text="Dorthin geht der Link. Er gilt sieben Tage und einmal.")
    who = forms.ChoiceField(label="Für wen?")
    first_name = forms.CharField(label="Vorname", max_length=80, required=False)
    last_name = forms.CharField(label="Nachname", max_length=80, required=False)
    where = forms.ChoiceField(label="Angestellt bei", required=False)

    def __init__(self, *args: Any, people: list[Person], organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.organisations = {organisation.public_id: organisation for organisation in organisations}
        known = [(person.public_id, str(person)) for person in people]
        self.fields["who"].choices = [(NEW, "Neue Person"), *known]
        self.fields["where"].choices = [(o.public_id, o.name) for o in organisations]
        for name in self.shown_when:
            self.fields[name].says_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("who") == NEW:
            for name in self.shown_when:
                if not cleaned.get(name):
                    self.add_error(name, "Bitte ausfüllen.")
        return cleaned

    def invited(self) -> dict[str, Any]:
        """What the action wants to know."""
        data = self.cleaned_data
        person = self.people.get(data["who"])
        organisation = person.organisation if person else self.organisations[data["where"]]
        names = {} if person else {"first_name": data["first_name"], "last_name": data["last_name"]}
        return {"email": data["email"], "organisation": organisation, "person": person, **names}


class ResetForm(LotseForm):
    reason = LongTextField(
        label="Warum?",
        rows=3,
        max_length=300,
        help_text="Zum Beispiel: Telefon verloren. Woran haben Sie erkannt, wer Sie darum bittet?",
    )


class DutyForm(LotseForm):
    """One role: as Lotse suggests, always, or not."""

    CHOICES = (("default", "Vorgabe"), ("yes", "Pflicht"), ("no", "freiwillig"))
    VALUES: ClassVar = {"default": None, "yes": True, "no": False}

    role = forms.ChoiceField(label="Rolle")
    choice = forms.ChoiceField(label="Zweiter Faktor", choices=CHOICES)

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, role) for role in roles]

    @property
    def required(self) -> bool | None:
        return self.VALUES[self.cleaned_data["choice"]]
