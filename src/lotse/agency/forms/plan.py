from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from lotse.agency.enums import TaskPartnerKind
from lotse.agency.models import Need, Task
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import PICK, RowField
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Person
from lotse.partners.forms.named import PartnerOrName
from lotse.partners.models import Partner

NOT_A_NUMBER = "Bitte eine Zahl wie 12 oder 2,5 angeben."
TOO_LONG = "Bitte höchstens acht Stellen vor und zwei hinter dem Komma."


class MeasuredField(forms.DecimalField):
    """A value of an indicator, typed with comma or point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, max_digits=10, decimal_places=2, min_value=Decimal("-99999999"), **kwargs)
        self.widget.attrs |= {"class": "short", "inputmode": "decimal"}
        self.error_messages["invalid"] = NOT_A_NUMBER
        for checker in self.validators:
            if hasattr(checker, "decimal_places"):
                checker.messages = {**checker.messages, **dict.fromkeys(checker.messages, TOO_LONG)}

    def prepare_value(self, value: Any) -> Any:
        """Without zeros that nobody typed: 12, not 12,00."""
        if isinstance(value, Decimal):
            value = value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
        return super().prepare_value(value)


class RowsField(forms.TypedMultipleChoiceField):
    """Boxes to tick; what is chosen comes out as rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, empty_value=[], **kwargs)

    def offer(self, rows: Mapping[str, Any]) -> None:
        self.choices = [(key, str(row)) for key, row in rows.items()]
        self.coerce = lambda key: rows[key]


class TaskForm(VersionedForm):
    """What is not asked for at once is needed before the plan is handed in; nothing of it is called voluntary."""

    seldom = ("target_groups", "methods", "resources")

    title = forms.CharField(label="An welchem Thema arbeiten Sie?", max_length=160)
    field = forms.ChoiceField(label="Handlungsfeld", choices=[("", PICK), *ActionField.choices])
    needs = RowsField(label="Auf welchen Bedarf antwortet die Aufgabe?", required=False)
    occasion = LongTextField(label="Anlass und Begründung", rows=4, required=False)
    overall_goal = LongTextField(label="Was soll am Ende anders sein?", rows=3, required=False)
    target_groups = forms.CharField(label="Für wen?", max_length=300, required=False)
    methods = LongTextField(label="Wie gehen Sie vor?", rows=3, required=False)
    resources = LongTextField(label="Was brauchen Sie dafür?", rows=2, required=False)
    responsible = RowField(label="Zuständig", required=False)

    def __init__(self, *args: Any, needs: Mapping[str, Need], people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.says_optional = True
        self.fields["responsible"].offer(people, "noch offen")
        if needs:
            self.fields["needs"].offer(needs)
        else:
            del self.fields["needs"]


class GoalForm(VersionedForm):
    """Every field is needed: a goal without them cannot be measured."""

    text = forms.CharField(label="Was wollen Sie erreichen?", max_length=300)
    indicator = forms.CharField(
        label="Woran erkennen Sie es?", max_length=200, help_text="Zum Beispiel: Mütter, die mitarbeiten."
    )
    baseline = MeasuredField(label="Heute")
    target = MeasuredField(label="Ziel")
    unit = forms.CharField(label="Einheit", max_length=40, required=False)
    due_on = DayField(label="Bis wann?")
    method = forms.CharField(label="Wie messen Sie es?", max_length=200, help_text="Zum Beispiel: Listen der Treffen.")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        names = (("text",), ("indicator",), ("baseline", "target"), ("unit", "due_on"), ("method",))
        return [[self[name] for name in line] for line in names]


class StepForm(VersionedForm):
    in_order = ("starts_on", "ends_on", "Das Ende liegt vor dem Beginn.")

    title = forms.CharField(label="Was ist zu tun?", max_length=200)
    starts_on = DayField(label="Von")
    ends_on = DayField(label="Bis")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self["title"]], [self["starts_on"], self["ends_on"]]]


class TaskPartnerForm(PartnerOrName, VersionedForm):
    partner = RowField(label="Aus den Partnern", required=False)
    name = forms.CharField(label="Oder Name", max_length=160, required=False)
    kind = forms.ChoiceField(label="Wer ist das?", choices=TaskPartnerKind.choices)
    agreed_on = DayField(label="Abgestimmt am", past=True, required=False)

    def __init__(
        self, *args: Any, partners: Mapping[str, Partner], kinds: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].offer(partners)
        self.fields["partner"].choices = [("", PICK), *kinds]
        for name in ("partner", "name"):  # one of them is needed
            self.fields[name].says_optional = True


class ContinueForm(LotseForm):
    tasks = RowsField(label="Welche Aufgaben gehen weiter?")

    def __init__(self, *args: Any, tasks: Mapping[str, Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].offer(tasks)


class ChangeForm(LotseForm):
    description = LongTextField(label="Was ändert sich, und warum?", rows=4)
    task = RowField(label="Bei welcher Aufgabe?", required=False)
    consulted_on = DayField(label="Mit der Koordination besprochen am", past=True)

    def __init__(self, *args: Any, tasks: Mapping[str, Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].offer(tasks, "beim ganzen Plan")


class DecideForm(LotseForm):
    fundamental = forms.TypedChoiceField(
        label="Ist die Änderung grundlegend?",
        choices=[
            ("nein", "Nein. Sie steht beim Plan, mehr ist nicht zu tun."),
            ("ja", "Ja. Die Agentur schreibt eine neue Fassung, die Bewilligungsbehörde wird informiert."),
        ],
        coerce=lambda said: said == "ja",
        widget=forms.RadioSelect,
    )


class TellForm(LotseForm):
    on = DayField(label="Informiert am", past=True)
