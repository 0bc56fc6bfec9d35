"""Who acts, as one frozen value: computed once per request, passed to every query and action."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation


@dataclass(frozen=True)
class Actor:
    """A person at work today. Grants name where a permission holds: ids of sites, and paths of whole organisations.

    `file_holder_ids`: persons whose client files are open to her: herself, and those she stands in for today.
    `reviewed_site_ids`: sites whose files a technical lead reviews.
    `counted_paths`: branches of the tree whose work she may count, never read.
    `agency_paths`, `overseen_paths`, `released_paths`: branches whose agencies she works in, reads, releases documents of.
    `funded_paths`: branches whose grants, payments and entries she keeps.
    `quality_paths`, `quality_read_paths`: branches whose quality she keeps, and whose state of it she sees.
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
    counted_paths: frozenset[str] = frozenset()
    managed_paths: frozenset[str] = frozenset()
    agency_paths: frozenset[str] = frozenset()
    overseen_paths: frozenset[str] = frozenset()
    released_paths: frozenset[str] = frozenset()
    funded_paths: frozenset[str] = frozenset()
    quality_paths: frozenset[str] = frozenset()
    quality_read_paths: frozenset[str] = frozenset()
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def but(self, **other: Any) -> "Actor":
        """The same actor, but for what is `other`. A request holds its actor lazily, and `replace` refuses what is lazy."""
        return replace(self, **other)

    @property
    def standing(self) -> "Actor":
        """Her roles and branches, without who she is and which sites and files are hers: the same for many."""
        nothing: dict[str, Any] = dict.fromkeys(("site_ids", "file_holder_ids", "reviewed_site_ids"), frozenset())
        return replace(self, person_id=0, ref="", label="", user_id=None, **nothing)

    def know(self, what: str, find: Callable[[], Any]) -> Any:
        """What an upper floor must know of the actor, asked once per actor; an actor lives for one request."""
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]

    def known(self, what: str) -> Any:
        """What has been asked before, else None."""
        return self._known.get(what)

    @cached_property
    def counted_organisation_ids(self) -> frozenset[int]:
        return _organisations_below(self.counted_paths)

    @cached_property
    def managed_organisation_ids(self) -> frozenset[int]:
        return _organisations_below(self.managed_paths)


def _organisations_below(paths: frozenset[str]) -> frozenset[int]:
    """The organisations at these paths and everything below them."""
    if not paths:
        return frozenset()
    known = Organisation.objects.order_by().values_list("pk", "path")
    return frozenset(pk for pk, path in known if path.startswith(tuple(paths)))


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
