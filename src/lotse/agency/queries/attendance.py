"""Open lists to sign, for who writes them and for who signs."""

from datetime import date

from django.db.models import QuerySet

from lotse.agency.models import SignedName, SignInSheet
from lotse.core.finding import found
from lotse.correspondence.links import LinkInvalid, open_link
from lotse.organisations.actor import Actor

PURPOSE = "sign_in"


def left_open(actor: Actor, today: date) -> QuerySet[SignInSheet]:
    """Of a day that is over, and nobody has made the paper of it."""
    return SignInSheet.objects.worked_on_by(actor).filter(closed_at=None, on__lt=today)


def get_sheet(actor: Actor, sheet_id: str) -> SignInSheet:
    rows = SignInSheet.objects.worked_on_by(actor).filter(closed_at=None)
    return found(rows.select_related("measure__agency", "measure__organisation"), sheet_id)


def get_sign_in(actor: Actor, sheet_id: str, entry_id: str) -> SignedName:
    rows = (
        SignedName.objects.worked_on_by(actor)
        .filter(sheet__public_id=sheet_id)
        .select_related("sheet__measure__agency")
    )
    return found(rows, entry_id)


def sheet_behind(token: str) -> SignInSheet:
    """Raises `LinkInvalid` for anything that is not an open list."""
    link = open_link(token, purpose=PURPOSE)
    rows = SignInSheet.objects.filter(public_id=link.object_ref, closed_at=None).select_related("measure__agency")
    sheet = rows.first()
    if sheet is None:
        raise LinkInvalid
    return sheet
