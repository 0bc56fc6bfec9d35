import pytest
from django.core.exceptions import ValidationError

from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.network.actions import processes as acts
from lotse.network.enums import Met, OutreachKind
from lotse.network.guides import FROZEN, foundations, guides
from lotse.network.models import Outreach, PreconditionRating
from lotse.network.queries import processes as queries
from tests.factories import ways as make
from tests.factories.ways import days, today


@pytest.fixture
def way(world):
    return make.way(world)


def steps(way, world):
    return queries.get_way(world.technical_lead.actor, way.public_id).steps


def keep(world, step, by=None, **given):
    return acts.keep_step(by=(by or world.technical_lead).actor, step=step, **given)


def test_packaged_words_are_those_of_the_sources():
    assert {key: len(words.items) for key, words in guides().items()} == {"optimisation": 6, "recommendations": 6}
    assert [(group.title, len(group.items)) for group in foundations().groups] == [("Voraussetzungen", 7), ("Ziele", 8)]
    assert FROZEN.checksums() == FROZEN.released()


def test_a_way_begins_with_all_its_steps_and_the_first_is_next(world, way):
    shown = steps(way, world)
    assert [step.item.key for step in shown] == [
        "need",
        "kickoff",
        "first_round",
        "round_table",
        "second_round",
        "regular",
    ]
    assert [(step.is_next, step.waits) for step in shown] == [(True, False), *[(False, True)] * 5]


def test_what_is_done_brings_the_next_step(world, way):
    first = steps(way, world)[0]
    where = make.meeting(make.format_of(world.nordstadt))
    keep(world, first.row, done_on=today(), note="Alle wollen", meeting=where)

    first, second, *_others = steps(way, world)
    assert (first.row.done_on, first.row.meeting, second.is_next) == (today(), where, True)
    assert queries.get_way(world.technical_lead.actor, way.public_id).done == 1


def test_steps_without_order_do_not_wait_for_each_other(world):
    shown = steps(make.way(world, "recommendations"), world)
    assert [step.waits for step in shown] == [False] * 6


@pytest.mark.rule("NW-14")
def test_a_way_is_steered_by_who_organises_or_leads(world):
    coordinator = make.way(world, by=world.coordinator)
    assert coordinator.organisation == world.district
    for name in ("counsellor", "dpo", "sysadmin", "specialist"):
        with pytest.raises(NotAllowed):
            make.way(world, by=getattr(world, name))


@pytest.mark.rule("NW-14")
def test_a_step_is_kept_by_who_is_responsible_too(world, way):
    row = steps(way, world)[1].row
    with pytest.raises(NotAllowed):
        keep(world, row, by=world.counsellor, note="x")
    keep(world, row, responsible=world.counsellor.person, due_on=days(3))
    assert (
        keep(world, row, by=world.counsellor, note="Eingeladen", responsible=world.counsellor.person).note
        == "Eingeladen"
    )
    row.refresh_from_db()
    assert not rules.works_on_step(world.outsider.actor, row)
    assert not rules.works_on_step(world.colleague.actor, row)


@pytest.mark.rule("NW-14")
def test_nobody_from_another_house_is_made_responsible(world, way):
    with pytest.raises(ValidationError, match="eigenen Haus"):
        keep(world, steps(way, world)[0].row, responsible=world.outsider.person)
    with pytest.raises(ValidationError, match="eigenen Haus"):
        acts.begin_process(by=world.technical_lead.actor, kind="recommendations", lead=world.outsider.person)


def test_two_people_at_one_step_lose_nothing(world, way):
    row = steps(way, world)[0].row
    keep(world, row, note="Erste", revision=row.revision)
    with pytest.raises(ValidationError, match="jemand anderes"):
        keep(world, row, note="Zweite", revision=row.revision)


def test_a_way_runs_once_at_a_time_and_ends_with_a_conclusion(world, way):
    with pytest.raises(ValidationError, match="läuft schon"):
        make.way(world)
    by = world.technical_lead.actor
    with pytest.raises(ValidationError, match="was herauskam"):
        acts.end_process(by=by, process=way, on=today(), conclusion=" ")
    for day, message in ((days(1), "Zukunft"), (days(-1), "vor dem Beginn")):
        with pytest.raises(ValidationError, match=message):
            acts.end_process(by=by, process=way, on=day, conclusion="Gut")
    acts.end_process(by=by, process=way, on=today(), conclusion="Gut")
    with pytest.raises(ValidationError, match="abgeschlossen"):
        keep(world, way.steps.first(), note="zu spät")
    assert make.way(world).pk != way.pk
    assert [shown.process.ended_on for shown in queries.ways(by)] == [None, today()]


def test_a_step_that_is_due_stands_on_today_of_who_is_responsible(world, way):
    row = steps(way, world)[0].row
    keep(world, row, responsible=world.counsellor.person, due_on=days(7))
    (duty,) = make.duties(world.counsellor.actor)
    assert (duty.title, duty.on, duty.url) == (
        "Bedarf klären und einladen",
        days(7),
        f"/netzwerk/optimierung/schritt/{row.public_id}/",
    )
    assert make.duties(world.colleague.actor) == []

    keep(world, row, responsible=world.counsellor.person, due_on=days(8))
    assert make.duties(world.counsellor.actor) == []


def test_ways_are_seen_in_the_house_only(world, way):
    assert [shown.process for shown in queries.ways(world.counsellor.actor)] == [way]
    for name in ("outsider", "coordinator", "funder"):
        assert queries.ways(getattr(world, name).actor) == []


