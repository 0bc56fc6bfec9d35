"""Money asked for beside the grant, in every stand, and the duties of two carriers in two years."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lotse.documents.intake import produced
from lotse.documents.rendering import Document, Heading, Paragraph, render_pdf
from lotse.funding.actions import subsidies as acts
from lotse.funding.actions.duties import check_duty
from lotse.funding.actions.ledger import book
from lotse.funding.enums import DutyState, EntryKind, SubsidyState
from lotse.funding.models import Subsidy
from lotse.funding.packaged import duties_of
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.models import Grant, GrantAgency

TOWN = {"addressee": "Stadt Musterberg, Die Bürgermeisterin", "address": "Rathausplatz 1\n00000 Musterberg"}
ANSWERS = (DutyState.YES, DutyState.YES, DutyState.PARTLY, DutyState.YES, DutyState.NO)


def tell(stage: Stage) -> None:
    by, grant = stage.district.lead, Grant.objects.order_by("-first_year").first()
    if grant is None:
        return
    carriers = _carriers(grant)
    _draft(stage, by, carriers[0])
    _waiting(stage, by, carriers[0])
    _awarded(stage, by, carriers[0], grant)
    for carrier in carriers[:2]:
        _duties(stage, by, carrier)


def _carriers(grant: Grant) -> list[Organisation]:
    rows = GrantAgency.objects.filter(grant=grant).order_by("pk").select_related("organisation")
    return list(dict.fromkeys(row.organisation for row in rows))


def _begun(stage: Stage, by: Player, carrier: Organisation, subject: str, requested: int, **more: Any) -> Subsidy:
    year = stage.today.year
    values = {
        **TOWN, "kind": "municipality", "subject": subject, "dated_on": stage.today, "eligible_costs": Decimal(99_000),
        "uncovered": Decimal(10_000), "requested": Decimal(requested), "first_year": year, "last_year": year + 1,
        "funder": "das Land", "text": "Der Bedarf wächst. Die Förderung deckt nicht alle Kosten.",
        "copies_to": "Fraktionen im Rat", **more,
    }  # fmt: skip
    made = acts.begin_subsidy(by=by.actor, carrier=carrier, **values)
    acts.add_other_post(
        by=by.actor, subsidy=made, name="Fachkraft (Beispiel)", fte=Decimal("1.00"), since=date(year, 1, 1),
        qualification="Sozialarbeit", languages="Arabisch, Französisch",
    )  # fmt: skip
    return made


def _draft(stage: Stage, by: Player, carrier: Organisation) -> None:
    begun = _begun(stage, by, carrier, "Beratung im Quartier", 10_000)
    words = Document(
        "Konzept (Beispiel)", (Heading("Konzept (Beispiel)"), Paragraph("Ein Beispiel für die Vorführung."))
    )
    with produced(render_pdf(words), "konzept.pdf", by=by.actor) as received:
        acts.attach(by=by.actor, subsidy=begun, title="Konzept", received=received)


def _waiting(stage: Stage, by: Player, carrier: Organisation) -> None:
    club = {"kind": "other", "addressee": "Service-Club Musterberg (Beispiel)", "address": ""}
    begun = _begun(stage, by, carrier, "Schulranzen zum Schulanfang", 1_500, **club)
    acts.send_subsidy(by=by.actor, subsidy=begun, on=stage.ago(40))


def _awarded(stage: Stage, by: Player, carrier: Organisation, grant: Grant) -> None:
    begun = _begun(stage, by, carrier, "Sprachcafé", 8_000, first_year=grant.first_year, last_year=grant.last_year)
    sent = acts.send_subsidy(by=by.actor, subsidy=begun, on=stage.ago(90))
    given = acts.decide_subsidy(
        by=by.actor, subsidy=sent, state=SubsidyState.PARTLY, on=stage.ago(30), awarded=Decimal(6_000),
        proof_due_on=stage.today + timedelta(days=20),
    )  # fmt: skip
    came = book(
        by=by.actor, grant=grant, carrier=carrier, kind=EntryKind.INCOME, funding_year=grant.first_year,
        on=stage.ago(20), amount=Decimal(6_000), payee=TOWN["addressee"], reason="Zuschuss Sprachcafé",
    )  # fmt: skip
    acts.note_use(by=by.actor, subsidy=given, entry=came)


def _duties(stage: Stage, by: Player, carrier: Organisation) -> None:
    for year, shift in ((stage.last_year, 0), (stage.today.year, 1)):
        points = [point for point in duties_of(year).points if not point.reads]
        for number, point in enumerate(points[: len(points) - shift]):
            state = ANSWERS[(number + shift) % len(ANSWERS)]
            check_duty(by=by.actor, carrier=carrier, year=year, key=point.key, state=state, note="Beispiel")
