"""Posts of the district: what pays for them, and changes at every stage of their way."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lotse.documents.intake import produced
from lotse.documents.rendering import render_pdf
from lotse.funding.actions.qualification import Said, note_qualification
from lotse.funding.actions.staff import report_change
from lotse.funding.actions.staff_processes import forward_process, note_answer
from lotse.funding.actions.staff_takeover import take_over
from lotse.funding.enums_staff import ChangeKind, ProcessCode, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from lotse.funding.staff_papers import change_letter
from lotse.organisations.models import PostShare
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.actions.programmes import fund_share
from lotse.programmes.models import Grant

HALF = Decimal("0.50")


def tell(stage: Stage) -> None:
    for grant in Grant.objects.order_by("first_year"):
        _pay(stage, grant)
    running = Grant.objects.order_by("-first_year").first()
    if running:
        _changes(stage, running)
        _profile(stage)


def _pay(stage: Stage, grant: Grant) -> None:
    """All that is filled in its agencies, for its years."""
    first, last = date(grant.first_year, 1, 1), date(grant.last_year, 12, 31)
    filled = PostShare.objects.filter(post__organisation__in=grant.agencies.values("agency"), valid_from__lte=last)
    for share in filled.order_by("pk"):
        fund_share(
            by=stage.district.lead.actor, programme=grant.programme, share=share, fte=share.fte, grant=grant,
            valid_from=max(first, share.valid_from), valid_to=last,
        )  # fmt: skip


def _changes(stage: Stage, grant: Grant) -> None:
    comes = {"newcomer_fte": HALF, "newcomer_from": stage.ahead(60)}
    leave = _told(stage, grant, "Essen", ChangeKind.PARENTAL, stage.ahead(60), newcomer_name="Samira Beispiel", **comes)
    _send(stage, leave.processes.get(code=ProcessCode.NEW_HIRE), 3)
    _told(
        stage,
        grant,
        "Kleve",
        ChangeKind.HOURS,
        stage.ahead(45),
        fte_after=Decimal("0.75"),
        email_text="Wir bitten um 0,75.",
    )
    _told(stage, grant, "DU-Marxloh", ChangeKind.ILLNESS, stage.ahead(20))
    late = {"newcomer_fte": HALF, "newcomer_from": stage.ago(10), "newcomer_name": "Jannis Muster"}
    _told(
        stage, grant, "Düsseldorf", ChangeKind.MATERNITY, stage.ago(12), days=2, effective_until=stage.ahead(90), **late
    )
    name = _told(stage, grant, "Wuppertal-Barmen", ChangeKind.PERSONAL, stage.ago(20), days=40, text="Neuer Nachname.")
    leaves = _told(stage, grant, "Meerbusch", ChangeKind.TERMINATION, stage.ahead(50), days=40)
    for row in (name.processes.get(), leaves.processes.get()):
        _answer(stage, _send(stage, row, 35), 25)
    take_over(by=stage.district.lead.actor, change=leaves)


def _told(
    stage: Stage, grant: Grant, agency: str, kind: ChangeKind, day: date, *, days: int = 6, **more: Any
) -> StaffChange:
    """By the coordination, as it came on paper."""
    share = PostShare.objects.filter(post__organisation__name=f"Integrationsagentur {agency}").order_by("-pk")[0]
    values = {"share": share, "kind": kind, "effective_from": day, **more}
    made = report_change(by=stage.district.lead.actor, grant=grant, **values)
    StaffChange.objects.filter(pk=made.pk).update(reported_on=stage.today - timedelta(days))
    return StaffChange.objects.get(pk=made.pk)


def _send(stage: Stage, process: ChangeProcess, days: int) -> ChangeProcess:
    by = stage.district.lead.actor
    with produced(render_pdf(change_letter(process)), "schreiben.pdf", by=by) as received:
        return forward_process(by=by, process=process, on=stage.ago(days), received=received)


def _answer(stage: Stage, process: ChangeProcess, days: int) -> None:
    answer = State.ACKNOWLEDGED if process.kind == ProcessKind.NOTIFY else State.GRANTED
    note_answer(by=stage.district.lead.actor, process=process, answer=answer, on=stage.ago(days))


def _profile(stage: Stage) -> None:
    share = PostShare.objects.filter(post__organisation__name="Integrationsagentur Essen").order_by("pk")[0]
    said = {"methods": Said(True, "seit 2019 im Arbeitsfeld"), "intercultural": Said(True), "psychology": Said(False)}
    note_qualification(by=stage.petra.actor, person=share.person, answers=said)
