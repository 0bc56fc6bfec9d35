"""What a certification asks of its house today, for *Heute*: whose turn it is, and certificates that end (QM-08)."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.db.models import F, QuerySet
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.dates import months_before, months_later
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import CertificationState as State
from lotse.quality.models import Certificate, Certification

ITS_TURN = (State.REGISTERED, State.SCHEDULE_AGREED, State.REWORK, State.CONDITIONS)
FORGOTTEN_AFTER = 12  # months; a certificate that ended and was not renewed is no longer news


def house_turn(actor: Actor, _today: date) -> QuerySet[Certification]:
    return Certification.objects.filter(in_branches(actor.quality_paths, "organisation"), state__in=ITS_TURN)


def ending(actor: Actor, today: date, *, within: int, but: int) -> QuerySet[Certificate]:
    """That end in so many months, and not in `but` or fewer; not where the next procedure has begun."""
    after = last_end(today, but) if but else today - timedelta(days=1)
    return _unrenewed(actor).filter(valid_until__gt=after, valid_until__lte=last_end(today, within))


def last_end(today: date, months: int) -> date:
    """The last day on which a certificate may end of which the house is reminded today, so many months ahead."""
    there = months_later(today, months)
    is_last_of_month = (today + timedelta(days=1)).day == 1
    return there.replace(day=monthrange(there.year, there.month)[1]) if is_last_of_month else there


def ended(actor: Actor, today: date) -> QuerySet[Certificate]:
    return _unrenewed(actor).filter(valid_until__lt=today, valid_until__gte=months_before(today, FORGOTTEN_AFTER))


def _unrenewed(actor: Actor) -> QuerySet[Certificate]:
    rows = Certificate.objects.filter(in_branches(actor.quality_paths, "organisation"), revoked_on=None)
    return rows.exclude(certification__in=Certification.objects.renewing().order_by().values("recertifies"))


def _page(lines: list[Line]) -> str:
    return reverse("quality:certification", args=[lines[0].ref])


OF_CERTIFICATE = {
    "ref": F("certification__public_id"), "words": F("certification__framework__title"),
    "about": F("organisation__name"), "day": F("valid_until"),
}  # fmt: skip
OF_PROCEDURE = {"words": F("framework__title"), "about": F("organisation__name"), "day": F("registered_on")}
ENDS = ("Zertifikat endet am {day}", "{words}: Rezertifizierung beginnen")
SEVERAL_END = ("{count} Zertifikate enden bald", "zuerst {words} am {day}")


def _ends(rows: Callable[..., QuerySet[Certificate]], badge: str) -> Kind:
    return Kind(rows, OF_CERTIFICATE, _page, ENDS, SEVERAL_END, badge)


KINDS = {
    "certify": Kind(
        house_turn, OF_PROCEDURE, _page, ("Zertifizierung", "{words}: Ihr Haus ist dran"),
        ("{count} Zertifizierungen", "Ihr Haus ist dran, zuerst {words}"), "Sie sind dran",
    ),
    "ending_12": _ends(partial(ending, within=12, but=6), "in 12 Monaten"),
    "ending_6": _ends(partial(ending, within=6, but=3), "in 6 Monaten"),
    "ending_3": _ends(partial(ending, within=3, but=0), "in 3 Monaten"),
    "ended": Kind(
        ended, OF_CERTIFICATE, _page, ("Zertifikat ist abgelaufen", "{words}, seit {day}"),
        ("{count} Zertifikate sind abgelaufen", "zuerst {words}, seit {day}"), "abgelaufen",
    ),
}  # fmt: skip
