"""The form of a measure filled: with what was saved, copied, drafted, or is usual."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lotse.agency.actions.measures import Entry
from lotse.agency.forms.measures import GROUP, MeasureForm, Offered
from lotse.agency.models import Measure, Task
from lotse.agency.queries import measures as queries
from lotse.agency.queries.agencies import own_agencies
from lotse.core import drafts
from lotse.core.models import Draft
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.partners.queries.choices import by_kind

DRAFT = "agency.measure"
COPIED = ("title", "kind", "place", "activity", "occasion", "actors", "expected_change")
SAVED = (*COPIED, "on", "until", "participants", "volunteers", "result", "press", "revision")


def form_for(request: HttpRequest, start: Measure | None, *, is_new: bool) -> tuple[MeasureForm, Draft | None]:
    """`start`: what is changed or, for a new one, copied. A draft goes on where it was left."""
    actor, mine = request.actor, own_agencies(request.actor)
    first = _begun(actor, mine) if is_new else {}
    if start:
        first |= _values(start, COPIED if is_new else SAVED)
    draft = None if request.method == "POST" else drafts.load(actor, DRAFT, "" if is_new else start.public_id)
    first |= {
        name: texts if name in MeasureForm.MANY else texts[-1] for name, texts in drafts.typed(draft).items() if texts
    }
    offered = _offered(actor, mine if is_new else [start.agency], start, is_new=is_new)
    return MeasureForm(request.POST or None, request.FILES or None, actor=actor, initial=first, offered=offered), draft


def _begun(actor: Actor, mine: list[Organisation]) -> dict[str, Any]:
    return {"on": timezone.localdate(), "kind": queries.last_kind(actor, mine)}


def _values(measure: Measure, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(measure, name) for name in names}
    rows = {"agency": measure.agency, "task": measure.task, "space": measure.space}
    values |= {name: row.public_id if row else "" for name, row in rows.items()}
    values["partners"] = [partner.public_id for partner in measure.partners.all()]
    counted = measure.group_counts.all() if "participants" in names else []
    return values | {f"{GROUP}{count.group}": count.number for count in counted}


def _offered(actor: Actor, mine: list[Organisation], start: Measure | None, *, is_new: bool) -> Offered:
    today = timezone.localdate()
    years = {today.year - 1, today.year, today.year + 1, *([start.funding_year] if start else [])}
    chosen = list(start.partners.all()) if start else []
    usual = {p.public_id: p for p in [*chosen, *queries.usual_partners(actor, mine)]}
    partners = queries.partners_for(actor, today)
    return Offered(
        agencies={agency.public_id: agency for agency in mine},
        tasks=_grouped(list(queries.tasks_for(actor, mine, sorted(years))), len(mine) > 1),
        places=queries.last_places(actor, mine),
        spaces=queries.spaces_for(actor, mine, today, kept=None if is_new else start.space),
        usual=usual,
        partners=by_kind(actor, [partner for key, partner in partners.items() if key not in usual]),
    )


def _grouped(tasks: list[Task], with_agency: bool) -> list[tuple[str, Any]]:
    """Under their plans, this year's first."""
    this_year = timezone.localdate().year

    def plan(task: Task) -> tuple[bool, int, str]:
        document = task.document
        label = f"{document.agency}, {document.years}" if with_agency else f"Planung {document.years}"
        return not document.funding_year <= this_year <= document.until_year, -document.funding_year, label

    groups = groupby(sorted(tasks, key=plan), key=plan)
    return [(label, [(task.public_id, task.title) for task in rows]) for (_is_other, _year, label), rows in groups]


def entry_of(actor: Actor, form: MeasureForm) -> Entry:
    """The form's words as rows; what is not hers was refused as no choice."""
    cleaned = form.cleaned_data
    rows = {
        "task": queries.get_task(actor, cleaned["task"]) if cleaned["task"] else None,
        "space": form.offered.spaces.get(cleaned.get("space", "")),
    }
    known = {**queries.partners_for(actor, timezone.localdate()), **form.offered.usual}
    partners = [known[key] for key in form.chosen_partners()]
    return Entry({**form.plain_values(), **rows}, form.groups(), partners, form.acknowledged)
