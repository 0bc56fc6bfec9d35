"""The random part of an invitation link; the database knows only its hash."""

import secrets
from hashlib import sha256


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
