"""Who works with whom: kept as dated rows, drawn as a picture, said in a table."""

import pytest
from django.core.exceptions import ValidationError

from lotse.catalogues.loader import catalogue
from lotse.core.errors import NotAllowed
from lotse.documents.pictures import svg_of
from lotse.documents.themes import DARK, LIGHT, NARROW, WIDE
from lotse.partners.actions.partners import create_partner
from lotse.partners.actions.ties import end_relation, relate
from lotse.partners.enums import Closeness
from lotse.partners.models import Partner, PartnerRelation
from lotse.partners.pictures import drawing
from lotse.partners.pictures.layout import REACH, ROW, lay_out
from lotse.partners.pictures.words import about_network
from lotse.partners.queries.relations import MOST, Edge, Network, Node, network, relations_of
from tests.factories.casework import days_ago

pytestmark = pytest.mark.django_db
TODAY = days_ago


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def two(by):
    return [
        create_partner(by=by, name=name, category="school", social_space=space)
        for name, space in (("A", "Nord"), ("B", ""))
    ]


def nodes(count, closeness=Closeness.KNOWS):
    return tuple(Node(f"{n}", f"Partner {n}", closeness) for n in range(count))


# Rows


@pytest.mark.rule("PA-05")
def test_a_change_ends_what_held_before(by, two):
    a, _b = two
    relate(by=by, partner=a, closeness=Closeness.KNOWS, since=days_ago(300))
    relate(by=by, partner=a, closeness=Closeness.BINDING, since=days_ago(10))
    rows = PartnerRelation.objects.order_by("since").values_list("closeness", "since", "ended_on")
    assert list(rows) == [("knows", days_ago(300), days_ago(10)), ("binding", days_ago(10), None)]
    assert [relations_of(by, a, day)[0][1].closeness for day in (days_ago(20), days_ago(10))] == ["knows", "binding"]


@pytest.mark.rule("PA-05")
def test_a_relation_is_one_whoever_of_both_it_is_entered_at(by, two):
    a, b = two
    relate(by=by, partner=b, other=a, closeness=Closeness.EXCHANGES, since=days_ago(10))
    relate(by=by, partner=a, other=b, closeness=Closeness.BINDING, since=days_ago(5))
    seen = [[(other, row.closeness) for other, row in relations_of(by, one, days_ago(0))] for one in two]
    assert seen == [[(b, "binding")], [(a, "binding")]]


@pytest.mark.rule("PA-05")
def test_senseless_relations_are_refused(world, by, two):
    a, b = two
    foreign = Partner.objects.create(organisation=world.suedstadt, name="Fremd", category="law")
    relate(by=by, partner=a, other=b, closeness=Closeness.KNOWS, since=days_ago(5))
    for more, message in (
        ({"other": a, "since": days_ago(1)}, "anderen Partner"),
        ({"other": foreign, "since": days_ago(1)}, "gibt es nicht"),
        ({"other": b, "since": days_ago(-1)}, "Zukunft"),
        ({"other": b, "since": days_ago(9)}, "späteren Tag"),
    ):
        with pytest.raises(ValidationError, match=message):
            relate(by=by, partner=a, closeness=Closeness.BINDING, **more)
    with pytest.raises(NotAllowed):
        relate(by=world.outsider.actor, partner=a, closeness=Closeness.KNOWS, since=days_ago(0))
    assert PartnerRelation.objects.count() == 1


def test_a_relation_is_entered_and_ended_on_its_page(world, by, two, login):
    a, b = two
    web = login(world.counsellor)
    typed = {"other": b.public_id, "closeness": "coordinates", "since": f"{days_ago(3)}"}
    web.post(f"/partner/{a.public_id}/beziehungen/neu/", typed)
    relation = PartnerRelation.objects.get()
    web.post(f"/partner/{b.public_id}/beziehungen/{relation.public_id}/ende/", {"on": f"{days_ago(0)}"})
    assert (relation.closeness, relations_of(by, a, days_ago(0))) == ("coordinates", [])
    relation.refresh_from_db()
    with pytest.raises(ValidationError, match="schon beendet"):
        end_relation(by=by, relation=relation, on=days_ago(0))


# What is shown


def many(world, count, **more):
    keys = catalogue("partner_category").keys
    Partner.objects.bulk_create(
        Partner(organisation=world.nordstadt, name=f"P{n}", name_key=f"p{n:03}", category=keys[n % 6], **more) for n in range(count)
    )  # fmt: skip
    return list(Partner.objects.order_by("name_key"))


def test_each_partner_is_shown_as_long_as_they_can_be_told_apart(world, by):
    many(world, MOST)
    alone = network(by, days_ago(0))
    many(world, 0)
    Partner.objects.create(organisation=world.nordstadt, name="Noch einer", category="law")
    grouped = network(by, days_ago(0))
    assert (len(alone.nodes), alone.is_grouped, alone.is_many) == (40, False, False)
    assert (sum(node.count for node in grouped.nodes), grouped.is_grouped, grouped.is_many) == (41, True, True)


