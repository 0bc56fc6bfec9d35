from django import forms

from lotse.core.forms import LotseForm

REASONS = (
    ("authority", "Prüfung durch die Bewilligungsbehörde"),
    ("carrier", "Prüfung im eigenen Haus"),
    ("person", "Jemand fragt nach den eigenen Daten"),
)


class AuditForm(LotseForm):
    reason = forms.ChoiceField(label="Wofür wird die Liste gebraucht?", choices=REASONS, widget=forms.RadioSelect)
    sign = forms.CharField(
        label="Zeichen der Prüfung", max_length=60, required=False, help_text="Kommt mit ins Protokoll. Ohne Namen."
    )


def said(form: AuditForm) -> str:
    words = [dict(REASONS)[form.cleaned_data["reason"]], form.cleaned_data["sign"].strip()]
    return ", ".join(word for word in words if word)
