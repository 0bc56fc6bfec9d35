"""The demo's loader writes past the actions, so it is held to them: the same stories leave the same rows and figures."""

import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from lotse.accounts.models import User
from lotse.auditlog.models import Event
from lotse.casework.models import Client, CounsellingCase, Enquiry
from lotse.core.models import DataKey
from lotse.facts.registry import Period, Question, all_facts
from lotse.facts.results import evaluate
from lotse.organisations.who import actor_for
from lotse.portal.demo import histories
from lotse.portal.demo.chance import Teller
from lotse.portal.demo.district import add_counsellors, build_district
from lotse.portal.demo.histories import QUESTIONS_PER_CLIENT, write_histories
from lotse.portal.demo.rows import Writer
from lotse.portal.demo.spread import Spread
from tests.factories.replay import Clock, Replay, ask

CASES = 200
# Ids, the moment of writing, the counter that tells two open forms apart, and a hash under a random key are no content.
NOT_CONTENT = ("id", "public_id", "created_at", "revision", "phone_key")
CASEWORK = list(apps.get_app_config("casework").get_models())


@pytest.fixture
def district(db):
    made = build_district()
    for site in made.sites:
        add_counsellors(made, site, 2)
    return made


@pytest.fixture
def loaded(district):
    """By the loader."""
    spread = Spread()
    list(write_histories(district, CASES, timezone.localdate(), spread))
    return spread


def replay(district, monkeypatch):
    """The same stories, one after another, through the actions."""
    teller, clock = Teller(district, timezone.localdate()), Clock(monkeypatch)
    for story in teller.stories(range(CASES)):
        Replay(clock, story).run()
        if teller.chance.happens(QUESTIONS_PER_CLIENT):
            ask(clock, teller.question())
    monkeypatch.undo()


def contents():
    """Everything that casework holds, by model, without ids: rows are named by where they belong."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or PostgreSQL takes the tables for empty and joins them for minutes
    return {model.__name__: sorted(_contents(model)) for model in CASEWORK}


def _contents(model):
    fields = [f for f in model._meta.concrete_fields if f.name not in NOT_CONTENT]
    rows = model._base_manager.select_related()
    return [repr([(f.name, _value(getattr(row, f.name), f)) for f in fields]) for row in rows]


def _value(value, field):
    if isinstance(value, dict):
        return sorted(value.items())
    return _name(value) if field.is_relation and value else value


def _name(row):
    """What a row is called without its id: a client by her number, what belongs to her by its place."""
    kind = type(row).__name__
    if kind == "Household":
        return None
    if kind in ("Client", "SupportPlan"):
        return (kind, row.organisation_id, row.number)
    parents = ("client", "case", "plan", "goal", "contact", "enquiry")
    owner = next((getattr(row, name) for name in parents if hasattr(row, f"{name}_id")), None)
    place = [getattr(row, name, "") for name in ("position", "on", "episode")]
    return (kind, *place, _name(owner)) if owner else (kind, f"{row}")


def figures():
    """What the pages of the statistics show to three people in three periods."""
    today = timezone.localdate()
    periods = [Period(today.replace(year=today.year - back, month=1, day=1), today) for back in (0, 1, 3)]
    actors = [
        actor_for(User.objects.get(email=f"{n}@lotse.example").person)
        for n in ("fachleitung", "leitung", "koordination")
    ]
    questions = [Question(actor, period, own) for actor in actors for period in periods for own in (True, False)]
    return [evaluate(all_facts(), question) for question in questions]


@pytest.mark.once
def test_loader_leaves_what_the_actions_leave(district, monkeypatch):
    with transaction.atomic():
        replay(district, monkeypatch)
        by_hand = contents(), figures()
        transaction.set_rollback(True)
    list(write_histories(district, CASES, timezone.localdate(), Spread()))

    rows, shown = contents(), figures()
    assert rows == by_hand[0]
    assert shown == by_hand[1]
    assert all(rows[table.model.__name__] for table in Writer().tables if table.model in CASEWORK)


def test_every_batch_leaves_an_entry_in_the_log(district, monkeypatch):
    monkeypatch.setattr(histories, "BATCH", 40)
    spread = Spread()

    assert list(write_histories(district, 100, timezone.localdate(), spread)) == [40, 80, 100]

    entries = [event.details for event in Event.objects.filter(key="demo.batch_written").order_by("id")]
    assert [entry["clients"] for entry in entries] == [40, 40, 20]
    assert sum(entry["enquiries"] for entry in entries) == spread.questions == Enquiry.objects.count()


def test_a_large_load_leaves_every_index(district, monkeypatch):
    monkeypatch.setattr(histories, "MANY", 10)
    before = _indexes()

    list(write_histories(district, 20, timezone.localdate(), Spread()))

    assert _indexes() == before
    assert Client.objects.count() == 20


def _indexes():
    with connection.cursor() as cursor:
        return {table: connection.introspection.get_constraints(cursor, table) for table in sorted(_tables())}


def _tables():
    return {model._meta.db_table for model in CASEWORK}


@pytest.mark.django_db(transaction=True)
def test_an_undone_batch_does_not_take_the_data_key_along(monkeypatch):
    district = build_district()
    monkeypatch.setattr(histories, "count_on", _fail)

    with pytest.raises(RuntimeError):
        list(write_histories(district, 5, timezone.localdate(), Spread()))

    kept = set(DataKey.objects.values_list("organisation_id", flat=True))
    assert (Client.objects.count(), kept) == (0, {carrier.pk for carrier in district.carriers.values()})


def _fail(_tables):
    raise RuntimeError("the disk is full")


def test_what_was_loaded_can_be_followed_by_what_is_typed(district, loaded):
    """The database's own counters go on after the ids that the loader has given."""
    last = Client.objects.order_by("-pk").first()
    assert Client.objects.create(**_same(last), number=last.number + 1).pk > last.pk


