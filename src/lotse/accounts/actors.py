"""Who acts on accounts. The floor above knows people and roles; it hands down these values."""

from dataclasses import dataclass

from lotse.accounts.models import Invitation, User


@dataclass(frozen=True)
class Administrator:
    """Whoever administers accounts today, of which organisations and which logins. May invite, lock and ask; no more."""

    ref: str
    label: str
    organisation_id: int
    user_id: int
    organisation_ids: frozenset[int]
    account_ids: frozenset[int]


@dataclass(frozen=True)
class Confirmer:
    """Whoever may be the second person when a factor is reset, and for which logins."""

    ref: str
    label: str
    organisation_id: int
    user_id: int
    account_ids: frozenset[int]


@dataclass(frozen=True)
class Oneself:
    """The owner of an account, acting on her own account."""

    user: User
    organisation_id: int | None = None

    @property
    def ref(self) -> str:
        return self.user.public_id

    @property
    def label(self) -> str:
        return str(self.user)


@dataclass(frozen=True)
class Invited:
    """Somebody who holds a valid invitation and no account yet."""

    invitation: Invitation
    ref: str = ""

    @property
    def label(self) -> str:
        return self.invitation.name

    @property
    def organisation_id(self) -> int:
        return self.invitation.organisation_id
