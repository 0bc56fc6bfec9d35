"""Two funding phases of the district's agencies with their deadlines in every colour, and a rule that changes next year."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.actions import obligations as acts
from lotse.programmes.actions.due import make_deadlines_ahead
from lotse.programmes.actions.grants import begin_grant
from lotse.programmes.actions.rules import change_rule
from lotse.programmes.models import Grant, Obligation

STEPS = (acts.hand_in_obligation, acts.check_obligation, acts.send_obligation, acts.accept_obligation)
# How far what fell due last, or falls due next, has come: one after the other.
RETURNED = (acts.hand_in_obligation, partial(acts.return_obligation, note="Bitte Anlage 2 ergänzen."))
RECENT = (STEPS[:3], (), STEPS[:2], STEPS[:1], STEPS[:3], RETURNED)
SOON = ((), STEPS[:1], (), (), STEPS[:2])


def tell(stage: Stage) -> None:
    first = stage.today.year - stage.today.year % 2
    _begin(stage, first - 2, "36.1-IA-0815", date(first - 1, 1, 1))
    running = _begin(stage, first, "36.1-IA-1234", date(first, 1, 1))
    make_deadlines_ahead()
    _live(stage)
    _warn_earlier(stage, running)


def _begin(stage: Stage, year: int, reference: str, rules_from: date) -> Grant:
    root = stage.district.organisation
    agencies = Organisation.objects.filter(kind=Kind.AGENCY, path__startswith=root.path).order_by("pk")
    return begin_grant(
        by=stage.district.lead.actor, organisation=root, programme=stage.programmes["ia"], rules_from=rules_from,
        name=f"Integrationsagenturen {year}/{(year + 1) % 100:02}", first_year=year, last_year=year + 1,
        reference=reference, agencies=list(agencies),
        funder=office("Landesministerium Beispielrhein", Kind.MINISTRY),
        authority=office("Bezirksregierung Musterberg", Kind.GRANTING_AUTHORITY),
    )  # fmt: skip


def office(name: str, kind: Kind) -> Organisation:
    return Organisation.objects.filter(name=name, kind=kind).first() or _founded(name, kind)


def _founded(name: str, kind: Kind) -> Organisation:
    made = Organisation.objects.create(name=name, kind=kind)
    made.path = f"/{made.pk}/"
    made.save()
    return made


def _live(stage: Stage) -> None:
    """What is long over is accepted, now and then after its day; the last day and the next show every stand."""
    hers = tuple(Player.known_as("fachkraft").actor.agency_paths)
    rows = Obligation.objects.select_related("bearer").order_by("internal_due", "pk")
    days = set(rows.values_list("internal_due", flat=True))
    last, coming = max(d for d in days if d < stage.today), min(d for d in days if d >= stage.today)
    for number, row in enumerate(rows.filter(internal_due__lte=coming)):
        if row.internal_due < last:
            is_late = number % 9 == 4
            _walk(stage, row, STEPS, row.internal_due + timedelta(days=3 if is_late else -(number % 6)))
        elif not row.bearer.path.startswith(hers):
            done = SOON if row.internal_due == coming else RECENT
            _walk(stage, row, done[number % len(done)], min(row.internal_due, stage.today) - timedelta(days=number % 4))


def _walk(stage: Stage, row: Obligation, steps: Iterable[Callable[..., Any]], handed_in: date) -> None:
    """Inside and outside on their days; where the authority gets nothing, it ends with the check."""
    sent = row.external_due or handed_in
    days = (handed_in, handed_in + timedelta(days=5), sent, sent)
    for step, day in zip(steps, days if row.external_due else days[:2], strict=False):
        step(by=stage.district.lead.actor, obligation=row, on=min(day, stage.today))


def _warn_earlier(stage: Stage, running: Grant) -> None:
    """Without any time between the two days, the house wants to hear of it a month before."""
    rule = running.deadline_rules.get(document="task_plan")
    change_rule(
        by=stage.district.lead.actor, rule=rule, valid_from=date(stage.today.year + 1, 1, 1), warn_month=10, warn_day=15
    )
