"""The tree: units, their names over time, their counselling sites."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations import rules
from lotse.organisations.actions.shared import change, locked, log_of, managed, require_manager, save_checked
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Membership, Organisation, OrganisationName, Site
from lotse.organisations.names import ALWAYS, fit_in, valid_on
from lotse.organisations.roles import ROLES


@action("organisation.founded", "hat eine Organisation angelegt")
def found_organisation(*, by: Actor, parent: Organisation, name: str, kind: str, **data: Any) -> Organisation:
    above = managed(by, parent)
    made = save_checked(Organisation(parent=above, name=name, kind=kind, **data))
    made.path = f"{above.path}{made.pk}/"
    made.save()
    record(made, organisation_id=log_of(above))
    return made


@action("organisation.changed", "hat eine Organisation geändert")
def change_organisation(*, by: Actor, organisation: Organisation, **data: Any) -> Organisation:
    """Everything but its name, which has a history."""
    fresh = managed(by, organisation)
    changed = change(fresh, data)
    save_checked(fresh)
    record(fresh, organisation_id=log_of(fresh), fields=changed)
    return fresh


@action("organisation.renamed", "hat einer Organisation einen neuen Namen gegeben")
def rename_organisation(
    *, by: Actor, organisation: Organisation, name: str, short_name: str = "", valid_from: date | None = None
) -> Organisation:
    """From a day on; the name before stays readable (OR-04). Without a day, today's name is corrected."""
    fresh = managed(by, organisation)
    known = list(fresh.names.all()) or [save_checked(_first_name(fresh))]
    day = valid_from or valid_on(known, timezone.localdate()).valid_from
    row = next((r for r in known if r.valid_from == day), OrganisationName(organisation=fresh, valid_from=day))
    row.name, row.short_name = name, short_name
    for changed in fit_in(known, row):
        save_checked(changed)
    _take_over(fresh, valid_on(list(fresh.names.all()), timezone.localdate()))
    record(fresh, organisation_id=log_of(fresh), fields=["name"], valid_from=day)
    return fresh


@action("organisation.moved", "hat eine Organisation verschoben")
def move_organisation(*, by: Actor, organisation: Organisation, parent: Organisation) -> Organisation:
    """Rights and figures follow the tree, so who moves manages both places. Two moves at once must not make a ring."""
    require_manager(by, organisation.pk)
    require_manager(by, parent.pk)
    tree = {row.pk: row for row in Organisation.objects.select_for_update().order_by("pk")}
    moved, above = tree[organisation.pk], tree[parent.pk]
    refuse_if(above.path.startswith(moved.path), "Eine Organisation kann nicht unter sich selbst stehen.", "parent")
    logs = {log_of(moved)}
    branch = _branch_under(above, moved, list(tree.values()))
    _keep_roles_at_home(branch, tree)
    for row in branch:
        row.save()
    for log in logs | {log_of(moved)}:
        record(moved, organisation_id=log, fields=["parent"], to=above.public_id)
    return moved


def _branch_under(above: Organisation, moved: Organisation, tree: list[Organisation]) -> list[Organisation]:
    """What is moved and all below it, with their new paths."""
    branch = [row for row in tree if row.path.startswith(moved.path)]
    old = moved.path.removesuffix(f"{moved.pk}/")
    for row in branch:
        row.path = above.path + row.path.removeprefix(old)
    moved.parent = above
    return branch


def _keep_roles_at_home(branch: list[Organisation], tree: dict[int, Organisation]) -> None:
    opening = [key for key, role in ROLES.items() if role.opens_files]
    held = Membership.objects.filter(role__in=opening, organisation__in=branch).select_related("person")
    for row in held.exclude(valid_to__lt=timezone.localdate()):
        row.person.organisation = tree[row.person.organisation_id]
        left = not rules.role_is_at_home(row.person, tree[row.organisation_id])
        refuse_if(left, f"{row.person} liest dort Akten und ist anderswo angestellt. Bitte zuerst die Rolle beenden.")


def _first_name(organisation: Organisation) -> OrganisationName:
    since = organisation.valid_from or ALWAYS
    names = {"name": organisation.name, "short_name": organisation.short_name}
    return OrganisationName(organisation=organisation, valid_from=since, **names)


def _take_over(organisation: Organisation, row: OrganisationName) -> None:
    organisation.name, organisation.short_name = row.name, row.short_name
    organisation.save()


def names_are_due(day: date) -> bool:
    return _due(day).exists()


def _due(day: date) -> Any:
    return OrganisationName.objects.valid_on(day).exclude(
        name=F("organisation__name"), short_name=F("organisation__short_name")
    )


@action("organisation.names_due", "hat Namen übernommen, die ab heute gelten")
def take_over_names(*, by: SystemActor, today: date) -> int:
    """A name entered for a day to come becomes today's name on that day."""
    due = list(_due(today).select_related("organisation"))
    for row in due:
        _take_over(locked(row.organisation), row)
    record(by, count=len(due))
    return len(due)


@action("site.created", "hat eine Beratungsstelle angelegt")
def create_site(*, by: Actor, organisation: Organisation, name: str, **data: Any) -> Site:
    site = Site(organisation=managed(by, organisation), name=name, **data)
    _refuse_foreign_parent(site)
    save_checked(site)
    record(site, organisation_id=log_of(site.organisation))
    return site


@action("site.changed", "hat eine Beratungsstelle geändert")
def change_site(*, by: Actor, site: Site, **data: Any) -> Site:
    require_manager(by, site.organisation_id)
    fresh = locked(site)
    changed = change(fresh, data)
    _refuse_foreign_parent(fresh)
    save_checked(fresh)
    record(fresh, organisation_id=log_of(fresh.organisation), fields=changed)
    return fresh


def _refuse_foreign_parent(site: Site) -> None:
    main = site.branch_of
    is_foreign = main is not None and main.organisation_id != site.organisation_id
    refuse_if(is_foreign, "Die Hauptstelle gehört zu einem anderen Träger.", "branch_of")
    is_branch_itself = main is not None and main.branch_of_id is not None
    refuse_if(is_branch_itself, "Diese Stelle ist selbst eine Außenstelle.", "branch_of")
