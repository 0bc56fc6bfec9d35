"""Who answers for quality at a carrier is appointed, red where nobody is, and told of in time."""

import pytest
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.quality import rules_audits as rules
from lotse.quality.actions import officers as acts
from lotse.quality.models import Framework, QmExchange, QmOfficer, SelfAssessment
from lotse.quality.queries import officers as queries
from lotse.quality.queries.audits_today import KINDS
from lotse.quality.queries.carriers import carriers, states
from tests.documents.files import keep
from tests.factories import quality as catalogue
from tests.factories import quality_audits as make
from tests.factories.quality_audits import days
from tests.funding.refusing import refused
from tests.personas import persona


def missing(world, name="carrier_manager"):
    return queries.without_officer(world.personas[name].actor, days(0))


@pytest.mark.rule("QM-07")
def test_a_carrier_with_a_catalogue_has_an_officer(world):
    assert missing(world) == []
    catalogue.small(world)
    assert missing(world) == [world.nordstadt]
    make.appointed(world, is_deputy=True)
    assert missing(world) == [world.nordstadt]
    make.appointed(world, world.colleague)
    assert missing(world) == []


@pytest.mark.rule("QM-07")
@pytest.mark.parametrize(
    ("begins", "ends", "lacks"), [(-9, None, False), (-9, 0, False), (-9, -1, True), (1, None, True)]
)
def test_an_appointment_holds_from_its_first_to_its_last_day(world, begins, ends, lacks):
    row = make.appointed(world, appointed_on=days(begins), until=None if ends is None else days(ends))
    assert rules.lacks_officer([row], days(0)) is lacks


def test_what_is_over_stays(world):
    row = make.appointed(world, until=days(-1))
    current, former = queries.now_and_before(world.counsellor.actor, days(0))
    assert (current, former) == ([], [row])


def test_nobody_is_appointed_twice_at_a_time(world):
    row = make.appointed(world, until=days(10))
    twice = ["Diese Person ist in dieser Zeit schon bestellt."]
    assert refused(lambda: make.appointed(world, appointed_on=days(10))) == twice
    assert refused(lambda: make.appointed(world, appointed_on=days(-500), until=days(-400))) == twice
    assert make.appointed(world, appointed_on=days(11)).appointed_on == days(11)
    change = {"by": world.carrier_manager.actor, "officer": row, "appointed_on": row.appointed_on}
    assert refused(lambda: acts.change_officer(**change, until=days(11))) == twice
    assert acts.change_officer(**change, until=days(5), revision=row.revision).until == days(5)


def test_the_days_are_in_order(world):
    assert refused(lambda: make.appointed(world, until=days(-500))) == ["Das Ende liegt vor dem Beginn."]


def test_who_works_elsewhere_is_not_appointed(world):
    assert refused(lambda: make.appointed(world, world.outsider)) == ["Bestellt wird, wer bei diesem Träger arbeitet."]


def test_only_who_keeps_the_quality_appoints_and_every_colleague_knows(world):
    row = make.appointed(world)
    with pytest.raises(NotAllowed):
        make.appointed(world, world.colleague, by=world.counsellor)
    seen = [name for name in ("counsellor", "technical_lead", "outsider", "coordinator", "funder") if row in QmOfficer.objects.visible_to(world.personas[name].actor)]  # fmt: skip
    assert seen == ["counsellor", "technical_lead"]


def test_a_letter_is_kept_as_long_as_papers_of_quality(world):
    row = make.appointed(world, until=days(10))
    letter = keep(world.carrier_manager)
    letter.retention_class = "quality"
    letter.save()
    QmOfficer.objects.update(letter=letter)
    acts.change_officer(by=world.carrier_manager.actor, officer=row, appointed_on=row.appointed_on, until=days(20))
    letter.refresh_from_db()
    assert letter.keep_until.year >= days(20).year + 6


def test_the_end_is_told_two_months_before_unless_somebody_follows(world):
    kind, by = KINDS["qm_officer"], world.technical_lead.actor
    row = make.appointed(world, until=days(61))
    assert list(kind.rows(by, days(0))) == []
    assert list(kind.rows(by, days(1))) == [row]
    assert list(kind.rows(world.counsellor.actor, days(1))) == []
    make.appointed(world, world.colleague, appointed_on=days(30))
    assert list(kind.rows(by, days(1))) == []


def test_an_exchange_is_kept_sealed_and_changed(world):
    row = make.exchange(world)
    assert (row.topics, row.results) == ("Handbuch", "Vorlage")
    stored = QmExchange.objects.values_list("topics", flat=True).get()
    assert b"Handbuch" not in bytes(stored)
    same = acts.keep_exchange(
        by=world.technical_lead.actor, organisation=world.nordstadt, on=row.on, with_whom="QM-Runde", topics="Audits",
        exchange=row, revision=row.revision,
    )  # fmt: skip
    assert (same.pk, QmExchange.objects.get().topics) == (row.pk, "Audits")
    said = refused(lambda: make.exchange(world, topics=" "))
    assert said == ["Bitte eintragen, worum es ging."]
    for actor in (world.counsellor.actor, world.coordinator.actor, catalogue.far_manager(world).actor):
        assert not QmExchange.objects.visible_to(actor).exists()


