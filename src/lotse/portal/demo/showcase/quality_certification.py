"""Two procedures of one carrier by invented standards: one certified by a split vote, long ago, one in rework with a document withheld."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Manager

from lotse.core.dates import months_before
from lotse.documents.intake import produced
from lotse.documents.rendering import Document, Heading, Paragraph, render_pdf
from lotse.organisations.actor import Actor
from lotse.organisations.enums import OrganisationKind as Kind
from lotse.organisations.models import Organisation, Person
from lotse.organisations.who import actor_for
from lotse.portal.demo.showcase.agency_deadlines import office
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import assessing, checklist, deciding
from lotse.quality.actions import certification as acts
from lotse.quality.actions.frameworks import take_over
from lotse.quality.enums import Outcome, Rating, Side, SubmissionMode, Vote
from lotse.quality.models import Certification, Criterion, Framework
from lotse.quality.packaged import packaged
from lotse.quality.rules import CERTIFIED_FOR, valid_until

STANDARDS, SEAL, BODY = "demo-2-regime-1", "beispiel-siegel", "Zertifizierungsstelle Beispiel"
SEATS = (
    ("Gero", "Gutachter-Beispiel", Side.ASSESSOR, False), ("Vera", "Vorsitz-Beispiel", Side.BOARD, True),
    ("Bela", "Beirat-Beispiel", Side.BOARD, False), ("Cleo", "Beirat-Beispiel", Side.BOARD, False),
)  # fmt: skip
ENDS_IN = 70  # days
VOTES = (Vote.YES, Vote.YES, Vote.NO)
PARTLY = {
    "b-2-3": "Die Nachweise liegen noch nicht für alle vor.",
    "b-3-1": "Geprüft wird das Schutzkonzept im Herbst.",
}
SAID = {
    "b-2-3": "Bitte die Fortbildungen des letzten Jahres belegen.",
    "b-3-1": "Wann wird geprüft, und wer ist beteiligt?",
}
PAPERS = (("Angebotsbeschreibung", ("b-1-1", "b-1-2")), ("Leitbild", ("b-4-1",)), ("Organigramm", ("b-4-2",)))
WITHHELD = ("Personalakten: Qualifikationsnachweise", ("b-2-1", "b-2-2"))


def tell(stage: Stage) -> None:
    seats = _seats()
    seal = Framework.objects.get(organisation=stage.own.organisation, key=SEAL)
    certified = _submitted(stage, seats, seal, ())
    _certified(stage, seats, certified)
    _long_ago(certified, months_before(stage.ahead(ENDS_IN), CERTIFIED_FOR))
    made = take_over(by=stage.helin.actor, organisation=stage.own.organisation, content=packaged()[STANDARDS])
    _in_rework(stage, seats, _submitted(stage, seats, made, PAPERS))


def _seats() -> list[Player]:
    body = office(BODY, Kind.CERTIFICATION_BODY)
    return [_guest(body, first, last) for first, last, _side, _chair in SEATS]


def _guest(body: Organisation, first: str, last: str) -> Player:
    person = Person.objects.create(organisation=body, first_name=first, last_name=last)
    return Player(person, actor_for(person))


def _submitted(
    stage: Stage, seats: list[Player], framework: Framework, papers: tuple[tuple[str, tuple[str, ...]], ...]
) -> Certification:
    by = stage.helin.actor
    made = acts.register(by=by, framework=framework, body=BODY)
    for player, (_first, _last, side, is_chair) in zip(seats, SEATS, strict=True):
        acts.add_participant(
            by=by, certification=made, person=player.person, side=side, is_chair=is_chair, valid_from=stage.ago(200),
            valid_to=stage.ahead(300),
        )  # fmt: skip
    agreed(stage, by, seats[0].actor, made)
    answered(by, made, PARTLY)
    for title, slugs in papers:
        handed_over(stage, by, made, title, slugs)
    if papers:
        handed_over(stage, by, made, *WITHHELD, mode=SubmissionMode.ON_SITE_ONLY)
    checklist.submit_checklist(by=by, certification=made)
    return made


def answered(by: Actor, made: Certification, partly: Mapping[str, str]) -> None:
    for item in made.checklist.filter(submitted_on=None).select_related("criterion"):
        note = partly.get(item.criterion.slug, "")
        checklist.answer(by=by, item=item, answer=Rating.PARTLY if note else Rating.FULFILLED, note=note)


def agreed(stage: Stage, by: Actor, assessor: Actor, made: Certification) -> None:
    with produced(_printed("Vertrag"), "vertrag.pdf", by=by) as received:
        acts.keep_contract(
            by=by, certification=made, signed_by_house_on=stage.ago(160), signed_by_body_on=stage.ago(150), received=received
        )  # fmt: skip
    days = {"3": stage.ahead(0), "4": stage.ahead(30), "5": stage.ahead(60), "7": stage.ahead(100)}
    acts.propose_schedule(by=by, certification=made, days=days)
    acts.agree_schedule(by=assessor, certification=made)


def handed_over(
    stage: Stage, by: Actor, made: Certification, title: str, slugs: tuple[str, ...],
    mode: SubmissionMode = SubmissionMode.SUBMIT,
) -> None:  # fmt: skip
    year = stage.last_year
    values = {
        "by": by, "certification": made, "title": title, "mode": mode, "proves_from": date(year, 1, 1),
        "proves_to": date(year, 12, 31), "criteria": Criterion.objects.filter(framework=made.framework, slug__in=slugs),
    }  # fmt: skip
    if mode == SubmissionMode.ON_SITE_ONLY:
        checklist.add_document(**values)
        return
    with produced(_printed(title), f"{title.lower()}.pdf", by=by) as received:
        checklist.add_document(received=received, **values)


def _printed(title: str) -> bytes:
    title = f"{title} (Beispiel)"
    return render_pdf(Document(title, (Heading(title), Paragraph("Erfunden, zur Vorführung."))))


def _in_rework(stage: Stage, seats: list[Player], made: Certification) -> None:
    by = seats[0].actor
    summary = "Die Unterlagen sind gut geordnet. Zu zwei Standards brauchen wir mehr."
    assessing.write_feedback(by=by, certification=made, summary=summary)
    for slug, text in SAID.items():
        criterion = Criterion.objects.get(framework=made.framework, slug=slug)
        assessing.remark(by=by, certification=made, criterion=criterion, text=text, needs_rework=True)
    assessing.issue_feedback(by=by, certification=made)


def _certified(stage: Stage, seats: list[Player], made: Certification) -> None:
    assessor, *board = (player.actor for player in seats)
    presented(stage, assessor, made)
    for actor, vote in zip(board, VOTES, strict=True):
        deciding.cast_vote(by=actor, certification=made, vote=vote)
    deciding.decide(by=board[0], certification=made, outcome=Outcome.GRANTED, on=stage.today)


def presented(stage: Stage, assessor: Actor, made: Certification) -> None:
    """From the documents that were handed in to the report that the board reads."""
    of = {"by": assessor, "certification": made}
    assessing.write_feedback(**of, summary="Alle Standards sind belegt.")
    assessing.issue_feedback(**of)
    visit = assessing.plan_visit(**of, on=stage.today)
    assessing.note_interview(
        by=assessor, visit=visit, function="Leitung und Team", text="Alle kennen die Beschreibung des Angebots."
    )
    for check in visit.checks.all():
        assessing.check_on_site(by=assessor, check=check, was_seen=True, remark="")
    assessing.finish_visit(**of, on=stage.today)
    words = "Die Standards sind beschrieben und werden gelebt."
    assessing.write_report(**of, text=words, recommendation=Outcome.GRANTED)
    assessing.present_report(**of)


def _long_ago(made: Certification, decided_on: date) -> None:
    """An action cannot decide in the past; this certificate ends in a few weeks."""
    certificate = made.certificates.get()
    back, year = certificate.decided_on - decided_on, decided_on.year
    _earlier(made.contracts, back, "signed_by_house_on", "signed_by_body_on")
    _earlier(made.schedule, back, "on", "house_agreed_on", "body_agreed_on")
    _earlier(made.checklist, back, "submitted_on")
    _earlier(made.feedback, back, "issued_on")
    _earlier(made.visits, back, "on", "done_on")
    _earlier(made.audit_reports, back, "presented_on")
    _earlier(made.decisions, back, "on", "report_presented_on")
    _earlier(made.events, back, "created_at")
    _earlier(made.participants, back, "valid_from", "valid_to")
    made.certificates.update(
        decided_on=decided_on, valid_until=valid_until(decided_on), number=_of_year(certificate.number, year)
    )
    Certification.objects.filter(pk=made.pk).update(
        registered_on=decided_on - timedelta(days=200), number=_of_year(made.number, year)
    )


def _earlier(rows: Manager, back: timedelta, *names: str) -> None:
    """Row by row: each has days of its own."""
    for row in rows.all():
        rows.filter(pk=row.pk).update(**{name: getattr(row, name) - back for name in names if getattr(row, name)})


def _of_year(number: str, year: int) -> str:
    letter, _year, sign = number.split("-")
    return f"{letter}-{year}-{sign}"
