"""Finding out who acts: once per request, so it is one hand-written statement (ADR 0011)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.organisations.models.memberships import in_force_sql
from lotse.organisations.roles import ROLES

_RIGHTS = f"""
SELECT p.id, p.public_id, p.first_name, p.last_name, p.organisation_id, p.user_id, m.role, m.site_id, o.path, NULL
FROM organisations_person p
LEFT JOIN organisations_membership m ON m.person_id = p.id AND {in_force_sql("m")}
LEFT JOIN organisations_organisation o ON o.id = m.organisation_id
WHERE p.{{column}} = %s AND (p.left_on IS NULL OR p.left_on >= %s)
UNION ALL
SELECT p.id, '', '', '', p.organisation_id, p.user_id, NULL, NULL, NULL, d.person_id
FROM organisations_person p JOIN organisations_deputy d ON d.deputy_id = p.id AND {in_force_sql("d")}
WHERE p.{{column}} = %s AND (p.left_on IS NULL OR p.left_on >= %s)
"""  # noqa: S608
_BY_USER, _BY_PERSON = _RIGHTS.format(column="user_id"), _RIGHTS.format(column="id")


class _Row(NamedTuple):
    """One role of the person (`role` is None for a person without one), or one person she stands in for."""

    person_id: int
    ref: str
    first_name: str
    last_name: str
    organisation_id: int
    user_id: int | None
    role: str | None
    site_id: int | None
    path: str | None
    stands_in_for: int | None


def actor_for_user(user: Any, day: date | None = None) -> Actor | None:
    """The actor behind a login, or None for a login without a person at work. One statement."""
    return _actor(_read(_BY_USER, user.pk, day))


def actor_for(person: Person, day: date | None = None) -> Actor | None:
    """The actor this person is; None for somebody who has left."""
    return _actor(_read(_BY_PERSON, person.pk, day))


def _read(sql: str, key: int, day: date | None) -> list[_Row]:
    on = connection.ops.adapt_datefield_value(day or timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, [on, on, key, on, on, on, key, on])
        return [_Row(*row) for row in cursor.fetchall()]


def _actor(rows: list[_Row]) -> Actor | None:
    person = next((row for row in rows if row.ref), None)
    if person is None:
        return None
    grants = [row for row in rows if row.role]
    counsels = bool(_with(Permission.COUNSEL, grants))
    stands_in = {row.stands_in_for for row in rows if row.stands_in_for}
    return Actor(
        person_id=person.person_id,
        user_id=person.user_id,
        ref=person.ref,
        label=f"{person.first_name} {person.last_name}",
        organisation_id=person.organisation_id,
        permissions=frozenset(p for row in grants for p in ROLES[row.role].permissions),
        role_keys=frozenset(row.role for row in grants),
        site_ids=_sites(grants),
        file_holder_ids=frozenset({person.person_id, *stands_in}) if counsels else frozenset(),
        reviewed_site_ids=_sites(_with(Permission.REVIEW_FILES, grants)),
        counted_paths=_paths(_with(Permission.COUNT_CLIENTS, grants)),
        managed_paths=_paths(_with(Permission.MANAGE_ORGANISATION, grants)),
        agency_paths=_paths(_with(Permission.WORK_AGENCY, grants)),
        overseen_paths=_paths(_with(Permission.READ_AGENCIES, grants)),
        released_paths=_paths(_with(Permission.RELEASE_AGENCIES, grants)),
        funded_paths=_paths(_with(Permission.KEEP_FUNDS, grants)),
        quality_paths=_paths(_with(Permission.KEEP_QUALITY, grants)),
        quality_read_paths=_paths(_with(Permission.READ_QUALITY, grants)),
    )


def _with(permission: Permission, grants: Iterable[_Row]) -> list[_Row]:
    return [row for row in grants if permission in ROLES[row.role].permissions]


def _sites(grants: Iterable[_Row]) -> frozenset[int]:
    return frozenset(row.site_id for row in grants if row.site_id)


def _paths(grants: Iterable[_Row]) -> frozenset[str]:
    return frozenset(row.path for row in grants if row.path)
