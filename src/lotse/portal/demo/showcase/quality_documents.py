"""A carrier's documents: a mission everyone has read, a concept that is overdue, a draft that waits; a manual, and devices."""

from collections.abc import Sequence
from datetime import date

from lotse.core.dates import months_before
from lotse.documents.intake import produced
from lotse.documents.rendering import Document, Heading, Paragraph, render_pdf
from lotse.organisations.who import actor_for
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.quality.actions import equipment as devices
from lotse.quality.actions import governed, manual
from lotse.quality.actions import governed_versions as steps
from lotse.quality.actions.frameworks import set_reference
from lotse.quality.enums import CheckResult, DocumentKind, EquipmentKind, ReviewResult
from lotse.quality.models import Criterion, GovernedDocument, GovernedVersion, ManualChapter
from lotse.quality.packaged import EXAMPLE, packaged

MISSION = (
    "Wir beraten Menschen, die nach Deutschland gekommen sind, unabhängig von Herkunft, Religion und Aufenthaltsstatus.",
    "Jede Person entscheidet selbst, welche Schritte sie geht. Wir zeigen Wege, wir gehen sie nicht an ihrer Stelle.",
    "Unsere Beratung ist kostenlos und vertraulich.",
)
NEWER = (
    MISSION[0],
    "Jede Person entscheidet selbst, welche Schritte sie geht. Wir zeigen Wege und begleiten, wo es gewünscht ist.",
    MISSION[2],
    "Wir sagen Nein zu Diskriminierung und helfen, sich zu wehren.",
)
CONCEPT = (
    "Ziele: Menschen finden sich zurecht, sprechen für sich und haben teil.",
    "Wir arbeiten nach den Standards des Verbands und prüfen jedes Jahr, ob unser Angebot zum Bedarf passt.",
    "Wir arbeiten mit Behörden, Schulen, Ärzt*innen und Vereinen im Stadtteil zusammen.",
)
PROCEDURE = (
    "Im Erstgespräch klären wir Anliegen und Erwartungen und entscheiden gemeinsam, wie es weitergeht.",
    "Das Ergebnis steht noch am selben Tag in der Akte.",
)
KEYS = ("Schlüssel werden nur gegen Unterschrift ausgegeben. Die Liste liegt im Tresor der Verwaltung.",)
CHAPTERS: tuple[tuple[str, str, str, str], ...] = (
    ("1", "Grundlagen", "", ""), ("1.1", "Leitbild", "Unser Leitbild hängt in jeder Beratungsstelle aus.", "mi-1.1-a"),
    ("1.2", "Konzeption", "Die Konzeption beschreibt, was wir anbieten und wie.", "mi-1.2"),
    ("2", "Erbringung der Dienstleistung", "", ""),
    ("2.1", "Erstgespräch", "Das Verfahren steht im Dokument nebenan.", "mi-2.1-c"),
    ("7", "Materialien und Geräte", "Alle Geräte stehen in Lotse unter „Geräte und Material“ mit dem Tag ihrer Prüfung.", "mi-7"),
)  # fmt: skip


def tell(stage: Stage) -> None:
    mission = _mission(stage)
    concept = _approved(stage, _document(stage, "concept", "K 1", "Konzeption der Migrationsberatung"), CONCEPT, 14)
    steps.review_version(
        by=stage.own.lead.actor, version=concept, result=ReviewResult.NEW_VERSION, on=stage.ago(20),
        note="Der Abschnitt zur Zusammenarbeit mit Schulen fehlt.",
    )  # fmt: skip
    standard = _document(stage, "procedure", "V 1", "Erstgespräch", roles=("counsellor", "intman", "technical_lead"))
    procedure = _approved(stage, standard, PROCEDURE, 10)
    steps.review_version(by=stage.own.lead.actor, version=procedure, result=ReviewResult.UNCHANGED, on=stage.ago(30))
    _waiting(stage)
    _manual(stage, {"1.1": mission.document, "1.2": concept.document, "2.1": procedure.document})
    _devices(stage)


