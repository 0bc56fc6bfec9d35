from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lotse.accounts.models import User
from lotse.core.forms import LotseForm


class NewPasswordForm(LotseForm):
    """Whose password it will be is known: it must not look like her name or address."""

    password1 = forms.CharField(
        label="Passwort",
        strip=False,
        help_text="Mindestens 12 Zeichen. Ein ganzer Satz ist gut.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Passwort wiederholen",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password, self.owner)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError("Die beiden Passwörter sind verschieden."))
        return cleaned


class NameForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}))