def test_the_district_sees_officer_audit_deviations_and_delay_of_each_carrier(world):
    framework = catalogue.small(world)
    by = world.coordinator.actor

    def nord():
        return states(by, carriers(by), days(0))[1]

    assert (nord().lacks_officer, nord().last_audit, nord().majors, nord().overdue) == (True, None, 0, 0)
    make.appointed(world, until=days(30))
    audit = make.held(world, framework, b_1="major", b_2="minor", b_3="observation")
    state = nord()
    assert (state.lacks_officer, state.officer.until, state.last_audit) == (False, days(30), days(0))
    assert (state.majors, state.minors) == (1, 1)
    row = make.finding_of(audit)
    make.answered(world, row)
    make.followed(world, row)
    assert nord().majors == 1
    late = states(by, [world.nordstadt], days(40))[0]
    assert (late.overdue, late.lacks_officer) == (1, True)
    make.effective(world, row)
    assert (nord().majors, nord().minors) == (0, 1)


# --- what an officer may by her appointment alone ------------------------------------------------------------------------
@pytest.mark.rule("QM-07")
def test_who_is_appointed_keeps_the_exchange_whatever_her_role(world):
    make.appointed(world)
    by, row = world.counsellor.actor, make.exchange(world)
    assert list(QmExchange.objects.visible_to(by)) == [row]
    given = {"on": row.on, "with_whom": "QM-Runde", "topics": "Neu", "organisation": world.nordstadt}
    assert acts.keep_exchange(by=by, exchange=row, revision=row.revision, **given).topics == "Neu"
    assert acts.keep_exchange(by=by, **given).organisation == world.nordstadt


@pytest.mark.rule("QM-07")
@pytest.mark.parametrize("span", [{"until": -1}, {"appointed_on": 1}])
def test_before_and_after_her_appointment_she_keeps_nothing(world, span):
    make.appointed(world, **{name: days(number) for name, number in span.items()})
    make.exchange(world)
    assert list(QmExchange.objects.visible_to(world.counsellor.actor)) == []
    with pytest.raises(NotAllowed):
        make_exchange_by(world.counsellor, world.nordstadt)


@pytest.mark.rule("QM-07")
def test_an_officer_keeps_nothing_at_another_carrier_and_a_colleague_nothing_at_all(world):
    make.appointed(world)
    for who, house in (
        (world.counsellor, world.suedstadt),
        (world.colleague, world.nordstadt),
        (world.outsider, world.nordstadt),
    ):
        with pytest.raises(NotAllowed):
            make_exchange_by(who, house)
    assert list(QmExchange.objects.visible_to(world.colleague.actor)) == []


def make_exchange_by(who, house):
    return acts.keep_exchange(by=who.actor, organisation=house, on=days(-1), with_whom="QM-Runde", topics="Audits")


def test_an_appointment_opens_neither_judgements_nor_appointing(world):
    make.appointed(world)
    framework = catalogue.small(world)
    catalogue.begun(world, framework)
    assert list(SelfAssessment.objects.visible_to(world.counsellor.actor)) == []
    with pytest.raises(NotAllowed):
        make.appointed(world, world.colleague, by=world.counsellor)


def test_the_bar_names_the_officers_and_she_notes_an_exchange(world, login):
    make.appointed(world)
    web, url = login(world.counsellor), reverse("quality:officers")
    page = web.get(url).content.decode()
    assert (f'href="{url}"' in page, reverse("quality:new_exchange") in page) == (True, True)
    web.post(reverse("quality:new_exchange"), {
        "organisation": world.nordstadt.public_id, "on": f"{days(-1):%Y-%m-%d}", "with_whom": "QM-Runde", "topics": "Audits",
    })  # fmt: skip
    row = QmExchange.objects.get()
    assert web.get(reverse("quality:exchange", args=[row.public_id])).status_code == 200
    other = login(world.colleague)
    assert f'href="{url}"' in other.get(reverse("quality:home")).content.decode()
    assert other.get(reverse("quality:new_exchange")).status_code == 403
    assert other.get(reverse("quality:exchange", args=[row.public_id])).status_code == 404


@pytest.mark.rule("QM-07")
def test_an_officer_without_any_role_finds_the_room(world, login):
    persona(world, "fresh", world.nordstadt)
    fresh, url = world.personas["fresh"], reverse("quality:home")
    framework = catalogue.small(world)
    assert (login(fresh).get(url).status_code, url in login(fresh).get("/").content.decode()) == (403, False)
    make.appointed(world, fresh)
    web = login(fresh)
    assert (web.get(url).status_code, f'href="{url}"' in web.get("/").content.decode()) == (200, True)
    assert list(Framework.objects.visible_to(fresh.actor)) == [framework]
    assert web.get(reverse("quality:assessments")).status_code == 403


def test_who_keeps_quality_is_told_that_an_officer_has_no_role_for_it(world, login):
    make.appointed(world)
    make.appointed(world, world.technical_lead)
    url = reverse("quality:officers")
    assert login(world.carrier_manager).get(url).content.decode().count("ohne Rolle") == 1
    assert "ohne Rolle" not in login(world.colleague).get(url).content.decode()