def _document(
    stage: Stage, kind: str, number: str, title: str, roles: Sequence[str] = (), is_confidential: bool = False
) -> GovernedDocument:
    return governed.enter_document(
        by=stage.own.manager.actor, organisation=stage.own.organisation, kind=DocumentKind(kind), number=number, title=title,
        owner=stage.own.lead.person, roles=roles, is_confidential=is_confidential,
    )  # fmt: skip


def _approved(
    stage: Stage, document: GovernedDocument, text: Sequence[str], months: int, change_note: str = ""
) -> GovernedVersion:
    by, on = stage.own.lead.actor, _ago(stage, months)
    made = steps.begin_version(by=by, document=document, text="\n\n".join(text), change_note=change_note)
    steps.submit_version(by=by, version=made)
    return steps.approve_version(by=stage.own.manager.actor, version=made, valid_from=on, on=on)


def _ago(stage: Stage, months: int) -> date:
    return months_before(stage.today, months)


def _mission(stage: Stage) -> GovernedVersion:
    """Two versions to compare; of the newer one, some have still to say that they have read it."""
    document = _document(stage, "mission", "L 1", "Leitbild")
    _approved(stage, document, MISSION, 26)
    made = _approved(stage, document, NEWER, 3, "Begleitung und Schutz vor Diskriminierung sind neu.")
    readers: tuple[Player, ...] = (stage.own.lead, stage.own.manager, stage.jonas)
    for reader in readers:
        governed.acknowledge(by=actor_for(reader.person), version=made)
    return made


def _waiting(stage: Stage) -> None:
    """A file that is confidential, handed in and not yet approved."""
    document = _document(
        stage, "instruction", "DA 6", "Umgang mit Schlüsseln", ("technical_lead",), is_confidential=True
    )
    paper = Document("Dienstanweisung 6", (Heading("Umgang mit Schlüsseln"), *(Paragraph(text) for text in KEYS)))
    by = stage.own.lead.actor
    with produced(render_pdf(paper), "dienstanweisung-6.pdf", by=by) as received:
        made = steps.begin_version(by=by, document=document, received=received)
    steps.submit_version(by=by, version=made)


def _manual(stage: Stage, documents: dict[str, GovernedDocument]) -> None:
    house, by, known = stage.own.organisation, stage.own.lead.actor, dict[str, ManualChapter]()
    rows = Criterion.objects.filter(framework__organisation=house, framework__key=packaged()[EXAMPLE].key)
    criteria = {one.slug: one for one in rows}
    for number, title, text, slug in CHAPTERS:
        above = known.get(number.partition(".")[0])
        known[number] = manual.add_chapter(
            by=by, organisation=house, number=number, title=title, text=text, parent=above, document=documents.get(number)
        )  # fmt: skip
        if slug in criteria:
            set_reference(by=by, criterion=criteria[slug], text="", chapter=known[number])


def _devices(stage: Stage) -> None:
    own = {"by": stage.own.manager.actor, "organisation": stage.own.organisation, "site": stage.site}
    first_aid = devices.enter_equipment(
        **own, name="Verbandkasten", kind=EquipmentKind.SAFETY, place="Empfang, unter der Theke", inventory_number="S 1",
        responsible=stage.mara.person, check_every=12, bought_on=stage.ago(700),
    )  # fmt: skip
    printer = devices.enter_equipment(
        **own, name="Drucker im Beratungsraum", kind=EquipmentKind.DEVICE, place="Raum 12", inventory_number="G 4",
        responsible=stage.jonas.person, check_every=6, storage_note="Toner im Schrank daneben lagern, nicht am Heizkörper.",
        bought_on=stage.ago(500),
    )  # fmt: skip
    old = devices.enter_equipment(**own, name="Altes Faxgerät", kind=EquipmentKind.DEVICE, inventory_number="G 1")
    devices.check_equipment(by=stage.mara.actor, equipment=first_aid, result=CheckResult.OK, on=stage.ago(380))
    devices.check_equipment(
        by=stage.jonas.actor, equipment=printer, result=CheckResult.DEFECT, note="Zieht das Papier schief ein.", on=stage.ago(12)
    )  # fmt: skip
    devices.check_equipment(by=stage.own.manager.actor, equipment=old, result=CheckResult.DISCARDED, on=stage.ago(40))
