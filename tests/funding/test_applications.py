"""One application from many parts: written by the carriers, submitted by the district, kept word for word."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lotse.core.canonical import digest
from lotse.core.errors import NotAllowed
from lotse.documents.rendering.sheets import write_xlsx
from lotse.funding.actions import applications as way
from lotse.funding.actions import parts as acts
from lotse.funding.application_papers import euro, whole_paper, workbook
from lotse.funding.enums import ApplicationState, FundsSource, PartState
from lotse.funding.models import Application, ApplicationVersion, CarrierPart, PartCost, PartFunds, PartPost
from lotse.funding.queries.applications import offered_to, own_share_gaps, part_before, whole_of
from lotse.funding.queries.part_content import Cost, Funds
from lotse.funding.queries.snapshots import changes
from lotse.funding.queries.versions import as_submitted, now_of
from lotse.organisations.models import Post
from lotse.programmes.enums import Bearer
from lotse.programmes.models import Grant, Obligation
from tests.factories import deadlines, funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_applications import filled
from tests.funding.refusing import refused

TODAY = timezone.localdate()


def both(world, grant, **more):
    return [filled(grant, carrier, **more) for carrier in (world.nordstadt, world.suedstadt)]


def handed_in(world, *parts):
    for part in parts:
        way.hand_in_part(by=world.coordinator.actor, part=part, on=TODAY)


def submitted(world, grant):
    handed_in(world, *both(world, grant))
    application = Application.objects.get()
    way.submit(by=world.coordinator.actor, application=application, on=TODAY)
    return application


def test_begun_every_carrier_has_its_part_and_is_told(world, grant, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = way.begin_application(by=world.coordinator.actor, grant=grant)
    assert {part.organisation for part in made.parts.all()} == {world.nordstadt, world.suedstadt}
    assert made.state == ApplicationState.COLLECTING
    assert {mail.subject for mail in mailoutbox} == {"Lotse: Antrag begonnen"}
    assert [world.carrier_manager.user.email] in [mail.to for mail in mailoutbox]
    again = refused(way.begin_application, by=world.coordinator.actor, grant=grant)
    assert again == ["Zu dieser Zuwendung gibt es schon einen Antrag."]


@pytest.mark.rule("FU-03")
def test_only_the_district_begins_submits_and_decides(world, grant):
    by = world.carrier_manager.actor
    with pytest.raises(NotAllowed):
        way.begin_application(by=by, grant=grant)
    application = submitted(world, grant)
    for act, more in (
        (way.submit, {}),
        (way.note_correction, {"remark": "Anlage fehlt"}),
        (way.note_decision, {"granted": True}),
    ):
        with pytest.raises(NotAllowed):
            act(by=by, application=application, on=TODAY, **more)
    with pytest.raises(NotAllowed):
        way.return_part(by=by, part=CarrierPart.objects.get(organisation=world.nordstadt), remark="Bitte neu")


def test_a_carrier_writes_its_own_part_and_no_other(world, house, grant):
    mine, other = funds.part_of(grant, world.nordstadt), funds.part_of(grant, world.suedstadt)
    by = world.carrier_manager.actor
    values = {"title": "Fachkraft", "fte": Decimal("0.75"), "pay_grade": "S 12"}
    post = acts.save_post(by=by, part=mine, agency=house.agency, person=world.worker.person, **values)
    assert (post.organisation, post.fte, post.person) == (world.nordstadt, Decimal("0.75"), world.worker.person)
    with pytest.raises(NotAllowed):
        acts.save_post(by=by, part=other, agency=house.far_agency, **values)
    told = refused(acts.save_post, by=by, part=mine, agency=house.far_agency, **values)
    assert told == ["Diese Integrationsagentur gehört nicht zu diesem Träger."]
    told = refused(acts.save_post, by=by, part=mine, agency=house.agency, person=world.far_worker.person, **values)
    assert told == ["Das gehört zu einem anderen Träger."]


def test_a_post_of_the_agency_is_offered_and_applied_for(world, house, grant):
    """Posts stand with the carrier or with its agency."""
    mine = Post.objects.create(organisation=house.agency, title="Integrationsfachkraft", fte=Decimal("0.75"))
    other = Post.objects.create(organisation=house.far_agency, title="Integrationsfachkraft", fte=Decimal("0.75"))
    part, by = funds.part_of(grant, world.nordstadt), world.carrier_manager.actor
    assert offered_to(part, TODAY).posts == {mine.public_id: mine}
    values = {"by": by, "part": part, "agency": house.agency, "title": mine.title, "fte": mine.fte}
    assert acts.save_post(**values, post=mine).post == mine
    assert refused(acts.save_post, **values, post=other) == ["Das gehört zu einem anderen Träger."]


def test_a_cell_of_the_plan_is_written_changed_and_emptied(world, grant):
    part, line = funds.part_of(grant, world.nordstadt), funds.line_of(grant)
    cell, own = Cost(line.public_id, "", YEAR), Funds(FundsSource.OWN_SHARE, YEAR)
    by = world.carrier_manager.actor

    def save(amount, share, revision=None):
        given = {"costs": {cell: Decimal(amount)}, "funds": {own: Decimal(share)}}
        return acts.save_plan(by=by, part=part, revision=revision, **given)

    assert save("1000.01", "100") == 2
    assert save("1000.01", "100") == 0
    assert save("900", "0") == 2
    assert list(PartCost.objects.values_list("amount", flat=True)) == [Decimal(900)]
    assert PartFunds.objects.count() == 0


def test_of_two_who_write_at_once_the_second_is_told(world, grant):
    part, by = funds.part_of(grant, world.nordstadt), world.carrier_manager.actor
    acts.save_measures(by=by, part=part, measures="Werkstatt", revision=1)
    told = refused(acts.save_measures, by=by, part=part, measures="Fest", revision=1)
    assert told[0].startswith("Inzwischen hat jemand anderes gespeichert.")


def test_what_is_handed_in_is_closed_and_kept_with_its_paper(world, house, grant):
    part = filled(grant, world.nordstadt)
    version = way.hand_in_part(by=world.carrier_manager.actor, part=part, on=TODAY)
    part.refresh_from_db()
    assert (part.state, part.handed_in_on, version.part) == (PartState.HANDED_IN, TODAY, part)
    assert digest(json.loads(version.content)) == version.sha256
    assert version.file.keep_until >= date(grant.last_year + grant.retention_years, 12, 31)
    told = refused(acts.save_measures, by=world.carrier_manager.actor, part=part, measures="Fest")
    assert told == ["Dieser Teil ist eingereicht. Geändert wird er wieder, wenn der Bezirk ihn zurückgibt."]


def test_an_empty_part_and_one_with_more_funds_than_costs_are_not_handed_in(world, grant):
    by, part = world.carrier_manager.actor, funds.part_of(grant, world.nordstadt)
    assert refused(way.hand_in_part, by=by, part=part, on=TODAY) == ["In diesem Teil stehen noch keine Ausgaben."]
    funds.cost_of(grant, world.nordstadt, 5)
    funds.own_funds_of(grant, world.nordstadt, 6)
    told = refused(way.hand_in_part, by=by, part=part, on=TODAY)
    assert told == [f"Im Förderjahr {YEAR} sind die eigenen Mittel höher als die Ausgaben."]
    late = refused(way.hand_in_part, by=by, part=filled(grant, world.nordstadt), on=TODAY + timedelta(1))
    assert late == ["Bitte einen Tag angeben, der nicht in der Zukunft liegt."]


@pytest.mark.rule("FU-03")
def test_nothing_is_submitted_while_a_part_is_missing_or_returned(world, grant):
    north, south = both(world, grant)
    application, by = north.application, world.coordinator.actor
    handed_in(world, north)
    told = refused(way.submit, by=by, application=application, on=TODAY)
    assert told == [f"Es fehlen noch Teile: {south}."]
    handed_in(world, south)
    way.return_part(by=by, part=north, remark="Bitte die Stellen ergänzen")
    assert refused(way.submit, by=by, application=application, on=TODAY) == [f"Es fehlen noch Teile: {north}."]
    handed_in(world, CarrierPart.objects.get(pk=north.pk))
    way.submit(by=by, application=application, on=TODAY)
    application.refresh_from_db()
    assert (application.state, application.submitted_on) == (ApplicationState.SUBMITTED, TODAY)


@pytest.mark.rule("FU-03")
def test_a_carrier_that_joined_later_is_missing_until_it_has_its_part(world, grant):
    north = filled(grant, world.nordstadt)
    handed_in(world, north)
    told = refused(way.submit, by=world.coordinator.actor, application=north.application, on=TODAY)
    assert told == ["Es fehlen noch Teile: neue Träger der Zuwendung."]
    way.add_missing_parts(by=world.coordinator.actor, application=north.application)
    assert north.application.parts.count() == 2


@pytest.mark.rule("FU-01")
def test_an_own_share_too_low_in_one_year_is_named_and_acknowledged(world, grant):
    north, south = both(world, grant)
    PartFunds.objects.filter(part=south, funding_year=YEAR).update(amount=Decimal("99.99"))
    gaps = own_share_gaps(whole_of(north.application))
    assert [(carrier, year) for carrier, year, _text in gaps] == [(str(south), YEAR)]
    handed_in(world, north, south)
    by = world.coordinator.actor
    told = refused(way.submit, by=by, application=north.application, on=TODAY)
    assert told == [f"{south} bringt {YEAR} nur 9,99 % Eigenanteil ein, verlangt sind 10,00 %."]
    way.submit(by=by, application=north.application, on=TODAY, acknowledged=["own_share"])
    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_a_correction_opens_the_parts_concerned_and_what_was_submitted_stays(world, grant):
    application, by = submitted(world, grant), world.coordinator.actor
    north, south = (CarrierPart.objects.get(organisation=house) for house in (world.nordstadt, world.suedstadt))
    way.note_correction(by=by, application=application, on=TODAY, remark="Weniger Sachkosten", parts=[north])
    for part in (north, south):
        part.refresh_from_db()
    assert (north.state, north.remark, south.state) == (PartState.RETURNED, "Weniger Sachkosten", PartState.HANDED_IN)
    PartCost.objects.filter(part=north, funding_year=YEAR).update(amount=900)
    version = ApplicationVersion.objects.get(part=None)
    found = [(row.carrier, row.then, row.now) for row in changes(as_submitted(version), now_of(version))]
    assert found == [(str(north), Decimal(1000), Decimal(900))]
    handed_in(world, north)
    way.submit(by=by, application=application, on=TODAY)
    assert ApplicationVersion.objects.filter(part=None).count() == 2


def test_the_decision_is_noted_once(world, grant):
    application, by = submitted(world, grant), world.coordinator.actor
    early = refused(way.note_decision, by=by, application=application, on=TODAY - timedelta(1), granted=True)
    assert early == ["Entschieden wird erst nach dem Antrag."]
    assert way.note_decision(by=by, application=application, on=TODAY, granted=True).state == ApplicationState.GRANTED
    again = refused(way.note_decision, by=by, application=application, on=TODAY, granted=False)
    assert again == ["Das ist jetzt nicht dran: Der Stand ist „bewilligt“. Bitte laden Sie die Seite neu."]


def test_the_deadline_goes_the_way_of_the_part(world, grant):
    rule = deadlines.rule_of(grant, document="application", name="Antrag", bearer=Bearer.CARRIER, offset_years=-1)
    owed = [deadlines.owed_by(carrier, rule) for carrier in (world.nordstadt, world.suedstadt)]
    north, south = both(world, grant)
    stands = lambda: list(Obligation.objects.order_by("pk").values_list("state", flat=True))  # noqa: E731
    way.hand_in_part(by=world.carrier_manager.actor, part=north, on=TODAY)
    assert stands() == ["submitted_internal", "upcoming"]
    way.return_part(by=world.coordinator.actor, part=north, remark="Bitte neu")
    assert stands() == ["rework", "upcoming"]
    handed_in(world, CarrierPart.objects.get(pk=north.pk), south)
    way.submit(by=world.coordinator.actor, application=north.application, on=TODAY)
    assert stands() == ["submitted_external"] * len(owed)


def test_posts_and_amounts_of_the_last_phase_are_taken_over(world, house, grant):
    before = deadlines.grant_of(house, name="Phase davor", first_year=YEAR - 2, last_year=YEAR - 1)
    post = PartPost.objects.create(
        organisation=world.nordstadt, part=funds.part_of(before, world.nordstadt), agency=house.agency, title="Fachkraft",
        fte=Decimal("0.50"), person=world.worker.person, starts_on=date(YEAR - 2, 1, 1),
    )  # fmt: skip
    funds.cost_of(before, world.nordstadt, 700, funding_year=YEAR - 1, post=post)
    funds.own_funds_of(before, world.nordstadt, 70, funding_year=YEAR - 2)
    funds.line_of(grant)
    part, by = funds.part_of(grant, world.nordstadt), world.carrier_manager.actor
    assert part_before(part).application.grant == before
    acts.take_over(by=by, part=part)
    taken = PartPost.objects.get(part=part)
    assert (taken.title, taken.fte, taken.person, taken.starts_on) == (
        "Fachkraft",
        Decimal("0.50"),
        world.worker.person,
        None,
    )
    assert list(PartCost.objects.filter(part=part).values_list("funding_year", "amount", "post")) == [
        (YEAR + 1, 700, taken.pk)
    ]
    assert list(PartFunds.objects.filter(part=part).values_list("funding_year", "amount")) == [(YEAR, 70)]
    assert refused(acts.take_over, by=by, part=part) == ["Dieser Teil enthält schon Angaben."]


def test_without_an_earlier_application_there_is_nothing_to_take_over(world, grant):
    told = refused(acts.take_over, by=world.carrier_manager.actor, part=funds.part_of(grant, world.nordstadt))
    assert told == ["Einen früheren Antrag dieses Trägers gibt es nicht."]


def test_each_sees_the_parts_and_versions_of_her_house_alone(world, grant):
    submitted(world, grant)
    seen = {
        name: [
            model.objects.visible_to(getattr(world, name).actor).count() for model in (CarrierPart, ApplicationVersion)
        ]
        for name in ("coordinator", "carrier_manager", "counsellor", "specialist", "funder", "sysadmin")
    }
    nothing = [0, 0]
    assert seen == {
        "coordinator": [2, 3], "carrier_manager": [1, 1], "counsellor": nothing, "specialist": nothing, "funder": nothing,
        "sysadmin": nothing,
    }  # fmt: skip


def test_the_paper_says_what_is_asked_for(world, grant):
    both(world, grant)
    printed = json.dumps(whole_paper(whole_of(Application.objects.get())).as_data(), ensure_ascii=False)
    assert euro(Decimal(3600)) == "3.600,00 €"
    assert "3.600,00 €" in printed


def test_the_workbook_has_a_sheet_for_the_sum_and_each_carrier(world, grant):
    both(world, grant)
    book = load_workbook(io.BytesIO(write_xlsx(workbook(whole_of(Application.objects.get())))))
    assert book.sheetnames == ["Summe", "KV Nordstadt", "KV Südstadt", "Hinweise"]


def test_a_removed_post_takes_its_costs_along(world, house, grant):
    part = funds.part_of(grant, world.nordstadt)
    post = acts.save_post(
        by=world.carrier_manager.actor, part=part, title="Fachkraft", agency=house.agency, fte=Decimal(1)
    )
    funds.cost_of(grant, world.nordstadt, 700, post=post)
    acts.remove_post(by=world.carrier_manager.actor, row=post)
    assert (PartPost.objects.count(), PartCost.objects.count()) == (0, 0)


def test_a_grant_without_agencies_has_nobody_to_apply(world, house):
    empty = Grant.objects.create(
        organisation=world.district, programme=deadlines.grant_of(house).programme, name="Leer", first_year=YEAR, last_year=YEAR
    )  # fmt: skip
    told = refused(way.begin_application, by=world.coordinator.actor, grant=empty)
    assert told == ["Bitte zuerst Integrationsagenturen in die Zuwendung aufnehmen."]
