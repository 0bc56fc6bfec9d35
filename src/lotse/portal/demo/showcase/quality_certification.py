"""Two procedures of one carrier by invented standards: one certified by a split vote, one in rework with a document withheld."""

from datetime import date

from lotse.documents.intake import produced
from lotse.documents.rendering import Document, Heading, Paragraph, render_pdf
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

STANDARDS, SEAL, BODY = "demo-2-regime-1", "beispiel-siegel", "Zertifizierungsstelle Beispiel"
SEATS = (
    ("Gero", "Gutachter-Beispiel", Side.ASSESSOR, False), ("Vera", "Vorsitz-Beispiel", Side.BOARD, True),
    ("Bela", "Beirat-Beispiel", Side.BOARD, False), ("Cleo", "Beirat-Beispiel", Side.BOARD, False),
)  # fmt: skip
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
    _certified(stage, seats, _submitted(stage, seats, seal, ()))
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
    _agreed(stage, seats[0], made)
    for item in made.checklist.select_related("criterion"):
        note = PARTLY.get(item.criterion.slug, "")
        checklist.answer(by=by, item=item, answer=Rating.PARTLY if note else Rating.FULFILLED, note=note)
    for title, slugs in papers:
        _document(stage, made, title, slugs)
    if papers:
        _document(stage, made, *WITHHELD, mode=SubmissionMode.ON_SITE_ONLY)
    checklist.submit_checklist(by=by, certification=made)
    return made


def _agreed(stage: Stage, assessor: Player, made: Certification) -> None:
    by = stage.helin.actor
    with produced(_printed("Vertrag"), "vertrag.pdf", by=by) as received:
        acts.keep_contract(
            by=by, certification=made, signed_by_house_on=stage.ago(160), signed_by_body_on=stage.ago(150), received=received
        )  # fmt: skip
    days = {"3": stage.ahead(0), "4": stage.ahead(30), "5": stage.ahead(60), "7": stage.ahead(100)}
    acts.propose_schedule(by=by, certification=made, days=days)
    acts.agree_schedule(by=assessor.actor, certification=made)


def _document(
    stage: Stage, made: Certification, title: str, slugs: tuple[str, ...], mode: SubmissionMode = SubmissionMode.SUBMIT
) -> None:
    by, year = stage.helin.actor, stage.last_year
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
    assessing.write_feedback(by=assessor, certification=made, summary="Alle Standards sind belegt.")
    assessing.issue_feedback(by=assessor, certification=made)
    visit = assessing.plan_visit(by=assessor, certification=made, on=stage.today)
    assessing.note_interview(
        by=assessor, visit=visit, function="Leitung und Team", text="Alle kennen die Beschreibung des Angebots."
    )
    assessing.finish_visit(by=assessor, certification=made, on=stage.today)
    words = "Die Standards sind beschrieben und werden gelebt."
    assessing.write_report(by=assessor, certification=made, text=words, recommendation=Outcome.GRANTED)
    assessing.present_report(by=assessor, certification=made)
    for actor, vote in zip(board, VOTES, strict=True):
        deciding.cast_vote(by=actor, certification=made, vote=vote)
    deciding.decide(by=board[0], certification=made, outcome=Outcome.GRANTED, on=stage.today)
