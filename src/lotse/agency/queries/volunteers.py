"""Volunteers and material: for who works in the agency, because names stand there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, Sum

from lotse.agency.models import Deployment, Loan, Material, Measure, Volunteer
from lotse.core.finding import found
from lotse.core.search import fold
from lotse.organisations.actor import Actor

RECENT = 30


def _volunteers(actor: Actor) -> QuerySet[Volunteer]:
    return Volunteer.objects.worked_on_by(actor).select_related("agency")


def volunteers(actor: Actor, year: int, *, former: bool = False) -> list[Volunteer]:
    """By name, each with the `minutes` of the year; whoever was forgotten is not among them."""
    given = Sum("deployments__minutes", filter=Q(deployments__on__year=year))
    rows = _volunteers(actor).filter(ended_on__isnull=not former).annotate(minutes=given)
    return sorted((row for row in rows if row.name), key=lambda row: fold(row.name))


def get_volunteer(actor: Actor, volunteer_id: str) -> Volunteer:
    return found(_volunteers(actor), volunteer_id)


def deployments_of(volunteer: Volunteer) -> list[Deployment]:
    return list(volunteer.deployments.select_related("measure"))


def get_deployment(actor: Actor, deployment_id: str) -> Deployment:
    rows = Deployment.objects.worked_on_by(actor).select_related("volunteer__agency")
    return found(rows, deployment_id)


def recent_measures(actor: Actor, kept: Iterable[Measure] = ()) -> dict[str, Measure]:
    """To say at which one somebody helped."""
    rows = Measure.objects.worked_on_by(actor)[:RECENT]
    return {measure.public_id: measure for measure in [*kept, *rows]}


@dataclass(frozen=True)
class Lendable:
    material: Material
    loan: Loan | None
    is_overdue: bool


def materials(actor: Actor, today: date) -> list[Lendable]:
    """What is overdue first, then what is out, then what is there."""
    rows = [_with_loan(material, today) for material in _materials(actor).filter(ended_on=None)]
    return sorted(rows, key=lambda row: (not row.is_overdue, row.loan is None, fold(row.material.name)))


def overdue_loans(actor: Actor, today: date) -> QuerySet[Loan]:
    return Loan.objects.worked_on_by(actor).filter(back_on=None, due_on__lt=today)


def overdue(actor: Actor, today: date) -> int:
    return overdue_loans(actor, today).count()


def get_material(actor: Actor, material_id: str, today: date) -> Lendable:
    return _with_loan(found(_materials(actor), material_id), today)


def _materials(actor: Actor) -> QuerySet[Material]:
    out = Prefetch("loans", Loan.objects.filter(back_on=None), to_attr="out")
    return Material.objects.worked_on_by(actor).select_related("agency").prefetch_related(out)


def _with_loan(material: Material, today: date) -> Lendable:
    loan = next(iter(material.out), None)  # type: ignore[attr-defined]
    return Lendable(material, loan, loan is not None and loan.due_on < today)