def test_a_group_shows_its_closest_relation_and_opens(world, by):
    rows = many(world, 60)
    relate(by=by, partner=rows[0], closeness=Closeness.KNOWS, since=days_ago(9))
    relate(by=by, partner=rows[6], closeness=Closeness.BINDING, since=days_ago(9))
    relate(by=by, partner=rows[0], other=rows[1], closeness=Closeness.KNOWS, since=days_ago(9))
    relate(by=by, partner=rows[6], other=rows[1], closeness=Closeness.EXCHANGES, since=days_ago(9))
    relate(by=by, partner=rows[0], other=rows[6], closeness=Closeness.BINDING, since=days_ago(9))
    found = network(by, days_ago(0))
    first, second = rows[0].category, rows[1].category
    assert (found.nodes[0].key, found.nodes[0].closeness, found.nodes[0].count) == (first, Closeness.BINDING, 10)
    assert found.edges == (Edge(*sorted((first, second)), Closeness.EXCHANGES, 2),)
    opened = network(by, days_ago(0), by="art", only=first)
    assert (len(opened.nodes), opened.is_grouped, len(opened.edges)) == (10, False, 1)


def test_by_social_space_the_small_ones_are_taken_together(world, by):
    for number in range(50):
        many(world, 0)
        Partner.objects.create(
            organisation=world.nordstadt, name=f"Q{number}", category="law", social_space=f"Raum {number}"
        )
    Partner.objects.create(organisation=world.nordstadt, name="Ohne", category="law")
    Partner.objects.create(organisation=world.nordstadt, name="Groß", category="law", social_space="Raum 7")
    sizes = {node.label: node.count for node in network(by, days_ago(0), by="raum").nodes}
    assert (len(sizes), sizes["Raum 7"], sizes["alle übrigen"]) == (MOST, 2, 12)


def test_only_what_holds_today_between_partners_of_today_is_shown(by, two):
    a, b = two
    relation = relate(by=by, partner=a, other=b, closeness=Closeness.KNOWS, since=days_ago(9))
    before = network(by, days_ago(0)).edges
    end_relation(by=by, relation=relation, on=days_ago(0))
    assert (len(before), network(by, days_ago(0)).edges) == (1, ())


def test_the_sentence_says_what_the_picture_shows(by, two):
    a, b = two
    nothing = about_network(Network())
    relate(by=by, partner=a, closeness=Closeness.BINDING, since=days_ago(9))
    relate(by=by, partner=a, other=b, closeness=Closeness.KNOWS, since=days_ago(9))
    assert nothing == "Noch keine Partner."
    assert (
        about_network(network(by, days_ago(0)))
        == "2 Partner unseres Hauses: 1 verbindlich, 1 ohne Angabe. Untereinander: 1."
    )


# The picture


@pytest.mark.parametrize("count", [0, 1, 3, 40, 150])
@pytest.mark.parametrize("width", [NARROW - 10, WIDE - 10])
def test_nobody_stands_on_anybody(count, width):
    found = lay_out(Network(nodes(count)), width)
    places = {(place.x, place.y) for place in found.places}
    assert len(places) == count
    assert all(0 < x < width and 0 < y < found.height for x, y in places)
    assert all(abs(x - found.line) == REACH for x, _y in places)


def test_the_same_partners_give_the_same_picture():
    edges = (Edge("0", "3", Closeness.KNOWS), Edge("1", "2", Closeness.BINDING))
    assert lay_out(Network(nodes(9), edges), 550) == lay_out(Network(nodes(9), edges), 550)


def test_on_a_phone_everybody_stands_on_one_side():
    found = lay_out(Network(nodes(5)), NARROW - 10)
    assert ({place.side for place in found.places}, found.height) == ({1}, 5 * ROW)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_name_is_in_the_picture(theme, width):
    made = Network(nodes(3), (Edge("0", "2", Closeness.BINDING),))
    drawn = svg_of(drawing(made, theme, width))
    assert [f"Partner {n}" in drawn for n in range(3)] == [True] * 3
    assert [one.label in drawn for one in Closeness] == [True] * 4


def test_the_picture_is_its_readers(world, two, login):
    web = login(world.counsellor)
    drawn = web.get("/partner/beziehungen/bild.svg")
    again = web.get("/partner/beziehungen/bild.svg", headers={"If-None-Match": drawn["ETag"]})
    others = login(world.outsider).get("/partner/beziehungen/bild.svg")
    assert (drawn["Content-Type"], again.status_code, b"unser Haus" in drawn.content) == ("image/svg+xml", 304, True)
    assert others["ETag"] != drawn["ETag"]


def test_the_table_says_the_same(world, by, two, login):
    a, b = two
    relate(by=by, partner=a, closeness=Closeness.BINDING, since=days_ago(9))
    relate(by=by, partner=a, other=b, closeness=Closeness.COORDINATES, since=days_ago(9))
    page = login(world.counsellor).get("/partner/beziehungen/").content.decode()
    assert page.count("arbeiten verbindlich zusammen") == 1
    assert page.count("stimmen sich ab") == 1
    assert 'alt="2 Partner unseres Hauses' in page


def test_without_partners_the_page_says_what_to_do(world, login):
    assert "Ersten Partner eintragen" in login(world.counsellor).get("/partner/beziehungen/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_relations_does_not_grow(world, by, login, django_assert_num_queries, count):
    for number in range(count):
        made = create_partner(by=by, name=f"P{number}", category="school")
        relate(by=by, partner=made, closeness=Closeness.KNOWS, since=days_ago(1))
    web = login(world.counsellor)
    web.get("/partner/beziehungen/")
    with django_assert_num_queries(5):
        web.get("/partner/beziehungen/")
