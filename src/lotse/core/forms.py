"""The form of the house: German messages, warnings one can acknowledge, if-then fields, errors of actions beside fields."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict

KERN = {
    forms.CheckboxInput: "kern-form-check__checkbox",
    forms.CheckboxSelectMultiple: "kern-form-check__checkbox",
    forms.RadioSelect: "kern-form-check__radio",
    forms.Select: "kern-form-input__select",
    forms.SelectMultiple: "kern-form-input__select",
}


VALID = ("valid_from", "valid_to", "Das Ende liegt vor dem Beginn.")
NOT_OFFERED = "Das steht hier nicht mehr zur Wahl. Bitte etwas aus der Liste wählen."


@dataclass(frozen=True)
class Warning:
    code: str
    message: str


class LotseForm(forms.Form):
    """`shown_when`: field → (other field, values that open it). A field whose condition does not hold is cleared.

    `in_order`: field of a first day, field of a last day, and what to say beside the last where it comes too early.
    `seldom`: fields that stand folded below the others, open where one of them says something.
    """

    shown_when: ClassVar[Mapping[str, tuple[str, tuple[Any, ...]]]] = {}
    in_order: ClassVar[tuple[str, str, str] | None] = None
    seldom: ClassVar[Collection[str]] = ()
    required_css_class = ""

    def __init__(self, *args: Any, actor: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        self.actor = actor
        self.warnings: list[Warning] = []
        self.refused_by: ValidationError | None = None
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            self.dress(field)

    @staticmethod
    def dress(field: forms.Field) -> None:
        """KERN's class for the control, and German words for what is missing."""
        css = KERN.get(type(field.widget), "kern-form-input__input")
        field.widget.attrs["class"] = f"{css} {field.widget.attrs.get('class', '')}".strip()
        field.error_messages["required"] = getattr(field, "missing_message", "Bitte ausfüllen.")
        if "invalid_choice" in field.error_messages:
            field.error_messages["invalid_choice"] = NOT_OFFERED

    def usual_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.seldom]

    def seldom_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name in self.seldom]

    def says_something_seldom(self) -> bool:
        return any(bound.errors or bound.value() not in (None, "", []) for bound in self.seldom_fields())

    def warn(self, code: str, message: str) -> None:
        """Odd, not wrong: the user may acknowledge it."""
        self.warnings.append(Warning(code, message))

    @property
    def acknowledged(self) -> list[str]:
        given = (
            self.data.getlist("acknowledged") if hasattr(self.data, "getlist") else self.data.get("acknowledged", [])
        )
        return [w.code for w in self.warnings if w.code in given]

    @property
    def open_warnings(self) -> list[Warning]:
        return [w for w in self.warnings if w.code not in self.acknowledged]

    def may_proceed(self) -> bool:
        return self.is_valid() and not self.open_warnings

    def refuse(self, error: ValidationError) -> None:
        """Show what an action or a constraint said, beside the field it names where this form has it."""
        self.refused_by = error
        messages = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, texts in messages.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)

    def show_unchecked(self) -> None:
        """Show what was typed as it is: nobody has asked to save it."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.shown_when:
            if not self._is_open(name, cleaned):
                cleaned[name] = self.fields[name].empty_value if hasattr(self.fields[name], "empty_value") else None
                self.errors.pop(name, None)
        self._check_order(cleaned)
        return cleaned

    def _check_order(self, cleaned: Mapping[str, Any]) -> None:
        if self.in_order:
            first, last, message = self.in_order
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, message)

    def _is_open(self, name: str, cleaned: Mapping[str, Any]) -> bool:
        other, wanted = self.shown_when[name]
        if other in self.shown_when and not self._is_open(other, cleaned):
            return False
        value = cleaned.get(other)
        given = value if isinstance(value, list) else [value]
        return bool(value) if wanted == ("*",) else any(v in wanted for v in given)


class VersionedForm(LotseForm):
    """Carries the revision it was shown with, so that the second of two who save is told (`refuse_if_changed`)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