def test_number_of_statements_does_not_grow_with_ways(world, way, django_assert_num_queries):
    actor = world.technical_lead.actor
    with django_assert_num_queries(2):
        queries.ways(actor)
    for kind in ("recommendations",):
        make.way(world, kind)
    acts.end_process(by=actor, process=way, on=today(), conclusion="Gut")
    make.way(world)
    with django_assert_num_queries(2):
        assert len(queries.ways(actor)) == 3


# --- what a network rests on ---------------------------------------------------------------------------------------------
@pytest.fixture
def circle(world):
    return make.format_of(world.nordstadt)


def rate(world, circle, key="time", year=None, met=Met.PARTLY, by=None, **more):
    given = {"year": year or today().year, "sentence": "Im Dienstplan", **more}
    return acts.rate_precondition(by=(by or world.technical_lead).actor, format=circle, key=key, met=met, **given)


def test_ratings_of_every_year_stay_to_be_read(world, circle):
    this = today().year
    rate(world, circle, year=this - 2, met=Met.NO)
    rate(world, circle, year=this - 1)
    rate(world, circle, met=Met.YES)
    shown = queries.foundations_of(world.counsellor.actor, circle, this)

    row = shown.by_key["time"]
    assert (row.rating.met, [old.met for old in row.before]) == ("yes", ["partly", "no"])
    assert (shown.rated, shown.next_item.key, shown.count(Met.YES)) == (1, "actors", 1)
    earlier = queries.foundations_of(world.counsellor.actor, circle, this - 1).by_key["time"]
    assert (earlier.rating.met, [old.met for old in earlier.before]) == ("partly", ["no"])


def test_a_rating_is_put_right_within_its_year(world, circle):
    first = rate(world, circle)
    again = rate(world, circle, met=Met.YES, revision=1)
    assert (again.pk, again.revision, PreconditionRating.objects.count()) == (first.pk, 2, 1)
    with pytest.raises(ValidationError, match="jemand anderes"):
        rate(world, circle, met=Met.NO, revision=1)


@pytest.mark.rule("NW-14")
def test_only_who_steers_rates_and_only_years_of_the_format(world, circle):
    for name in ("counsellor", "coordinator", "outsider"):
        with pytest.raises(NotAllowed):
            rate(world, circle, by=getattr(world, name))
    for year in (2019, today().year + 1):
        with pytest.raises(ValidationError, match="Jahr"):
            rate(world, circle, year=year)
    with pytest.raises(ValidationError, match="einem Satz"):
        rate(world, circle, sentence=" ")
    with pytest.raises(ValidationError, match="gibt es nicht"):
        rate(world, circle, key="unknown")


def test_pages_lead_from_question_to_question(world, circle, login):
    page, base = login(world.technical_lead), f"/netzwerk/optimierung/netzwerk/{circle.public_id}/"
    answer = page.post(f"{base}actors/", {"met": "yes", "sentence": "Alle da"})
    assert answer["Location"] == f"{base}common_goal/?jahr={today().year}"
    assert (
        page.post(f"{base}actors/", {"met": "no", "sentence": "Doch nicht", "revision": "1"})["Location"]
        == f"{base}?jahr={today().year}"
    )
    assert page.get(base).context["shown"].rated == 1
    assert login(world.counsellor).get(f"{base}actors/").status_code == 403
    assert login(world.outsider).get(base).status_code == 404
    assert page.get(f"{base}gibtesnicht/").status_code == 404


def test_a_way_is_begun_and_gone_on_the_pages(world, login):
    page = login(world.technical_lead)
    answer = page.post("/netzwerk/optimierung/neu/optimisation/", {"lead": world.technical_lead.person.public_id})
    shown = page.get(answer["Location"]).context["way"]
    step = shown.next_step.row
    given = {"done_on": f"{today()}", "note": "Los", "responsible": world.counsellor.person.public_id, "revision": "1"}
    assert page.post(f"/netzwerk/optimierung/schritt/{step.public_id}/", given).status_code == 302
    assert page.get(answer["Location"]).context["way"].next_step.item.key == "kickoff"
    assert page.get("/netzwerk/optimierung/neu/gibtesnicht/").status_code == 404


# --- for others ----------------------------------------------------------------------------------------------------------
def test_what_was_done_for_others_is_entered_changed_and_removed(world, login):
    page = login(world.counsellor)
    given = {"kind": "training", "on": f"{days(-1)}", "title": "Schulung im Jobcenter", "reached": "12", "partner": ""}
    assert page.post("/netzwerk/zahlen/fuer-andere/neu/", given).status_code == 302
    (row,) = Outreach.objects.all()
    assert page.post(f"/netzwerk/zahlen/fuer-andere/{row.public_id}/", {**given, "reached": "14"}).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.reached, row.entered_by) == (OutreachKind.TRAINING, 14, world.counsellor.person)
    page.post(f"/netzwerk/zahlen/fuer-andere/{row.public_id}/loeschen/")
    assert not Outreach.objects.exists()


def test_it_is_entered_once_it_was_and_by_who_does_such_things(world):
    with pytest.raises(ValidationError, match="stattgefunden"):
        make.outreach(world, on=days(1))
    row = make.outreach(world)
    for name in ("sysadmin", "dpo", "outsider"):
        with pytest.raises(NotAllowed):
            acts.change_outreach(by=getattr(world, name).actor, outreach=row, on=today())
    assert queries.outreach_list(world.outsider.actor, today().year) == []
