"""A form of the file that somebody else may be filling in too: what is saved now, what was typed, and both side by side."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from lotse.auditlog.queries import history
from lotse.auditlog.sentences import sentence
from lotse.casework.actions.file import Outdated
from lotse.casework.models import Client
from lotse.core import drafts, versions
from lotse.core.forms import LotseForm
from lotse.core.models import Draft
from lotse.core.versions import Conflict
from lotse.organisations.actor import Actor

LIST_FIELDS = {"agg", "other", "topics", "services", "environment", "acts", "special_skills", "disability_marks"}
SAVED, DRAFT = "saved", "draft"
ELSEWHERE = "Inzwischen wurde gespeichert. Ihre Eingabe ist noch da."
OTHER_WINDOW = "Dieses Formular ist noch in einem anderen Fenster offen. Beide Eingaben sind noch da."


@dataclass
class Sheet:
    """`read` gives the saved values of the form with their `revision`; `key` names the draft, empty for none."""

    actor: Actor
    client: Client
    read: Callable[[], dict[str, Any]]
    key: str = ""
    is_sent: bool = False
    saved: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def draft(self) -> Draft | None:
        return drafts.load(self.actor, self.key, self.client.public_id) if self.key else None

    @property
    def initial(self) -> dict[str, Any]:
        """Where the form begins; what is sent says itself what was typed."""
        return self.saved if self.is_sent else self._last_seen

    @property
    def _last_seen(self) -> dict[str, Any]:
        return {**self.saved, **_flat(self.draft)}

    def settle(self, form: LotseForm) -> None:
        """Where both versions were shown, each field takes the one that was chosen."""
        if source := form.data.get(versions.SOURCE):
            versions.take(form, self._last_seen if source == DRAFT else self.saved)

    def clash(self, form: LotseForm) -> Conflict | None:
        """Both versions, when an action has refused what was typed on an older one."""
        if not isinstance(form.refused_by, Outdated):
            return None
        self.saved = self.read()
        form.show_unchecked()
        return self._against_saved(form, dict(form.data.lists()))

    def other_window(self, form: LotseForm) -> Conflict:
        form.show_unchecked()
        rows = versions.differences(form, dict(form.data.lists()), self._last_seen)
        return Conflict(DRAFT, OTHER_WINDOW, "Anderes Fenster", rows)

    def stale_draft(self, form: LotseForm) -> Conflict | None:
        """A draft begun on a version that is no longer the saved one."""
        drafted = _flat(self.draft).get("revision")
        now = self.saved.get("revision")
        if drafted is None or str(drafted) == str(now):
            return None
        form.initial["revision"] = now
        found = self._against_saved(form, versions.posted(form, self._last_seen))
        return found if found.rows else None

    def _against_saved(self, form: LotseForm, mine: dict[str, list[str]]) -> Conflict:
        if form.is_bound:
            form.data = form.data.copy()
            form.data["revision"] = str(self.saved.get("revision") or "")
        rows = versions.differences(form, mine, self.saved)
        last = history(self.client.public_id, reads=False).first()
        return Conflict(SAVED, ELSEWHERE, "Gespeichert", rows, sentence(last) if last else "")


def open_sheet(request: HttpRequest, client: Client, read: Callable[[], dict[str, Any]], key: str = "") -> Sheet:
    return Sheet(request.actor, client, read, key, request.method == "POST", read())


def _flat(draft: Draft | None) -> dict[str, Any]:
    typed = drafts.typed(draft)
    return {name: texts if name in LIST_FIELDS else texts[-1] for name, texts in typed.items() if texts}
