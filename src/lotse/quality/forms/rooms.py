"""What assessors and board write in their rooms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.quality.enums import Outcome, Vote
from lotse.quality.models import (
    AuditReport,
    BoardVote,
    FeedbackRemark,
    FeedbackReport,
    InterviewNote,
    OnSiteCheck,
    Visit,
)


def _stand(row: Any, *names: str) -> dict[str, Any]:
    """What a form begins with. Where there is no row yet, the second of two who begin one is told as well."""
    return {name: getattr(row, name) for name in (*names, "revision")} if row else {"revision": 0}


class JaNeinField(forms.TypedChoiceField):
    """Has to be said, one way or the other."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("ja", "ja"), ("nein", "nein")]
        super().__init__(choices=choices, coerce=lambda text: text == "ja", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nein"}.get(value, value)


class RemarkForm(VersionedForm):
    text = LongTextField(
        label="Rückmeldung", required=False, max_length=4000, help_text="Leer heißt: keine Rückmeldung."
    )
    needs_rework = forms.BooleanField(label="Muss nachgearbeitet werden", required=False)

    def __init__(self, *args: Any, remark: FeedbackRemark | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(remark, "text", "needs_rework"), **kwargs)
        self.fields["needs_rework"].says_optional = True  # type: ignore[attr-defined]


class SummaryForm(VersionedForm):
    summary = LongTextField(label="Zusammenfassung", max_length=8000)

    def __init__(self, *args: Any, report: FeedbackReport | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(report, "summary"), **kwargs)


class VisitForm(VersionedForm):
    on = DayField(label="Tag des Besuchs")

    def __init__(self, *args: Any, visit: Visit | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(visit, "on"), **kwargs)


class DoneForm(LotseForm):
    on = DayField(label="Abgeschlossen am")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)


class NoteForm(VersionedForm):
    function = forms.CharField(label="Gespräch mit", max_length=120, help_text="Die Funktion, kein Name.")
    text = LongTextField(label="Notiz", max_length=8000)

    def __init__(self, *args: Any, note: InterviewNote | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(note, "function", "text"), **kwargs)


class PaperForm(LotseForm):
    title = forms.CharField(label="Dokument", max_length=200)


class CheckForm(VersionedForm):
    was_seen = JaNeinField(label="Vor Ort gesehen")
    remark = LongTextField(label="Anmerkung", required=False, max_length=2000)

    def __init__(self, *args: Any, check: OnSiteCheck, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(check, "was_seen", "remark"), **kwargs)


class ReportForm(VersionedForm):
    text = LongTextField(label="Bericht", max_length=40000)
    recommendation = forms.ChoiceField(
        label="Empfehlung an den Beirat", choices=Outcome.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, report: AuditReport | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stand(report, "text", "recommendation"), **kwargs)


class VoteForm(LotseForm):
    vote = forms.ChoiceField(label="Das Zertifikat wird vergeben", choices=Vote.choices, widget=forms.RadioSelect)
    reason = LongTextField(label="Begründung", required=False, max_length=2000)

    def __init__(self, *args: Any, vote: BoardVote | None, **kwargs: Any) -> None:
        first = {"vote": vote.vote, "reason": vote.reason} if vote else {}
        super().__init__(*args, initial=first, **kwargs)


class DecisionForm(LotseForm):
    shown_when = dict.fromkeys(("conditions", "conditions_due_on"), ("outcome", (Outcome.CONDITIONS,)))

    outcome = forms.ChoiceField(label="Entscheidung", widget=forms.RadioSelect)
    on = DayField(label="Entschieden am")
    conditions = LongTextField(label="Auflagen", required=False, max_length=4000)
    conditions_due_on = DayField(label="Zu erfüllen bis", required=False)
    reason = LongTextField(
        label="Begründung",
        required=False,
        max_length=4000,
        help_text="Nötig, wenn gleich viele dafür und dagegen waren.",
    )

    def __init__(self, *args: Any, outcomes: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["outcome"].choices = [(one, Outcome(one).label) for one in outcomes]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        words = {name: self.cleaned_data.get(name) or "" for name in ("conditions", "reason")}
        return {**self.cleaned_data, **words}


class RevocationForm(LotseForm):
    on = DayField(label="Entzogen am")
    reason = LongTextField(label="Grund", max_length=4000)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)


class ConditionsForm(LotseForm):
    are_met = JaNeinField(label="Auflagen erfüllt")
    on = DayField(label="Festgestellt am")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
