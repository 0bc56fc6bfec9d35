"""What a network has agreed on: written, agreed, sent to its members (NW-01). What is agreed stays; a change is a new version."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.correspondence.letters import Attachment, letter
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail
from lotse.documents.rendering import render_pdf
from lotse.network import rules
from lotse.network.models import Charter, Member, NetworkFormat, Sending
from lotse.network.papers import charter_paper
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor

NOT_YOURS = "Die Vereinbarung schreibt, wer das Format organisiert."


def _attached(mail: OutgoingMail) -> Iterable[Attachment]:
    sent = Sending.objects.filter(mail=mail, charter__isnull=False).select_related("charter__format__organisation")
    return [
        ("vereinbarung.pdf", render_pdf(charter_paper(one.charter)), "application/pdf") for one in sent if one.charter
    ]


CHARTER = letter(
    "network.charter", "Vereinbarung eines Netzwerks", subject="Vereinbarung unseres Netzwerks",
    template="network/letters/charter.txt", attachments=_attached,
)  # fmt: skip


@action("charter.written", "hat die Vereinbarung eines Netzwerks geschrieben")
def write_charter(
    *,
    by: Actor,
    format: NetworkFormat,
    participants: str,
    goals: str,
    rhythm: str,
    organising: str,
    agreed_on: date | None = None,
) -> Charter:
    """Changes the version that is not agreed yet; else begins the next one."""
    fresh = locked(format)
    require(rules.arranges(by, fresh), NOT_YOURS)
    refuse_if(
        agreed_on is not None and agreed_on > timezone.localdate(), "Das Datum liegt in der Zukunft.", "agreed_on"
    )
    kept = Charter.objects.filter(format=fresh, agreed_on=None).first() or _next(fresh)
    kept.participants, kept.goals, kept.rhythm, kept.organising = participants, goals, rhythm, organising
    kept.agreed_on = agreed_on
    kept.save()
    record(kept, version=kept.version, agreed_on=agreed_on)
    return kept


def _next(format: NetworkFormat) -> Charter:
    last: int | None = Charter.objects.filter(format=format).aggregate(last=Max("version"))["last"]
    return Charter(organisation_id=format.organisation_id, format=format, version=(last or 0) + 1)


@action("charter.shared", "hat die Vereinbarung eines Netzwerks an die Mitglieder verschickt")
def share_charter(*, by: Actor, charter: Charter) -> list[Sending]:
    """To every member of today; who has no address is kept on the list, so that somebody hands it over."""
    fresh = Charter.objects.select_for_update(of=("self",)).select_related("format__organisation").get(pk=charter.pk)
    require(rules.arranges(by, fresh.format), NOT_YOURS)
    refuse_if(fresh.agreed_on is None, "Verschickt wird, was vereinbart ist. Bitte zuerst den Tag eintragen.")
    members = Member.objects.filter(format=fresh.format).valid_on(timezone.localdate())
    refuse_if(not members.exists(), "Zu diesem Format gehört noch niemand.")
    sent = [_send(fresh, member) for member in members]
    fresh.shared_on, fresh.shared_with = timezone.localdate(), sum(1 for one in sent if one.email)
    fresh.save(update_fields=["shared_on", "shared_with"])
    record(fresh, count=fresh.shared_with)
    return sent


def _send(charter: Charter, member: Member) -> Sending:
    house = charter.format.organisation.name
    values = {"name": member.name, "format": charter.format, "charter": charter, "house": house}
    values["address"] = _address(charter) if member.person_id else ""
    mail = None
    if member.email:
        mail = queue_mail(CHARTER, organisation_id=charter.organisation_id, to=member.email, values=values)
    return Sending.objects.create(
        organisation_id=charter.organisation_id, charter=charter, mail=mail, name=member.name, email=member.email
    )


def _address(charter: Charter) -> str:
    page = reverse("network:read_charter", args=[charter.format.public_id, charter.public_id])
    return settings.BASE_URL.rstrip("/") + page
