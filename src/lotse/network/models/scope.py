"""Who sees what of the network: who is in it, and who organises it. Carriers sit together here, so it crosses organisations."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from lotse.network.enums import Part
from lotse.organisations.enums import Permission
from lotse.organisations.roles import EXTERNAL


def organised_ids(actor: Any) -> frozenset[int]:
    """Organisations whose formats she organises."""
    return frozenset({actor.organisation_id}) if actor.may(Permission.ORGANISE_NETWORK) else frozenset()


def is_inside(actor: Any) -> bool:
    return not actor.role_keys.issubset(EXTERNAL)


def hears_from(actor: Any, path: str) -> Q:
    """What reaches the format at `path` is there for who organises it and who was invited to it as more than a guest."""
    from lotse.network.models.meetings import Attendance  # noqa: PLC0415 -- attendances are such rows themselves

    formats = Attendance.objects.filter(person_id=actor.person_id, is_guest=False).values("meeting__format_id")
    return Q(**{f"{path}__organisation_id__in": organised_ids(actor)}) | Q(**{f"{path}__in": formats})


class MeetingScopeQuerySet(models.QuerySet):
    """Rows of a meeting's open part: for who was invited to it, and for who organises the format."""

    meeting_path = "meeting__"

    def visible_to(self, actor: Any) -> Self:
        from lotse.network.models.meetings import Attendance  # noqa: PLC0415 -- attendances are such rows themselves

        path = self.meeting_path
        invited = Attendance.objects.filter(person_id=actor.person_id).values("meeting_id")
        organised = Q(**{f"{path}organisation_id__in": organised_ids(actor)})
        return self.filter(organised | Q(**{f"{path}pk__in": invited}))


class PartScopeQuerySet(MeetingScopeQuerySet):
    """Rows with a `part`: those of the inner part are there for its participants only, whoever organises (DP-08)."""

    def visible_to(self, actor: Any) -> Self:
        from lotse.network.models.meetings import Attendance  # noqa: PLC0415

        inner = Attendance.objects.inner_of(actor).values("meeting_id")
        is_open = ~Q(part=Part.INNER)
        return super().visible_to(actor).filter(is_open | Q(**{f"{self.meeting_path}pk__in": inner}))
