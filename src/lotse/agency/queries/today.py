"""What the agencies want of somebody today: documents that came back to her, what waits for her release,
and what else there is to do (queries/duties.py)."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from lotse.agency import rules
from lotse.agency.enums import DocumentState
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.addresses import document_url
from lotse.agency.queries.duties import duties
from lotse.agency.queries.papers import documents
from lotse.core.work import WorkItem
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches

SINGLY = 2  # more of a kind and year stand in one line


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    """Two statements however much there is, and none for who has nothing to do with agencies."""
    if not rules.enters(actor):
        return []
    back = Q(in_branches(actor.agency_paths, "agency"), state=DocumentState.RETURNED)
    ready = Q(in_branches(actor.released_paths, "agency"), state=DocumentState.READY)
    rows = documents(actor).filter(back | ready & ~Q(responsible_id=actor.person_id))
    ordered = list(rows.order_by("state", "kind", "-funding_year", "agency__name", "id"))
    groups = groupby(ordered, key=lambda one: (one.state, one.kind, one.funding_year))
    return [*(item for _key, found in groups for item in _lines(list(found))), *duties(actor, today)]


def _lines(found: list[AgencyDocument]) -> Iterable[WorkItem]:
    if found[0].state == DocumentState.RETURNED:
        return [WorkItem(str(one), document_url(one), one.agency.name, "zurückgegeben", "bad") for one in found]
    if len(found) > SINGLY:
        return [_pile(found)]
    waits = ("wartet auf Freigabe", "warn")
    return [WorkItem(str(one), f"{document_url(one)}?reihe=1", one.agency.name, *waits) for one in found]


def _pile(found: list[AgencyDocument]) -> WorkItem:
    first = found[0]
    query = urlencode({"jahr": first.funding_year, "stand": "wartet", "art": first.kind})
    title = f"{len(found)} × {first}"
    return WorkItem(
        title, f"{reverse('agency:standing')}?{query}", "Integrationsagenturen", "wartet auf Freigabe", "warn"
    )
