"""Words leave part 1 in four steps: proposed, seen by all, settled together, confirmed by another; then passed on (NW-05)."""

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.network import rules
from lotse.network.actions.inner import AMONG_THEMSELVES, enter
from lotse.network.models import Meeting, Objection, Release
from lotse.network.queries.inner import insiders, sits_inside
from lotse.network.queries.releases import who_confirms, who_forwards
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify

CHANGED = "Der Text wurde inzwischen geändert. Bitte lesen Sie ihn noch einmal."
OUT = "Dieser Text ist schon freigegeben. Für eine Korrektur schlagen Sie eine neue Fassung vor."
NO_TEXT = "Bitte schreiben Sie, was nach außen gehen soll."


@action("release.proposed", "hat einen Text aus Teil 1 zur Freigabe vorgeschlagen")
def propose_release(*, by: Actor, meeting: Meeting, text: str, replaces: Release | None = None) -> Release:
    """A copy; the notes stay where they are. A correction is a new version, the old one stays to be read."""
    enter(by, meeting)
    refuse_if(not text.strip(), NO_TEXT, "text")
    refuse_if(
        replaces is not None and not _can_be_replaced(replaces, meeting), "Dazu gibt es schon eine neuere Fassung."
    )
    version = replaces.version + 1 if replaces else 1
    made = Release(
        organisation_id=meeting.organisation_id, meeting=meeting, text=text.strip(), version=version, replaces=replaces,
        proposed_by_id=by.person_id,
    )  # fmt: skip
    made.save()
    record(made, version=version)
    others = [person for person in insiders(meeting) if person.pk != by.person_id]
    notify(
        others,
        "Ein Text wartet auf Ihre Zustimmung",
        f"Aus Teil 1 von „{meeting.format}“ soll etwas freigegeben werden.",
    )
    return made


def _can_be_replaced(old: Release, meeting: Meeting) -> bool:
    return old.is_released and old.meeting_id == meeting.pk and not hasattr(old, "replaced_by")


def _proposal(by: Actor, release: Release) -> Release:
    """Locked, for who sits inside, and not yet out."""
    fresh = Release.objects.select_for_update(of=("self",)).select_related("meeting__format").get(pk=release.pk)
    require(sits_inside(by, fresh.meeting), AMONG_THEMSELVES)
    refuse_if(fresh.is_released, OUT)
    return fresh


@action("release.changed", "hat einen Vorschlag zur Freigabe geändert")
def change_proposal(*, by: Actor, release: Release, text: str, revision: int) -> Release:
    """Whoever changes the words proposes them, so that another one has to confirm."""
    fresh = _proposal(by, release)
    refuse_if(fresh.revision != revision, CHANGED)
    refuse_if(not text.strip(), NO_TEXT, "text")
    fresh.text, fresh.proposed_by_id = text.strip(), by.person_id
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=["text"])
    return fresh


@action("release.taken_back", "hat einen Vorschlag zur Freigabe zurückgenommen")
def take_back_proposal(*, by: Actor, release: Release) -> None:
    fresh = _proposal(by, release)
    require(fresh.proposed_by_id == by.person_id, "Zurück nimmt den Vorschlag, wer ihn gemacht hat.")
    record(fresh)
    fresh.delete()


@action("release.objected", "hat gegen eine Freigabe Einwand erhoben")
def object_to(*, by: Actor, release: Release, reason: str) -> Objection:
    fresh = _proposal(by, release)
    refuse_if(not reason.strip(), "Bitte sagen Sie kurz, was dagegen spricht.", "reason")
    made = Objection(organisation_id=fresh.organisation_id, release=fresh, by_id=by.person_id, reason=reason.strip())
    made.save()
    record(fresh)
    return made


@action("release.objection_withdrawn", "hat den Einwand gegen eine Freigabe zurückgenommen")
def withdraw_objection(*, by: Actor, objection: Objection) -> None:
    fresh = _proposal(by, objection.release)
    require(objection.by_id == by.person_id, "Einen Einwand nimmt zurück, wer ihn erhoben hat.")
    fresh.objections.standing().filter(pk=objection.pk).update(withdrawn_at=timezone.now())
    record(fresh)


@action("release.released", "hat einen gemeinsam festgelegten Text aus Teil 1 freigegeben")
def release_text(*, by: Actor, release: Release, revision: int) -> Release:
    """By a second person of part 1: the speaker where one was there."""
    fresh = _proposal(by, release)
    refuse_if(fresh.revision != revision, CHANGED)
    refuse_if(fresh.objections.standing().exists(), "Solange jemand einen Einwand hat, wird nichts freigegeben.")
    require(rules.may_confirm(by, fresh, who_confirms(fresh)), "Freigeben muss eine zweite Person aus Teil 1, wenn sie da war: die Sprecher*in.")  # fmt: skip
    fresh.released_by_id, fresh.released_at = by.person_id, timezone.now()
    fresh.save()
    record(fresh, version=fresh.version)
    return fresh


@action("release.forwarded", "hat einen freigegebenen Text an die Koordinierungsrunde weitergegeben")
def forward_release(*, by: Actor, release: Release) -> Release:
    """By the speaker (NW-05); the round reads it from now on."""
    fresh = Release.objects.select_for_update(of=("self",)).select_related("meeting__format").get(pk=release.pk)
    require(sits_inside(by, fresh.meeting), AMONG_THEMSELVES)
    require(rules.may_forward(by, who_forwards(fresh)), "An die Koordinierungsrunde gibt die Sprecher*in weiter.")
    refuse_if(fresh.meeting.format.reports_to_id is None, "Dieses Forum gibt noch nirgendwohin weiter. Bitte die Organisation, das einzutragen.")  # fmt: skip
    refuse_if(fresh.forwarded_at is not None, "Dieser Text ist schon weitergegeben.")
    fresh.forwarded_at = timezone.now()
    fresh.save()
    record(fresh)
    return fresh
