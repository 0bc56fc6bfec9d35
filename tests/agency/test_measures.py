"""The everyday entry: planned, held, copied, called off; which year, task and field it belongs to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency.actions.measures import Entry, call_off_measure, change_measure, enter_measure
from lotse.agency.enums import MeasureState
from lotse.agency.models import Measure, MeasureEvidence
from lotse.agency.queries import measures as queries
from lotse.catalogues.loader import catalogue
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.organisations.enums import ActionField
from lotse.partners.models import Partner
from tests.documents.files import pdf, upload
from tests.factories.agencies import YEAR

NEW = "/agentur/massnahmen/neu/"


def entry(groups=None, partners=(), **more):
    values = {"title": "Elterncafé", "kind": "event", "on": date(YEAR, 3, 4), "participants": 12}
    return Entry({**values, **more}, groups or {}, partners)


def entered(house, *args, **more):
    return enter_measure(by=house.world.worker.actor, agency=house.agency, entry=entry(*args, **more))


def typed(**more):
    return {"title": "Elterncafé", "kind": "event", "on": "2026-03-04", "files_kind": "attendance_list", **more}


def test_activities_are_thirty_three_under_the_four_fields():
    found = catalogue("agency_activity")
    groups = [entry.group for entry in found.entries.values()]
    counted = {label: groups.count(label) for label in ActionField.labels}
    assert counted == dict(zip(ActionField.labels, (8, 8, 9, 8), strict=True))
    assert found.is_default
    assert "unvollständig" in found.entry("sr_offers_known").hint


def test_a_measure_belongs_to_the_year_of_its_day_and_is_held_when_that_is_over(house):
    made = entered(house)
    assert (made.funding_year, made.state, made.organisation) == (YEAR, MeasureState.HELD, house.agency.parent)


def test_ahead_of_its_day_it_is_planned_and_held_once_it_was_entered_afterwards(house):
    soon = timezone.localdate() + timedelta(days=3)
    made = entered(house, on=soon)
    assert made.state == MeasureState.PLANNED
    changed = change_measure(by=house.world.worker.actor, measure=made, entry=entry(), revision=made.revision)
    assert changed.state == MeasureState.HELD


@pytest.mark.rule("IA-13")
def test_only_who_works_in_the_agency_enters_what_it_does(house):
    for name in ("far_worker", "coordinator", "carrier_manager", "counsellor"):
        with pytest.raises(NotAllowed):
            enter_measure(by=house.world.personas[name].actor, agency=house.agency, entry=entry())


def test_what_was_changed_meanwhile_is_not_overwritten(house):
    made = entered(house)
    change_measure(by=house.world.worker.actor, measure=made, entry=entry(title="Neu"), revision=1)
    with pytest.raises(ValidationError, match="Inzwischen"):
        change_measure(by=house.world.worker.actor, measure=made, entry=entry(title="Anders"), revision=1)


def test_a_task_of_another_year_is_refused(house):
    task = house.task(house.document(funding_year=YEAR - 1, until_year=YEAR - 1))
    with pytest.raises(ValidationError, match="anderen Förderjahr"):
        entered(house, task=task)


def test_a_task_of_another_agency_is_refused(house):
    task = house.task(house.document(agency=house.far_agency))
    with pytest.raises(ValidationError, match="anderen Agentur"):
        entered(house, task=task)


def test_the_field_follows_from_the_activity_or_else_from_the_task(house):
    task = house.task(house.document())
    assert entered(house, task=task).field == "SR"
    assert entered(house, task=task, activity="be_self_help").field == "BE"
    assert entered(house).field == ""


def test_groups_alone_say_how_many_there_were(house):
    made = entered(house, {"children": 5, "adults": 4}, participants=None)
    assert made.participants == 9
    assert dict(made.group_counts.values_list("group", "number")) == {"children": 5, "adults": 4}


def test_a_planned_measure_is_called_off_and_a_held_one_is_not(house):
    planned = entered(house, on=timezone.localdate() + timedelta(days=3))
    off = call_off_measure(by=house.world.worker.actor, measure=planned, reason="krank")
    assert (off.state, off.cancel_reason) == (MeasureState.CANCELLED, "krank")
    with pytest.raises(ValidationError, match="schon stattgefunden"):
        call_off_measure(by=house.world.worker.actor, measure=entered(house), reason="")


def test_the_list_is_narrowed_to_what_is_missing(house):
    actor, today = house.world.worker.actor, timezone.localdate()
    task = house.task(house.document())
    with_task, without = entered(house, task=task), entered(house)
    late = house.measure(state=MeasureState.PLANNED, on=today - timedelta(days=1), funding_year=YEAR)

    def listed(**more):
        return set(queries.listed(actor, queries.Wanted(year=YEAR, **more), today))

    assert listed() == {with_task, without, late}
    assert listed(task=task.public_id) == {with_task}
    assert listed(field="SR") == {with_task}
    assert listed(lacks="task") == {without, late}
    assert listed(lacks="proof") == {with_task, without}
    assert listed(lacks="entry") == {late}
    assert listed(agency=house.far_agency.public_id) == set()


def test_tasks_of_an_earlier_version_of_the_plan_are_not_offered(house):
    house.task(house.document(version=1))
    current = house.task(house.document(version=2))
    assert list(queries.tasks_for(house.world.worker.actor, [house.agency], [YEAR])) == [current]


# --- the page --------------------------------------------------------------------------------------------------------
def test_a_few_words_and_a_photo_are_a_whole_entry(house, login):
    task = house.task(house.document())
    given = typed(participants="14", task=task.public_id, place="Bürgerhaus", files=[upload(pdf(), "liste.pdf")])
    answer = login(house.world.worker).post(NEW, given)
    made = Measure.objects.get()
    assert answer["Location"] == f"/agentur/massnahmen/{made.public_id}/"
    assert (made.title, made.task, made.participants, made.place) == ("Elterncafé", task, 14, "Bürgerhaus")
    (proof,) = MeasureEvidence.objects.all()
    assert (proof.measure, proof.evidence.kind) == (made, "attendance_list")


def test_the_form_begins_with_today_the_last_kind_and_the_last_places(house, login):
    house.measure(kind="excursion", place="Bürgerhaus")
    page = login(house.world.worker).get(NEW).content.decode()
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page
    assert '<option value="excursion" selected>' in page
    assert '<option value="Bürgerhaus">' in page


def test_save_and_next_leads_to_an_empty_form(house, login):
    answer = login(house.world.worker).post(NEW, typed(next="1"))
    assert answer["Location"] == NEW


def test_groups_that_do_not_add_up_are_asked_about_once(house, login):
    web, given = login(house.world.worker), typed(participants="5", group_children="9")
    page = web.post(NEW, given).content.decode()
    assert "Die Gruppen ergeben zusammen 9, als Teilnehmende stehen 5." in page
    assert not Measure.objects.exists()
    assert web.post(NEW, {**given, "acknowledged": "groups_add_up"}).status_code == 302


def test_partners_are_chosen_from_the_directory_and_the_usual_ones_stand_first(house, login):
    one = Partner.objects.create(organisation=house.world.nordstadt, name="Grundschule", category="school")
    web = login(house.world.worker)
    web.post(NEW, typed(more_partner=one.public_id))
    assert list(Measure.objects.get().partners.all()) == [one]
    assert f'name="partners" value="{one.public_id}"' in web.get(NEW).content.decode()


def test_what_was_typed_and_not_saved_is_there_again(house, login):
    actor = house.world.worker.actor
    given = {"title": ["Halb getippt"], "partners": ["x"]}
    drafts.save(actor, "agency.measure", "", given, revision=None, label="Maßnahme", url=NEW)
    web = login(house.world.worker)
    page = web.get(NEW).content.decode()
    assert "Halb getippt" in page
    assert "Entwurf verwerfen" in page
    web.post(NEW, typed())
    assert drafts.load(actor, "agency.measure") is None


def test_a_copy_takes_the_words_and_not_the_numbers(house, login):
    made = entered(house, occasion="Eltern haben gefragt", participants=77)
    page = login(house.world.worker).get(f"{NEW}?wie={made.public_id}").content.decode()
    assert "Eltern haben gefragt" in page
    assert 'value="77"' not in page


def test_a_measure_is_changed_on_the_same_form(house, login):
    made = entered(house, {"children": 3})
    web, url = login(house.world.worker), f"/agentur/massnahmen/{made.public_id}/aendern/"
    assert 'name="group_children" value="3"' in web.get(url).content.decode()
    web.post(url, typed(title="Elterncafé am Abend", revision="1"))
    assert Measure.objects.get().title == "Elterncafé am Abend"


def test_who_oversees_reads_and_does_not_write(house, login):
    made = entered(house)
    url = f"/agentur/massnahmen/{made.public_id}/"
    for persona in (house.world.coordinator, house.world.carrier_manager):
        web = login(persona)
        assert made.title in web.get("/agentur/massnahmen/?jahr=2026").content.decode()
        assert "kopieren" not in web.get(url).content.decode()
        assert [web.get(one).status_code for one in (NEW, f"{url}aendern/")] == [403, 403]
    assert login(house.world.far_worker).get(url).status_code == 404


def test_who_works_in_several_agencies_says_which(house, login):
    page = login(house.world.specialist).get(NEW)
    assert page.status_code == 200


def test_the_page_tells_the_chain(house, login):
    made = entered(house, occasion="Eltern kennen die Schule nicht", expected_change="Eltern kommen zum Sprechtag")
    page = login(house.world.worker).get(f"/agentur/massnahmen/{made.public_id}/").content.decode()
    assert "Eltern kennen die Schule nicht" in page
    assert "Eltern kommen zum Sprechtag" in page
    assert "noch offen" in page


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, 1), (300, 50)])
def test_the_list_is_paged(house, login, number, shown):
    Measure.objects.bulk_create(
        Measure(organisation=house.agency.parent, agency=house.agency, funding_year=YEAR, kind="event", title="Treff",
                on=date(YEAR, 3, 4), entered_by=house.world.worker.person)
        for _ in range(number)
    )  # fmt: skip
    page = login(house.world.worker).get(f"/agentur/massnahmen/?jahr={YEAR}").content.decode()
    assert page.count(">Treff</a>") == shown
    assert ("ab=50" in page) == (number == 300)
    assert ("Noch keine Maßnahme" in page) == (number == 0)


def test_the_list_costs_the_same_for_many(house, login, django_assert_max_num_queries):
    for _ in range(20):
        house.measure()
    web = login(house.world.worker)
    with django_assert_max_num_queries(20):
        web.get(f"/agentur/massnahmen/?jahr={YEAR}")
