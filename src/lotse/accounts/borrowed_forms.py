"""Forms of allauth in the words of the house."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.forms import Form

from lotse.accounts.forms import NewPasswordForm

PASSWORD = NewPasswordForm.base_fields["password1"].help_text


def _say(form: Form, name: str, label: str = "", help_text: str = "") -> None:
    """The view leaves some fields out."""
    if field := form.fields.get(name):
        field.label, field.help_text = label or field.label, help_text


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", help_text=PASSWORD)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", help_text=PASSWORD)


class AppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", "Code aus der App")
        self.fields["code"].widget.attrs["placeholder"] = ""


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks = "Der Schlüssel prüft dann Fingerabdruck, Gesicht oder PIN."
        _say(self, "passwordless", "Auch ohne Passwort anmelden", checks)
