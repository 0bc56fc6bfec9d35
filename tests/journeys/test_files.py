"""The signed plan comes back from the scanner, and the mail log of whoever administers, in a real browser."""

import pytest
from django.utils import timezone

from lotse.casework.actions.plans import sign
from lotse.casework.models import PlanScan
from lotse.correspondence.letters import TEST
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail
from tests.documents.files import PROGRAM, pdf
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)


def show(page, accessible):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        accessible()


def test_scan_of_the_signed_plan(world, page, sign_in, accessible, tmp_path):
    plan = sign(by=world.counsellor.actor, plan=make.plan(world, agreed=True), on=timezone.localdate())
    (tmp_path / "virus.pdf").write_bytes(PROGRAM)
    (tmp_path / "Plan.pdf").write_bytes(pdf("Unterschriften"))
    sign_in(world.counsellor)
    page.goto(f"/akte/{plan.client.public_id}/plan/")
    page.get_by_role("link", name="ablegen").click()

    page.get_by_label("Scan oder Foto").set_input_files(tmp_path / "virus.pdf")
    page.get_by_role("button", name="Ablegen").click()
    page.get_by_role("alert").get_by_text("Das ist kein PDF, JPEG oder PNG").wait_for()
    show(page, accessible)

    page.get_by_label("Scan oder Foto").set_input_files(tmp_path / "Plan.pdf")
    page.get_by_role("button", name="Ablegen").click()
    page.get_by_text("Unterschriebener Plan abgelegt.").wait_for()
    show(page, accessible)
    with page.expect_download() as download:
        page.get_by_role("link", name="Plan.pdf", exact=True).click()
    assert download.value.path().read_bytes() == pdf("Unterschriften")

    page.get_by_role("link", name="löschen Plan.pdf").click()
    page.get_by_label("irrtümlich abgelegt").check()
    show(page, accessible)
    page.get_by_role("button", name="Endgültig löschen").click()
    page.get_by_text("Datei gelöscht.").wait_for()
    assert PlanScan.objects.get().file.deleted_at is not None


def test_mail_log(world, page, sign_in, accessible):
    for state in ("failed", "waiting"):
        made = queue_mail(TEST, organisation_id=world.nordstadt.pk, to=f"{state}@lotse.example")
        error = "Der Mailserver ist nicht erreichbar."
        OutgoingMail.objects.filter(pk=made.pk).update(state=state, error=error, sent_at=None)
    sign_in(world.sysadmin)
    page.get_by_role("link", name="Postausgang").first.click()
    page.get_by_text("failed@lotse.example").first.wait_for()
    show(page, accessible)

    page.get_by_label("Adresse").fill("technik@lotse.example")
    page.get_by_role("button", name="Verschicken", exact=True).click()
    page.get_by_text("Probenachricht auf dem Weg.").wait_for()
    page.get_by_role("cell", name="technik@lotse.example").wait_for()
