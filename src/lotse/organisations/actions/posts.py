"""Posts, and who fills which share of them. A sum over 1.00 is odd, not wrong: the form warns, the log remembers."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations import rules
from lotse.organisations.actions.shared import NOT_YOURS, change, locked, log_of, managed, require_manager, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post, PostShare, Site

HAS_LEFT = "Diese Person ist dann schon ausgeschieden."


@action("post.created", "hat eine Stelle angelegt")
def create_post(*, by: Actor, organisation: Organisation, title: str, fte: Decimal, site: Site | None = None) -> Post:
    post = save_checked(Post(organisation=managed(by, organisation), title=title, fte=fte, site=site))
    record(post, organisation_id=log_of(post.organisation), fte=fte)
    return post


@action("post.changed", "hat eine Stelle geändert")
def change_post(*, by: Actor, post: Post, **data: Any) -> Post:
    require_manager(by, post.organisation_id)
    fresh = locked(post)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, organisation_id=log_of(fresh.organisation), fields=changed)
    return fresh


@action("post.filled", "hat eine Stelle besetzt")
def fill_post(
    *,
    by: Actor,
    post: Post,
    person: Person,
    fte: Decimal,
    valid_from: date,
    valid_to: date | None = None,
    acknowledged: Collection[str] = (),
    **data: Any,
) -> PostShare:
    """One person may hold shares in several agencies; `acknowledged` are the warnings that were read (OR-05)."""
    require_manager(by, post.organisation_id)
    require(rules.looks_inside(by, person.organisation_id), NOT_YOURS)
    holder = locked(person)
    refuse_if(not holder.is_at_work_on(valid_to or valid_from), HAS_LEFT, "person")
    refuse_if(data.get("substitute_for") == holder, "Niemand vertritt sich selbst.", "substitute_for")
    share = PostShare(post=post, person=holder, fte=fte, valid_from=valid_from, valid_to=valid_to, **data)
    save_checked(share)
    record(share, organisation_id=log_of(post.organisation), fte=fte, valid_from=valid_from, warnings=acknowledged)
    return share


@action("post.share_ended", "hat einen Stellenanteil beendet")
def end_share(*, by: Actor, share: PostShare, on: date) -> PostShare:
    require_manager(by, share.post.organisation_id)
    fresh = locked(share)
    already = fresh.valid_to is not None and fresh.valid_to < on
    refuse_if(already, "Dieser Anteil endet schon früher.", "on")
    fresh.valid_to = on
    save_checked(fresh)
    record(fresh, organisation_id=log_of(share.post.organisation), fields=["valid_to"], valid_to=on)
    return fresh
