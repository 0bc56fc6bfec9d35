"""An audit planned, prepared, held: who, what, when, and what was found."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation, Person
from lotse.quality.enums_audits import AuditKind, CheckResult, FindingGrade
from lotse.quality.forms.frameworks import house_field
from lotse.quality.models import Area, Audit, CheckItem, Criterion

EXTERNAL = tuple(kind for kind in AuditKind if kind != AuditKind.INTERNAL)
Chapters = Mapping[str, tuple[str, list[Area]]]
ALL = "Nichts angekreuzt heißt: der ganze Katalog."


def optional(field: forms.Field) -> forms.Field:
    field.says_optional = True  # type: ignore[attr-defined]
    return field


class AuditForm(VersionedForm):
    """`chapters`: of the chosen catalogue; without one there is no scope. `houses`: asked only where there is no catalogue."""

    title = forms.CharField(label="Titel", max_length=160)
    kind = forms.ChoiceField(label="Art", choices=AuditKind.choices, widget=forms.RadioSelect)
    auditor_name = forms.CharField(label="Prüfende Person", max_length=160, required=False)
    auditor_body = forms.CharField(label="Prüfende Stelle", max_length=160, required=False)
    planned_on = DayField(label="Geplant für")
    shown_when = {
        "auditor": ("kind", (AuditKind.INTERNAL,)), "auditor_name": ("kind", EXTERNAL), "auditor_body": ("kind", EXTERNAL),
    }  # fmt: skip
    field_order = ("organisation", "title", "kind", "auditor", "auditor_body", "auditor_name", "planned_on", "chapters")

    def __init__(
        self, *args: Any, people: Mapping[str, Person], chapters: Chapters, houses: Mapping[str, Organisation] | None = None,
        audit: Audit | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_first(audit, people, chapters), **kwargs)
        self.chapters = chapters
        if houses is not None:
            self.fields["organisation"] = house_field(self, houses)
        self._offer_people(people)
        if chapters:
            listed = [(number, title) for number, (title, _areas) in chapters.items()]
            self.fields["chapters"] = forms.MultipleChoiceField(
                label="Umfang", choices=listed, widget=forms.CheckboxSelectMultiple, required=False, help_text=ALL
            )
            self.dress(self.fields["chapters"])
        self.order_fields(self.field_order)

    def _offer_people(self, people: Mapping[str, Person]) -> None:
        field = RowField(
            label="Auditor*in", required=False, help_text="Jemand, der die Kriterien nicht selbst bewertet hat."
        )
        field.offer(people)
        self.dress(field)
        self.fields["auditor"] = optional(field)

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("title", "kind", "planned_on", "auditor")}
        words = {name: self.cleaned_data[name] or "" for name in ("auditor_name", "auditor_body")}
        chosen = self.cleaned_data.get("chapters") or []
        return {**given, **words, "areas": [area for number in chosen for area in self.chapters[number][1]]}


def _first(audit: Audit | None, people: Mapping[str, Person], chapters: Chapters) -> dict[str, Any]:
    if audit is None:
        return {"kind": AuditKind.INTERNAL}
    first = {
        name: getattr(audit, name)
        for name in ("title", "kind", "planned_on", "auditor_name", "auditor_body", "revision")
    }
    areas = set(audit.areas.values_list("pk", flat=True))
    ticked = [number for number, (_title, some) in chapters.items() if areas.intersection(area.pk for area in some)]
    who = next((key for key, one in people.items() if one == audit.auditor), "")
    return {**first, "auditor": who, "chapters": ticked}


class PointForm(VersionedForm):
    text = forms.CharField(label="Was ist zu tun?", max_length=300)
    due_on = DayField(label="Bis")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RowField(label="Zuständig", required=False)
        field.offer(people, "– noch offen –")
        self.dress(field)
        self.fields["owner"] = field
        self.order_fields(("text", "owner", "due_on"))


class DrawForm(LotseForm):
    wanted = forms.IntegerField(
        label="Wie viele Kriterien?", min_value=1, max_value=500, required=False, help_text="Leer: alle im Umfang."
    )
    seed = forms.CharField(
        label="Startwert", max_length=40, required=False,
        help_text="Nur, um eine frühere Stichprobe noch einmal zu ziehen.",
    )  # fmt: skip
    seldom = ("seed",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].widget.attrs["class"] += " short"


class CheckForm(VersionedForm):
    """`known`: whether there is a finding already, so that none has to be described."""

    result = forms.ChoiceField(label="Ergebnis", choices=CheckResult.choices, widget=forms.RadioSelect)
    observation = LongTextField(
        label="Beobachtung",
        required=False,
        max_length=4000,
        help_text="Was Sie gesehen und gehört haben. Ohne Namen von Klient*innen.",
    )
    grade = forms.ChoiceField(
        label="Einstufung", choices=[("", "– bitte wählen –"), *FindingGrade.choices], required=False
    )
    finding = LongTextField(label="Feststellung", required=False, max_length=4000)
    question = forms.CharField(label="Frage", max_length=300, required=False)
    shown_when = {"grade": ("result", (CheckResult.FINDING,)), "finding": ("result", (CheckResult.FINDING,))}
    seldom = ("question",)

    def __init__(self, *args: Any, check: CheckItem, known: bool, **kwargs: Any) -> None:
        first = {name: getattr(check, name) for name in ("result", "observation", "question", "revision")}
        super().__init__(*args, initial=first, **kwargs)
        if known:
            self.fields["grade"].label, self.fields["finding"].label = "Einstufung der weiteren", "Weitere Feststellung"
        else:
            optional(self.fields["grade"])
            optional(self.fields["finding"])

    def says_something_seldom(self) -> bool:
        """The question is there from the beginning; it opens only where something is wrong with it."""
        return any(bound.errors for bound in self.seldom_fields())

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "grade": given.get("grade") or "", "finding": given.get("finding") or ""}


class FindingForm(VersionedForm):
    grade = forms.ChoiceField(label="Einstufung", choices=FindingGrade.choices, widget=forms.RadioSelect)
    text = LongTextField(label="Feststellung", max_length=4000)

    def __init__(self, *args: Any, criteria: Mapping[str, Criterion] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if criteria:
            field = RowField(label="Kriterium", required=False)
            field.offer(criteria, "– keines –")
            self.dress(field)
            self.fields["criterion"] = field
            self.order_fields(("criterion", "grade", "text"))


class HoldForm(VersionedForm):
    held_on = DayField(label="Durchgeführt am", past=True)
    answer_due_on = DayField(label="Stellungnahme bis")
    report = LongTextField(
        label="Bericht", required=False, rows=8, help_text="Zusammenfassung, wie sie im Bericht stehen soll."
    )


class AnswerForm(VersionedForm):
    statement = LongTextField(label="Stellungnahme", max_length=4000, help_text="Ursache und was Sie vorhaben.")


class FollowUpForm(LotseForm):
    title = forms.CharField(label="Titel", max_length=160)
    plan = LongTextField(label="Was soll geschehen?", max_length=4000)
    due_on = DayField(label="Bis")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RowField(label="Wer macht es?")
        field.offer(people)
        self.dress(field)
        self.fields["owner"] = field
        self.order_fields(("title", "plan", "owner", "due_on"))
