"""Who acts, as one frozen value: computed once per request, passed to every query and action."""

from dataclasses import dataclass, field

from lotse.organisations.enums import Permission


@dataclass(frozen=True)
class Actor:
    """A person at work today. Grants name where a permission holds: ids of sites, and ids of whole organisations.

    `file_holder_ids`: persons whose client files are open to her: herself, and those she stands in for today.
    `reviewed_site_ids`: sites whose files a technical lead reviews.
    `counted_organisation_ids`: organisations whose work she may count, never read.
    """

    person_id: int
    ref: str
    label: str
    organisation_id: int
    user_id: int | None = None
    permissions: frozenset[Permission] = frozenset()
    role_keys: frozenset[str] = frozenset()
    site_ids: frozenset[int] = frozenset()
    file_holder_ids: frozenset[int] = frozenset()
    reviewed_site_ids: frozenset[int] = frozenset()
    counted_organisation_ids: frozenset[int] = field(default_factory=frozenset)
    managed_organisation_ids: frozenset[int] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


@dataclass(frozen=True)
class SystemActor:
    """The house itself, with the reason why it acts (retention run, worker, demo)."""

    reason: str
    organisation_id: int | None = None
    ref: str = ""
    public_id: str = ""  # so that the log can name the house itself as what was acted on

    @property
    def label(self) -> str:
        return f"System ({self.reason})"
