"""A year of two agencies: what they did and plan, their proofs, costs, volunteers, material, and a list that is open today."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice

from lotse.agency.actions.attendance import open_sheet, sign_in
from lotse.agency.actions.materials import add_material, lend
from lotse.agency.actions.measures import Entry, call_off_measure, enter_measure
from lotse.agency.actions.proofs import file_proof
from lotse.agency.actions.volunteers import add_deployment, add_volunteer
from lotse.agency.actions.vouchers import add_voucher
from lotse.agency.models import Measure, SocialSpace, Task, Volunteer
from lotse.agency.papers import paper_list
from lotse.agency.queries.measures import tasks_for
from lotse.documents.enums import EvidenceKind
from lotse.documents.intake import produced
from lotse.documents.rendering import render_pdf
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Membership, Organisation
from lotse.organisations.who import actor_for
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.enums import VoucherKind

AGENCIES = ("Integrationsagentur Essen", "Integrationsagentur Duisburg-Laar")
# title, kind, activity, place, participants
DONE = (
    ("Elterncafé in der Grundschule", "event", "be_parenting", "Grundschule am Park", 14),
    ("Fortbildung: Sprachmittlung gut nutzen", "training", "ikoe_train", "Bürgerhaus", 22),
    ("Rundgang durch das Quartier", "excursion", "sr_offers_known", "Hochfeld", 18),
    ("Beratung der Kita zur Elternarbeit", "institution_advice", "ikoe_advise", "Kita Regenbogen", 6),
    ("Werkstatt gegen Vorurteile", "workshop", "ad_democracy", "Jugendzentrum", 16),
    ("Lesepaten treffen sich", "volunteer_deployment", "be_accompany", "Stadtbibliothek", 9),
    ("Runde der Migrant*innenorganisationen", "network_meeting", "be_potentials", "Vereinsheim", 12),
    ("Nachbarschaftsfest", "event", "sr_neighbourhood", "Marktplatz", 140),
)
COMING = (
    ("Infoabend Ausbildung", "event", "ikoe_lead", "Berufskolleg", 9),
    ("Lesefest im Hof", "event", "be_culture", "Hof der Schule", 23),
)
OFTEN, EVERY = 32, timedelta(days=11)
HELPERS = (
    ("Ayla Beispiel", "Lesepatin, spricht Türkisch"),
    ("Bo Muster", "begleitet zu Ämtern"),
    ("Chiara Probe", "leitet die Nähgruppe"),
)
WHY = {
    "occasion": "Eltern sagen, dass sie die Schule nicht verstehen und niemanden zum Fragen haben.",
    "actors": "Schulleitung, Elternverein, zwei Ehrenamtliche",
    "expected_change": "Eltern kommen von sich aus zum Sprechtag.",
    "result": "Drei Mütter laden ab jetzt selbst ein.",
}


def tell(stage: Stage) -> None:
    for name in AGENCIES:
        agency = Organisation.objects.select_related("parent").get(name=name)
        works_here = Membership.objects.filter(organisation=agency, role="integration_specialist").order_by("pk")[0]
        _year(actor_for(works_here.person), agency, stage.today)


def _year(by: Actor, agency: Organisation, today: date) -> None:
    held = list(_held(by, agency, today))
    _planned(by, agency, today)
    _proofs(by, held)
    _costs(by, held)
    _helpers(by, agency, held)
    _material(by, agency, today)
    _open_list(by, held[0], today)


def _held(by: Actor, agency: Organisation, today: date) -> Iterator[Measure]:
    """The newest first; now and then one belongs to no task yet, and one was not counted."""
    space = SocialSpace.objects.filter(agency=agency).first()
    for number, (title, kind, activity, place, people) in enumerate(islice(cycle(DONE), OFTEN)):
        on = today - number * EVERY
        told = WHY if number % 4 == 0 else {}
        values = {
            "title": title, "kind": kind, "activity": activity, "place": place, "on": on, "space": space,
            "task": _task(by, agency, on, number), "participants": people + number if number % 7 else None, **told,
        }  # fmt: skip
        groups = {"adults": people - 4 + number, "volunteers": 4} if number % 3 == 1 and number % 7 else {}
        yield enter_measure(by=by, agency=agency, entry=Entry(values, groups))


def _task(by: Actor, agency: Organisation, on: date, number: int) -> Task | None:
    tasks = list(tasks_for(by, [agency], [on.year]))
    return tasks[number % len(tasks)] if tasks and number % 6 else None


def _planned(by: Actor, agency: Organisation, today: date) -> None:
    made = []
    for title, kind, activity, place, days in COMING:
        values = {
            "title": title,
            "kind": kind,
            "activity": activity,
            "place": place,
            "on": today + timedelta(days=days),
        }
        made.append(enter_measure(by=by, agency=agency, entry=Entry(values)))
    call_off_measure(by=by, measure=made[0], reason="Die Referentin ist krank.")


def _proofs(by: Actor, held: list[Measure]) -> None:
    """Most have one; what is new has none yet."""
    content = render_pdf(paper_list(held[0]))
    for number, measure in enumerate(held[2:], 2):
        if number % 5:
            kind = EvidenceKind.PRESS if number % 8 == 1 else EvidenceKind.ATTENDANCE_LIST
            with produced(content, f"Nachweis {measure.on:%Y-%m-%d}.pdf", by=by) as received:
                file_proof(by=by, measure=measure, received=received, kind=kind)


def _costs(by: Actor, held: list[Measure]) -> None:
    for number, measure in enumerate(held[1::6]):
        paid = {"on": measure.on, "payee": "Bäckerei Beispiel", "reason": "Gebäck und Getränke"}
        add_voucher(by=by, measure=measure, kind=VoucherKind.EXPENSE, amount=Decimal("24.80") + number * 7, **paid)
    given = {"on": held[7].on, "payee": "Sparkasse Beispielstadt", "reason": "Für das Nachbarschaftsfest"}
    add_voucher(by=by, measure=held[7], kind=VoucherKind.DONATION, amount=Decimal(300), **given)


def _helpers(by: Actor, agency: Organisation, held: list[Measure]) -> None:
    since = held[-1].on
    helpers: list[Volunteer] = [
        add_volunteer(by=by, agency=agency, name=name, qualification=what, since=since) for name, what in HELPERS
    ]
    for number, measure in enumerate(held[::2]):
        helper = helpers[number % len(helpers)]
        add_deployment(by=by, volunteer=helper, on=measure.on, minutes=90 + 15 * (number % 3), measure=measure)


def _material(by: Actor, agency: Organisation, today: date) -> None:
    for name, note, out in (
        ("Vorlesekoffer", "zwölf Bücher in vier Sprachen", 30),
        ("Ausstellung „Ankommen“", "acht Tafeln", 3),
    ):
        material = add_material(by=by, agency=agency, name=name, note=note)
        lent_on = today - timedelta(days=out)
        lend(
            by=by,
            material=material,
            borrower="Grundschule am Park",
            lent_on=lent_on,
            due_on=lent_on + timedelta(days=14),
        )
    add_material(by=by, agency=agency, name="Spielekiste", note="Spiele ohne viele Worte")


def _open_list(by: Actor, measure: Measure, today: date) -> None:
    sheet = open_sheet(by=by, measure=measure, on=today)
    guest = SystemActor("Anwesenheitsliste", organisation_id=sheet.organisation_id, public_id=sheet.public_id)
    for name, _what in HELPERS:
        sign_in(by=guest, sheet=sheet, name=name, institution="Elternverein")
