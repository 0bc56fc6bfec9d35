"""Agreements of a file, and what of them is to be talked about again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, F, QuerySet, Value

from lotse.casework.models import Agreement, Client
from lotse.core.finding import found
from lotse.organisations.actor import Actor

LISTED = ("public_id", "organisation", "client", "kind", "version", "agreed_on", "review_on", "ended_on", "end_reason")


def agreements_of(client: Client) -> list[Agreement]:
    return list(client.agreements.only(*LISTED).prefetch_related("partners"))


def get_agreement(actor: Actor, client: Client, public_id: str) -> Agreement:
    rows = Agreement.objects.visible_to(actor).filter(client=client).select_related("client", "scan", "replaced_by")
    return found(rows.prefetch_related("partners", "reviews"), public_id)


@dataclass(frozen=True)
class ToAsk:
    """A question to be put again: `what` is "agreement" or "move"."""

    what: str
    on: date
    client_ref: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def my_questions(actor: Actor, today: date) -> list[ToAsk]:
    """In my own files: agreements to be reviewed within a week, and moves after which nobody has said who is responsible
    (CL-25). One statement for both."""
    mine = Client.objects.filter(responsible_id__in=actor.file_holder_ids, restricted_on=None)
    moved = _lines(mine.filter(organisation_id=actor.organisation_id, moved_on__isnull=False), "move", "moved_on")
    due = Agreement.objects.filter(
        organisation_id=actor.organisation_id,
        client__responsible_id__in=actor.file_holder_ids,
        client__restricted_on=None,
    ).filter(ended_on=None, review_on__lte=today + timedelta(days=7))
    reviews = _lines(due, "agreement", "review_on", "client__")
    return [ToAsk(*row) for row in moved.order_by().union(reviews.order_by(), all=True).order_by("day", "ref")[:20]]


def _lines(rows: QuerySet, what: str, day: str, path: str = "") -> QuerySet:
    named = {"first": F(f"{path}first_name"), "last": F(f"{path}last_name"), "ref": F(f"{path}public_id")}
    lines = rows.annotate(what=Value(what, output_field=CharField()), day=F(day), **named)
    return lines.values_list("what", "day", "ref", "first", "last")
