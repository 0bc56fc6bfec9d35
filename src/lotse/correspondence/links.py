"""Signed links: open one thing for one purpose, for a while, without a login. Revocable, because each has a row.

Put the token into the query string (`?t=…`): query strings stay out of the access log.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from django.core import signing
from django.utils import timezone

from lotse.auditlog.door import Recordable
from lotse.correspondence.models import SignedLink


class LinkInvalid(Exception):
    """Wrong, expired or revoked: the message is the same, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__("Dieser Link ist nicht mehr gültig. Bitte fordern Sie einen neuen an.")


def make_link(*, purpose: str, obj: Recordable, organisation_id: int, valid_for: timedelta) -> tuple[SignedLink, str]:
    """Inside an action. The row, and the token, which is shown once and stored nowhere."""
    nonce = secrets.token_urlsafe(24)
    link = SignedLink.objects.create(
        organisation_id=organisation_id,
        purpose=purpose,
        object_ref=obj.public_id,
        nonce_hash=_hash(nonce),
        valid_until=timezone.now() + valid_for,
    )
    return link, signing.dumps([link.public_id, nonce], salt=_salt(purpose))


def open_link(token: str, *, purpose: str) -> SignedLink:
    """The link behind the token; `LinkInvalid` for anything that is not right. Writes nothing."""
    link, nonce = _read(token, purpose)
    if not secrets.compare_digest(link.nonce_hash, _hash(nonce)) or link.purpose != purpose or not link.is_open:
        raise LinkInvalid
    return link


def revoke_links(*, purpose: str, obj: Recordable) -> int:
    """Inside an action: every open link of this purpose to this object."""
    links = SignedLink.objects.filter(purpose=purpose, object_ref=obj.public_id, revoked_at=None)
    return links.update(revoked_at=timezone.now())


def forget(object_refs: Collection[str]) -> int:
    """Inside an action: every link to things that are erased, whatever its purpose."""
    return SignedLink.objects.filter(object_ref__in=object_refs).delete()[0]


def _read(token: str, purpose: str) -> tuple[SignedLink, str]:
    try:
        public_id, nonce = signing.loads(token, salt=_salt(purpose))
        return SignedLink.objects.get(public_id=public_id), nonce
    except (signing.BadSignature, SignedLink.DoesNotExist):
        raise LinkInvalid from None


def _salt(purpose: str) -> str:
    return f"lotse.link.{purpose}"


def _hash(nonce: str) -> str:
    return sha256(nonce.encode()).hexdigest()
