"""Beside the chain of the agencies: somebody new in Essen, a concept, a training, a question to the district, four pages of a handbook."""

from lotse.agency.actions import support as acts
from lotse.agency.models import HandbookPage, Onboarding
from lotse.organisations.models import Membership, Organisation
from lotse.organisations.who import actor_for
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage

AGENCY = "Integrationsagentur Essen"
PAGES = (
    ("Planen", "Von den Daten zum Bedarf", "Nehmen Sie nur Daten auf, mit denen Sie arbeiten.\n\nZu jedem Datum gehört ein Bedarf, zu jedem Bedarf eine Aufgabe."),
    ("Planen", "Ein Thema, keine Veranstaltung", "Eine Aufgabe baut ab, was Integration hindert, oder auf, was sie fördert. Ein Fest kann ein Schritt dahin sein."),
    ("Berichten", "Der Sachbericht", "Kurze Sätze. Jede Maßnahme kommt vor. Was anders kam als geplant, steht mit dem Grund dabei."),
    ("Zusammenarbeiten", "Mit Migrantenselbstorganisationen", "Fragen Sie zuerst, was der Verein braucht. Verabreden Sie, wer wofür steht und wer bezahlt."),
)  # fmt: skip
CONCEPT = {
    "title": "Lesepatinnen im Quartier", "subtitle": "Vorlesen in drei Sprachen", "level": "rough",
    "summary": "Ehrenamtliche lesen in der Bücherei vor, auf Deutsch, Arabisch und Türkisch.",
    "situation": "In zwei Kitas wird kaum vorgelesen; die Bücherei erreicht die Familien nicht.",
    "strategy": "Kinder von drei bis sechs und ihre Eltern. Ansprache über die Kitas und den Elternverein.",
    "steps": "Sechs Patinnen gewinnen, schulen, ein Nachmittag in der Woche.",
}  # fmt: skip


def worker(agency: Organisation) -> Player:
    """Whoever has worked longest in an agency."""
    role = Membership.objects.filter(organisation=agency, role="integration_specialist").order_by("id").first()
    return Player(role.person, actor_for(role.person))


def tell(stage: Stage) -> None:
    agency = Organisation.objects.get(name=AGENCY)
    who, district = worker(agency), {"by": stage.district.lead.actor, "organisation": stage.district.organisation}
    _first_weeks(stage, agency, who)
    acts.begin_concept(by=who.actor, agency=agency, **CONCEPT)
    acts.ask_advice(by=who.actor, agency=agency, topic="resistance", text="Die Schulleitung lehnt ab. Wer kennt das?")
    pages = [acts.write_page(**district, chapter=c, title=t, body=b) for c, t, b in PAGES]
    _trainings(stage, district, who)
    _talk_about(pages[2], stage, who)


def _first_weeks(stage: Stage, agency: Organisation, who: Player) -> None:
    begun = acts.begin_onboarding(by=who.actor, agency=agency, person=who.person)
    Onboarding.objects.filter(pk=begun.pk).update(begun_on=stage.ago(32))
    for number, step in enumerate(begun.steps.all()[:3]):
        day, note = stage.ago(30 - 7 * number), "Vorgestellt und Kontaktdaten getauscht."
        acts.keep_first_step(by=who.actor, step=step, done_on=day, note=note)


def _trainings(stage: Stage, district: dict, who: Player) -> None:
    offered = acts.offer_training(
        **district, kind="training", title="Ehrenamtliche gewinnen und halten", on=stage.ahead(20), hours="10 bis 16 Uhr",
        place="Geschäftsstelle Essen", seats=16, text="Was Menschen suchen, die helfen wollen, und was sie bleiben lässt.",
    )  # fmt: skip
    acts.offer_training(**district, kind="peer_consultation", title="Fälle aus der Netzwerkarbeit", on=stage.ahead(40))
    acts.join_training(by=who.actor, training=offered)


def _talk_about(page: HandbookPage, stage: Stage, who: Player) -> None:
    acts.mark_read(by=who.actor, page=page)
    idea = acts.suggest(by=who.actor, page=page, text="Ein Beispiel für eine gut erklärte Abweichung würde helfen.")
    acts.answer_suggestion(by=stage.district.lead.actor, suggestion=idea, reply="Gute Idee, ist ergänzt.")
    acts.write_page(
        by=stage.district.lead.actor, organisation=stage.district.organisation, page=page,
        body=page.body + "\n\nBeispiel: „Statt 20 kamen 12, weil der Bus nicht fuhr.“",
    )  # fmt: skip
