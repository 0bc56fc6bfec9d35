"""Reviewing files: drawn by chance, opened to the reviewer for a time, open points back to the counsellor (QP-01, QP-02)."""

from collections.abc import Mapping
from datetime import date
from random import Random

from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.models import Client, FileAssignment, FileReview, ReviewPoint, ReviewRound
from lotse.casework.queries.review import files_to_draw_from, quarter_of
from lotse.core.ids import new_public_id
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person, Site
from lotse.organisations.notices import notify
from lotse.organisations.who import actor_for


def draw(files: Mapping[int, list[str]], seed: str, per_counsellor: int) -> list[str]:
    """The same files for the same seed, whoever asks."""
    chance = Random(seed)  # noqa: S311 -- not a secret: it must be possible to draw again
    return [ref for mine in files.values() for ref in chance.sample(mine, min(per_counsellor, len(mine)))]


@action("review.drawn", "hat Akten für die Aktenprüfung gezogen")
def draw_round(
    *, by: Actor, site: Site, quarter: date, per_counsellor: int, reviewer: Person, opens_until: date
) -> ReviewRound:
    """By who leads the site. For another reviewer the files wait for a second person's yes."""
    require(rules.may_draw(by, site), "Die Stichprobe zieht die Fachleitung der Stelle.")
    require(reviewer.organisation_id == by.organisation_id)
    able = actor_for(reviewer)
    refuse_if(
        able is None or not rules.reads_files(able), "Prüfen kann nur, wer berät oder fachlich leitet.", "reviewer"
    )
    refuse_if(opens_until < timezone.localdate(), "Bitte ein Datum ab heute angeben.", "opens_until")
    files = files_to_draw_from(site)
    files.pop(reviewer.pk, None)  # nobody reviews her own
    refuse_if(not files, "Hier gibt es zurzeit keine offenen Akten anderer.")
    seed = new_public_id()
    made = ReviewRound(
        organisation_id=by.organisation_id,
        site=site,
        quarter=quarter_of(quarter),
        seed=seed,
        per_counsellor=per_counsellor,
        drawn_from=sum(map(len, files.values())),
        reviewer=reviewer,
        drawn_by_id=by.person_id,
        opens_until=opens_until,
    )
    save_checked(made)
    for client in Client.objects.filter(public_id__in=draw(files, seed, per_counsellor)).order_by("pk"):
        _take(made, client)
    record(made, files=made.reviews.count(), drawn_from=made.drawn_from)
    return made


def _take(made: ReviewRound, client: Client) -> None:
    review = FileReview(
        organisation_id=made.organisation_id, client=client, round=made, counsellor_id=client.responsible_id
    )
    save_checked(review)
    if made.reviewer_id != made.drawn_by_id:
        save_checked(_assignment(made, client))
    record(review, file=client)


def _assignment(made: ReviewRound, client: Client) -> FileAssignment:
    return FileAssignment(
        organisation_id=made.organisation_id,
        client=client,
        person_id=made.reviewer_id,
        reason=f"Aktenprüfung {made.public_id}",
        valid_from=timezone.localdate(),
        valid_to=made.opens_until,
        needs_confirmation=True,
        granted_by_id=made.drawn_by_id,
    )


@action("review.confirmed", "hat die Akten der Aktenprüfung geöffnet")
def confirm_round(*, by: Actor, review_round: ReviewRound) -> ReviewRound:
    """The second person opens exactly the drawn files, all at once, until the day of the round."""
    require(rules.may_confirm_round(by, review_round), "Bestätigen muss eine zweite Person.")
    fresh = ReviewRound.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=review_round.pk)
    refuse_if(
        fresh.confirmed_at is not None or fresh.reviewer_id == fresh.drawn_by_id, "Hier ist nichts zu bestätigen."
    )
    now = timezone.now()
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, now
    save_checked(fresh)
    waiting = FileAssignment.objects.filter(reason=f"Aktenprüfung {fresh.public_id}", confirmed_at=None)
    for assignment in waiting.select_related("client").order_by("pk"):
        assignment.confirmed_by_id, assignment.confirmed_at = by.person_id, now
        save_checked(assignment)
        record(assignment, file=assignment.client)
    record(fresh)
    notify(
        [fresh.reviewer], "Akten zur Prüfung", f"Die Akten der Stichprobe sind bis {fresh.opens_until:%d.%m.%Y} offen."
    )
    return fresh


@action("review.done", "hat die Akte geprüft")
def finish_review(
    *,
    by: Actor,
    review: FileReview,
    answers: Mapping[str, str],
    missing: Mapping[str, str],
    due_on: date,
    note: str = "",
) -> FileReview:
    """`missing` says for each item answered with "no" what is to be done; it becomes an open point of the counsellor."""
    client = Client.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=review.client_id).first()
    fresh = FileReview.objects.select_for_update(of=("self",)).select_related("round").get(pk=review.pk)
    if client is None or fresh.round.reviewer_id != by.person_id:
        raise NotAllowed("Diese Akte prüft jemand anderes.")
    refuse_if(fresh.reviewed_on is not None, "Diese Akte ist schon geprüft.")
    lacking = [key for key, answer in answers.items() if answer == "no"]
    unsaid = [key for key in lacking if not missing.get(key, "").strip()]
    refuse_if(bool(unsaid), "Bitte sagen, was zu tun ist.", f"missing_{unsaid[0]}" if unsaid else None)
    fresh.answers, fresh.note, fresh.reviewed_on = dict(answers), note, timezone.localdate()
    save_checked(fresh)
    for key in lacking:
        save_checked(
            ReviewPoint(
                organisation_id=fresh.organisation_id,
                client=client,
                review=fresh,
                item=key,
                text=missing[key],
                due_on=due_on,
            )
        )
    record(fresh, file=client, open_points=len(lacking))
    if lacking:
        notify([client.responsible], "Aktenprüfung: offene Punkte", f"Zur Akte {client.number} gibt es offene Punkte.")
    return fresh


@action("review.point_done", "hat einen Punkt der Aktenprüfung erledigt")
def settle_point(*, by: Actor, point: ReviewPoint) -> ReviewPoint:
    client = Client.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=point.client_id).first()
    if client is None or not rules.can_counsel(by):
        raise NotAllowed("Diese Akte ist für Sie nicht geöffnet.")
    fresh = locked(point)
    refuse_if(fresh.done_on is not None, "Dieser Punkt ist schon erledigt.")
    fresh.done_on, fresh.done_by_id = timezone.localdate(), by.person_id
    save_checked(fresh)
    record(fresh, file=client)
    return fresh
