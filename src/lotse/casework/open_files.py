"""Which counted rows the actor may also read."""

from django.db import connection
from django.db.models import Q

from lotse.casework.models import Client, Enquiry
from lotse.casework.models.scope import left_file, open_file
from lotse.organisations.actor import Actor


def in_open_file(actor: Actor, *, client: str = "client") -> Q:
    """What belongs to a client is read by whoever may open her file (casework/models/scope.py).

    What is left of an erased file counts for whom it counted before, so that figures of past years stay (DS-07). A few
    files are looked up first; of many PostgreSQL had rather ask each row, SQLite not.
    """
    if actor.reviewed_site_ids and connection.vendor == "postgresql":
        return open_file(actor, client) | left_file(actor, client)
    seen = Client.objects.visible_to(actor).order_by().values("pk")
    left = Client.objects.left_behind(actor).order_by().values("pk")
    return Q(**{f"{client}__in": seen.union(left)})


def own_enquiry(actor: Actor, *, enquiry: str = "pk") -> Q:
    return Q(**{f"{enquiry}__in": Enquiry.objects.visible_to(actor).order_by().values("pk")})
