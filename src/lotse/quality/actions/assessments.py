"""Self-assessments: begun, judged by one, reviewed by another, closed."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.actions.shared import kept
from lotse.quality.enums import AssessmentState, Rating
from lotse.quality.models import Criterion, CriterionPart, Framework, Judgement, PartJudgement, SelfAssessment

OVER = "Diese Selbstbewertung ist abgeschlossen."
EVERY_PART = "Bitte jede Teilanforderung bewerten."
NEEDS_RATING = "Bitte eine Bewertung wählen."
WHY = "Bitte angeben, warum das Kriterium nicht anwendbar ist."
ANOTHER = "Das prüft jemand anderes als die Person, die bewertet hat."
NOTHING = "Hier gibt es gerade nichts zu prüfen, was jemand anderes bewertet hat."
NOT_COPIED = "Hier gibt es nichts aus dem letzten Zeitraum zu bestätigen."
OTHER_CATALOGUE = "Übernehmen lässt sich nur eine Selbstbewertung zu derselben Fassung des Katalogs."
INCOMPLETE = "Es fehlt noch etwas: {} zu bewerten, {} zu prüfen."


def open_assessment(by: Actor, assessment: SelfAssessment) -> SelfAssessment:
    """Locked, so that what is said of its judgements and its state go together."""
    fresh = locked(assessment)
    kept(by, fresh.organisation)
    refuse_if(fresh.is_closed, OVER)
    return fresh


@action("self_assessment.begun", "hat eine Selbstbewertung begonnen")
def begin_assessment(
    *, by: Actor, framework: Framework, title: str, begins_on: date, ends_on: date, copy_from: SelfAssessment | None = None
) -> SelfAssessment:  # fmt: skip
    """With a judgement for every criterion: empty, or as last time and to be looked at again."""
    kept(by, framework.organisation)
    refuse_if(copy_from is not None and copy_from.framework_id != framework.pk, OTHER_CATALOGUE, "copy_from")
    made = SelfAssessment(
        organisation_id=framework.organisation_id, framework=framework, title=title.strip(), begins_on=begins_on,
        ends_on=ends_on, copied_from=copy_from,
    )  # fmt: skip
    save_checked(made)
    copied = _copy(made, copy_from) if copy_from else []
    known = {row.criterion_id for row in copied}
    rest = Criterion.objects.filter(framework=framework).exclude(pk__in=known).values_list("pk", flat=True)
    Judgement.objects.bulk_create(
        Judgement(organisation_id=made.organisation_id, assessment=made, criterion_id=pk) for pk in rest
    )
    record(made, begins_on=begins_on, ends_on=ends_on, copied=len(copied))
    return made


def _copy(made: SelfAssessment, before: SelfAssessment) -> list[Judgement]:
    old = list(before.judgements.exclude(rating="").prefetch_related("parts"))
    owner = {"organisation_id": made.organisation_id}
    new = [
        Judgement(
            **owner, assessment=made, criterion_id=row.criterion_id, rating=row.rating, reason=row.reason,
            finding=row.finding, to_recheck=True, assessed_by_id=row.assessed_by_id, assessed_at=row.assessed_at,
        )
        for row in old
    ]  # fmt: skip
    Judgement.objects.bulk_create(new)
    PartJudgement.objects.bulk_create(
        PartJudgement(**owner, judgement=copy, part_id=part.part_id, rating=part.rating)
        for row, copy in zip(old, new, strict=True)
        for part in row.parts.all()
    )
    return new


@action("judgement.made", "hat ein Kriterium bewertet")
def judge(
    *, by: Actor, judgement: Judgement, rating: str = "", parts: Mapping[int, str] | None = None, reason: str = "",
    finding: str = "", revision: int | None = None,
) -> Judgement:  # fmt: skip
    """`parts`: part → rating. Where the criterion has parts, they alone decide; what was reviewed is to be reviewed again."""
    assessment = open_assessment(by, judgement.assessment)
    fresh = locked(judgement)
    wanted = list(CriterionPart.objects.filter(criterion=fresh.criterion_id).values_list("pk", flat=True))
    given = {pk: (parts or {}).get(pk, "") for pk in wanted}
    refuse_if("" in given.values(), EVERY_PART)
    decided = rules.rating_of(given.values()) if wanted else rating
    refuse_if(not decided, NEEDS_RATING, "rating")
    refuse_if(decided == Rating.NOT_APPLICABLE and not reason.strip(), WHY, "reason")
    values = {"rating": decided, "reason": reason.strip(), "finding": finding.strip(), **_made_now(by)}
    changed = revise(fresh, values, revision)
    _save_parts(fresh, given)
    _settle(assessment)
    record(fresh, fields=[name for name in changed if name in ("rating", "reason", "finding")])
    return fresh


def _made_now(by: Actor) -> dict[str, object]:
    return {
        "to_recheck": False, "assessed_by_id": by.person_id, "assessed_at": timezone.now(), "reviewed_by_id": None,
        "reviewed_at": None,
    }  # fmt: skip


def _save_parts(judgement: Judgement, given: Mapping[int, str]) -> None:
    for part_id, rating in given.items():
        PartJudgement.objects.update_or_create(
            judgement=judgement, part_id=part_id, defaults={"rating": rating, "organisation_id": judgement.organisation_id}
        )  # fmt: skip


@action("judgement.confirmed", "hat eine Bewertung aus dem letzten Zeitraum bestätigt")
def confirm_judgement(*, by: Actor, judgement: Judgement) -> Judgement:
    assessment = open_assessment(by, judgement.assessment)
    fresh = locked(judgement)
    refuse_if(not fresh.to_recheck, NOT_COPIED)
    revise(fresh, _made_now(by), None)
    _settle(assessment)
    record(fresh)
    return fresh


@action("judgement.reviewed", "hat Bewertungen geprüft")
def review(*, by: Actor, assessment: SelfAssessment, judgements: Iterable[Judgement]) -> int:
    """Of these, the ones that somebody else has made; how many it were."""
    fresh = open_assessment(by, assessment)
    chosen = fresh.judgements.filter(pk__in=[row.pk for row in judgements]).select_for_update(of=("self",))
    waiting = [row for row in chosen if row.is_judged and row.reviewed_by_id is None]
    mine = [row for row in waiting if rules.may_review(by, row)]
    require(bool(mine) or not waiting, ANOTHER)
    refuse_if(not mine, NOTHING)
    for row in mine:
        revise(row, {"reviewed_by_id": by.person_id, "reviewed_at": timezone.now()}, None)
    _settle(fresh)
    record(fresh, judgements=len(mine))
    return len(mine)


@action("self_assessment.closed", "hat eine Selbstbewertung abgeschlossen")
def close_assessment(*, by: Actor, assessment: SelfAssessment) -> SelfAssessment:
    fresh = open_assessment(by, assessment)
    open_ones = fresh.judgements.filter(NOT_JUDGED).count()
    not_reviewed = fresh.judgements.exclude(NOT_JUDGED).filter(reviewed_by=None).count()
    refuse_if(bool(open_ones or not_reviewed), INCOMPLETE.format(open_ones, not_reviewed))
    fresh.state, fresh.closed_on = AssessmentState.CLOSED, timezone.localdate()
    save_checked(fresh)
    record(fresh, on=fresh.closed_on)
    return fresh


NOT_JUDGED = Q(rating="") | Q(to_recheck=True)


def _settle(assessment: SelfAssessment) -> None:
    """Reviewed as soon as nothing is left to be judged or reviewed, and no longer when something is."""
    is_open = assessment.judgements.filter(reviewed_by=None).exists()
    assessment.state = AssessmentState.RUNNING if is_open else AssessmentState.REVIEWED
    assessment.save(update_fields=["state"])
