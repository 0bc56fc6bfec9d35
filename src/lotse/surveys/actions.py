"""What is done to a round: begun, printed, filled from paper, closed. How one person answers is in `ballot`."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.catalogues.models import TextRelease
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Site
from lotse.programmes.models import Programme
from lotse.surveys import rules
from lotse.surveys.codes import code_digest, new_code
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyCode, SurveyKeyword, SurveyRound, SurveyTally
from lotse.surveys.queries import text_key
from lotse.surveys.questionnaires import SKIPPED, SOURCE_LANGUAGE, Survey
from lotse.surveys.scope import LEAST, MOST_CODES

NOT_YOURS = "Umfragen legt an, wer den Träger leitet."
OVER = "Diese Umfrage ist beendet."
Sums = Mapping[str, Mapping[str, int]]


def _locked(by: Actor, asked: SurveyRound) -> SurveyRound:
    return SurveyRound.objects.visible_to(by).select_for_update(of=("self",)).get(pk=asked.pk)


@action("survey.begun", "hat eine Umfrage angelegt")
def begin_round(
    *,
    by: Actor,
    site: Site,
    programme: Programme,
    survey: Survey,
    opens_on: date,
    closes_on: date,
    moment: str = Moment.SINGLE,
    follows: SurveyRound | None = None,
) -> SurveyRound:
    require(rules.leads_rounds(by, site.organisation_id), NOT_YOURS)
    is_sequel = follows is None or (follows.site_id, follows.survey) == (site.pk, survey)
    refuse_if(
        not is_sequel,
        "Noch einmal gefragt wird am selben Ort mit demselben Fragebogen in derselben Fassung.",
        "follows",
    )
    made = SurveyRound(
        organisation_id=site.organisation_id, site=site, programme=programme, survey_key=survey.key,
        survey_version=survey.version, moment=moment, follows=follows, opens_on=opens_on, closes_on=closes_on,
    )  # fmt: skip
    made.full_clean()
    made.save()
    SurveyTally.objects.bulk_create(_lines(made))
    record(made, survey=survey.key, version=survey.version)
    return made


def _lines(made: SurveyRound) -> list[SurveyTally]:
    """One for everything that can be answered, so that an answer never adds a row."""
    lines = []
    for question in made.survey.questions:
        values = (*question.keys, SKIPPED)
        before = (SurveyTally.UNPAIRED, *(values if made.moment == Moment.AFTER else ()))
        lines += [SurveyTally(round=made, question=question.key, before=b, value=v) for b in before for v in values]
    return lines


@action("survey.codes_drawn", "hat Codes für eine Umfrage gedruckt")
def draw_codes(*, by: Actor, asked: SurveyRound, count: int) -> list[str]:
    """The codes themselves, for the paper; kept are their keyed hashes, in the order of the hashes."""
    fresh = _locked(by, asked)
    require(rules.leads_rounds(by, fresh.organisation_id), NOT_YOURS)
    refuse_if(fresh.is_closed, OVER)
    room = MOST_CODES - fresh.codes_drawn
    refuse_if(count > room, f"Für diese Umfrage lassen sich noch {room} Codes drucken.", "count")
    codes = [new_code() for _ in range(count)]
    digests = sorted(code_digest(code, fresh.organisation_id) for code in codes)
    SurveyCode.objects.bulk_create([SurveyCode(digest=digest, round=fresh) for digest in digests])
    fresh.codes_drawn += count
    fresh.save(update_fields=["codes_drawn"])
    record(fresh, count=count)
    return codes


@action("survey.paper_entered", "hat Antworten auf Papier eingetragen")
def enter_paper(*, by: Actor, asked: SurveyRound, sheets: int, given: Sums) -> None:
    """A stack of sheets as sums; whoever ticked nothing has skipped the question."""
    fresh = _locked(by, asked)
    require(rules.enters_paper(by, fresh.organisation_id), "Antworten trägt ein, wer beim Träger berät oder leitet.")
    refuse_if(fresh.is_closed, OVER)
    added = Case(*_additions(fresh, sheets, given), default=Value(0), output_field=IntegerField())
    SurveyTally.objects.filter(round=fresh).update(number=F("number") + added)
    record(fresh, sheets=sheets)


def _additions(asked: SurveyRound, sheets: int, given: Sums) -> list[When]:
    found = []
    for question in asked.survey.questions:
        ticked = {key: given.get(question.key, {}).get(key, 0) for key in question.keys}
        skipped = sheets - sum(ticked.values())
        refuse_if(skipped < 0, "Das sind mehr Kreuze als Bögen.", question.key)
        for value, number in {**ticked, SKIPPED: skipped}.items():
            hit = Q(question=question.key, value=value, before=SurveyTally.UNPAIRED)
            found.append(When(hit, then=Value(number)))
    return found


@action("survey.closed", "hat eine Umfrage beendet")
def close_round(*, by: Actor, asked: SurveyRound) -> SurveyRound:
    """Nothing is added any more. What fewer than five answered is wiped; unused codes are void."""
    fresh = _locked(by, asked)
    require(rules.leads_rounds(by, fresh.organisation_id), NOT_YOURS)
    refuse_if(fresh.is_closed, OVER)
    fresh.closed_at = timezone.now()
    fresh.save(update_fields=["closed_at"])
    SurveyCode.objects.filter(round=fresh).delete()
    if fresh.follows_id:
        SurveyKeyword.objects.filter(round_id=fresh.follows_id).delete()
    record(fresh, wiped=_wipe_small(fresh))
    return fresh


def _wipe_small(asked: SurveyRound) -> list[str]:
    """Questions whose answers are too few to be shown, now or in any sum later; too few pairs become single answers."""
    answered, paired = _answered(asked)
    small = sorted(question.key for question in asked.survey.questions if answered[question.key] < LEAST)
    asked.tallies.filter(question__in=small).update(number=0)
    for question in asked.survey.questions:
        if question.key not in small and 0 < paired[question.key] < LEAST:
            _part(asked, question.key)
    return small


def _answered(asked: SurveyRound) -> tuple[Counter[str], Counter[str]]:
    """By question how many chose an answer, and for how many of them it is known what they had chosen before."""
    answered, paired = Counter[str](), Counter[str]()
    for line in asked.tallies.exclude(value=SKIPPED):
        answered[line.question] += line.number
        paired[line.question] += line.number if line.before not in (SurveyTally.UNPAIRED, SKIPPED) else 0
    return answered, paired


def _part(asked: SurveyRound, question: str) -> None:
    """What was answered stays; what the same people had answered before goes."""
    pairs = asked.tallies.filter(question=question).exclude(before=SurveyTally.UNPAIRED)
    numbers = Counter[str]()
    for line in pairs:
        numbers[line.value] += line.number
    pairs.update(number=0)
    for value, number in numbers.items():
        single = asked.tallies.filter(question=question, before=SurveyTally.UNPAIRED, value=value)
        single.update(number=F("number") + number)


@action("survey.words_released", "hat die Übersetzung eines Fragebogens freigegeben")
def release_words(*, by: Actor, survey: Survey, language: str, reviewed_on: date, reviewed_by_name: str) -> TextRelease:
    """Somebody who knows the language has checked exactly these words."""
    require(by.may(Permission.MANAGE_TEXTS), "Texte gibt frei, wer sie pflegen darf.")
    refuse_if(language == SOURCE_LANGUAGE, "Deutsch ist die Vorlage und braucht keine Freigabe.", "language")
    checked: dict[str, Any] = {"reviewed_on": reviewed_on, "reviewed_by_name": reviewed_by_name.strip()}
    release = TextRelease(
        organisation_id=by.organisation_id,
        text_key=text_key(survey),
        language=language,
        version=survey.wording,
        **checked,
    )
    release.full_clean()
    release.save()
    record(release, key=release.text_key, language=language, version=release.version)
    return release