def _same(client):
    names = (
        "organisation",
        "site",
        "responsible",
        "household",
        "first_name",
        "last_name",
        "informed_on",
        "informed_language",
    )
    return {name: getattr(client, name) for name in names}


def test_the_demo_holds_what_counselling_meets_in_three_years(loaded):
    """The distributions are printed at the end; each of these is among them."""
    groups = {group: set(counts) for group, counts in loaded.counts.items()}

    assert groups["Einwilligung"] == {"erteilt", "abgelehnt", "erteilt und widerrufen", "noch offen"}
    assert groups["Ereignisse"] == {"Förderplan", "Umzug", "Wechsel der Beratungsart", "Ausreise"}
    assert groups["Nicht erhoben"] == {
        "Geburtsdatum",
        "Geschlecht",
        "Herkunftsland",
        "Einreise",
        "Sprachniveau Deutsch",
    }
    assert {"offen", "abgeschlossen", "ausgereist", "nicht zustande gekommen oder abgebrochen"} <= groups[
        "Stand des Falls"
    ]
    oldest = CounsellingCase.objects.order_by("first_contact_on").first().first_contact_on
    assert (timezone.localdate() - oldest).days > 900


def test_the_same_seed_tells_the_same(district):
    first, second = (list(Teller(district, timezone.localdate()).stories(range(20))) for _ in range(2))
    assert first == second
    assert first != list(Teller(district, timezone.localdate(), seed=8).stories(range(20)))


def test_distributions_are_printed_and_add_up(db):
    said = io.StringIO()
    call_command("demo", clients=50, without_stories=True, stdout=said)

    fates = re.findall(r"^  (?:erteilt|abgelehnt|noch offen)[^\d]*(\d+)", said.getvalue(), re.MULTILINE)
    assert "50 Klient*innen, " in said.getvalue()
    assert sum(int(count) for count in fates) == 50
