"""Catalogues of a carrier: copied once, never edited; versions side by side; references and mappings are the carrier's own."""

import pytest
from django.core.exceptions import ValidationError

from lotse.core.errors import NotAllowed
from lotse.organisations.roles import EXTERNAL
from lotse.quality import rules
from lotse.quality.actions import frameworks as acts
from lotse.quality.models import Criterion, CriterionLink, Framework, ManualReference
from lotse.quality.packaged import EXAMPLE, packaged
from lotse.quality.queries import frameworks as queries
from lotse.quality.queries.content import content_of
from tests.factories import quality as make
from tests.factories.quality_audits import appointed
from tests.funding.refusing import refused


def slugs(framework, **wanted):
    return [line.criterion.slug for line in queries.lines(framework) if queries.Wanted(**wanted).lets_through(line)]


def test_a_catalogue_is_copied_as_rows_of_the_carrier(world):
    framework = make.awo(world)
    assert content_of(framework) == packaged()[EXAMPLE]
    assert (framework.organisation, Criterion.objects.filter(organisation=world.nordstadt).count()) == (
        world.nordstadt,
        48,
    )


def test_the_same_version_is_taken_over_once(world, framework):
    assert refused(lambda: make.small(world)) == ["Diese Fassung des Katalogs gibt es hier schon."]
    assert Framework.objects.count() == 1


def test_a_newer_version_stands_beside_and_finds_the_references(world, framework, criterion):
    acts.set_reference(
        by=world.carrier_manager.actor, criterion=criterion, text="Kapitel 4", link="https://hb.example/4"
    )
    newer = make.small(world, version="2")
    assert [str(row) for row in Framework.objects.all()] == [str(framework), str(newer)]
    carried = ManualReference.objects.get(criterion__framework=newer)
    assert (carried.criterion.slug, carried.text, carried.link) == ("b-1", "Kapitel 4", "https://hb.example/4")
    shown = {row.version: row.newer for row in queries.frameworks(world.carrier_manager.actor)}
    assert shown == {"1": True, "2": False}


@pytest.mark.parametrize("name", ["counsellor", "colleague", "sysadmin", "coordinator", "funder", "outsider"])
@pytest.mark.rule("QM-03")
def test_only_who_keeps_its_quality_takes_over_and_enters_references(world, criterion, name):
    by = world.personas[name].actor
    with pytest.raises(NotAllowed):
        acts.take_over(by=by, organisation=world.nordstadt, content=make.content(key="neu"))
    with pytest.raises(NotAllowed):
        acts.set_reference(by=by, criterion=criterion, text="Kapitel 4")


@pytest.mark.parametrize("name", ["technical_lead", "carrier_manager", "officer"])
@pytest.mark.rule("QM-03")
def test_each_carrier_says_where_its_own_manual_speaks_of_a_criterion(world, criterion, name):
    make.officer(world)
    acts.set_reference(by=world.personas[name].actor, criterion=criterion, text=" Kapitel 4 ")
    other = acts.take_over(by=make.far_manager(world).actor, organisation=world.suedstadt, content=make.content())
    acts.set_reference(
        by=make.far_manager(world).actor, criterion=Criterion.objects.get(framework=other, slug="b-1"), text="Seite 2"
    )
    found = {row.organisation: row.text for row in ManualReference.objects.all()}
    assert found == {world.nordstadt: "Kapitel 4", world.suedstadt: "Seite 2"}


def test_a_reference_is_changed_and_taken_away(world, criterion):
    by = world.technical_lead.actor
    row = acts.set_reference(by=by, criterion=criterion, text="Kapitel 4", revision=0)
    assert acts.set_reference(by=by, criterion=criterion, text="Kapitel 5", revision=1) == row
    assert queries.lines(criterion.framework)[0].reference.text == "Kapitel 5"
    acts.set_reference(by=by, criterion=criterion, text="", revision=2)
    assert queries.lines(criterion.framework)[0].reference is None


def test_the_second_who_changes_a_reference_is_told(world, criterion):
    by = world.technical_lead.actor
    acts.set_reference(by=by, criterion=criterion, text="Kapitel 4", revision=0)
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.set_reference(by=by, criterion=criterion, text="Kapitel 5", revision=0)


def test_criteria_of_two_catalogues_are_mapped_in_either_direction_once(world, criterion):
    by = world.carrier_manager.actor
    other = Criterion.objects.get(framework=make.small(world, key="anderes"), slug="b-3")
    link = acts.link_criteria(by=by, criterion=other, other=criterion, note="fast")
    assert refused(lambda: acts.link_criteria(by=by, criterion=criterion, other=other)) == [
        "Diese Kriterien sind einander schon zugeordnet."
    ]
    [there], [back] = queries.neighbours(by, criterion), queries.neighbours(by, other)
    assert (there.criterion, back.criterion, there.is_mapped, there.link.note) == (other, criterion, True, "fast")
    acts.unlink_criteria(by=by, link=link)
    assert queries.neighbours(by, criterion) == []


def test_only_criteria_of_two_catalogues_of_one_carrier_are_mapped(world, criterion):
    same = Criterion.objects.get(framework=criterion.framework, slug="b-2")
    far = acts.take_over(by=make.far_manager(world).actor, organisation=world.suedstadt, content=make.content(key="x"))
    for other in (same, criterion, Criterion.objects.filter(framework=far).first()):
        said = refused(
            lambda other=other: acts.link_criteria(by=world.carrier_manager.actor, criterion=criterion, other=other)
        )
        assert said == ["Zugeordnet wird ein Kriterium aus einem anderen Katalog desselben Trägers."]


def test_what_the_source_connects_stays_connected(world):
    make.awo(world)
    link = CriterionLink.objects.first()
    said = refused(lambda: acts.unlink_criteria(by=world.carrier_manager.actor, link=link))
    assert said == ["Diese Verbindung gehört zum Katalog und bleibt."]
    [found] = queries.neighbours(world.counsellor.actor, Criterion.objects.get(slug="mi-4-a"))
    assert (found.criterion.slug, found.is_mapped) == ("mi-2.2-a", False)


@pytest.mark.rule("QM-03")
def test_nobody_else_maps_or_unmaps(world):
    make.ids(world)
    link = CriterionLink.objects.get()
    with pytest.raises(NotAllowed):
        acts.unlink_criteria(by=world.counsellor.actor, link=link)
    with pytest.raises(NotAllowed):
        acts.link_criteria(by=world.outsider.actor, criterion=link.from_criterion, other=link.to_criterion)


@pytest.mark.rule("QM-01")
def test_a_code_printed_twice_says_which_entry_it_is(world):
    codes = {line.criterion.slug: line.code for line in queries.lines(make.awo(world))}
    assert codes["mi-6-b-1"] == "Mi 6. b) (1. Eintrag)"
    assert codes["mi-6-b-2"] == "Mi 6. b) (2. Eintrag)"
    assert (codes["mi-2.5"], codes["mi-6-a"]) == ("MI 2.5.", "Mi 6. a)")


@pytest.mark.rule("QM-01")
def test_codes_are_compared_whatever_their_case(world):
    small, capital, other = Criterion(pk=1, code="Mi 2."), Criterion(pk=2, code="MI 2."), Criterion(pk=3, code="Mi 3.")
    assert rules.hints([small, capital, other]) == {1: "(1. Eintrag)", 2: "(2. Eintrag)"}


def test_the_catalogue_is_searched_and_narrowed(world):
    framework = make.awo(world)
    assert slugs(framework, text="mi 2.5") == slugs(framework, text="MI 2.5.") == ["mi-2.5"]
    assert slugs(framework, text="vertretungsplane") == ["mi-3-b"]
    assert slugs(framework, text="Öffentlichkeitsarbeit") == ["mi-2.5"]  # in a part
    assert slugs(framework, text="ARGEn") == ["mi-2.4-c"]  # in the words of the source
    assert slugs(framework, chapter="6") == ["mi-6-a", "mi-6-b-1", "mi-6-b-2"]
    acts.set_reference(
        by=world.technical_lead.actor, criterion=Criterion.objects.get(slug="mi-6-a"), text="Dienstanweisung Verwahrung"
    )
    assert slugs(framework, chapter="6", without=True) == ["mi-6-b-1", "mi-6-b-2"]
    assert slugs(framework, text="dienstanweisung") == ["mi-6-a"]


def test_sections_follow_the_areas_and_a_chapter_is_named_where_it_begins(world):
    framework = make.awo(world)
    heads = [section.heads for section in queries.sections(queries.lines(framework), queries.areas(framework))]
    assert heads[:3] == [["1 Grundlagen", "1.1 Leitbild"], ["1.2 Konzeption"], ["1.3 Leistungsbeschreibung"]]
    assert heads[-1] == ["8 Externe Überprüfungen"]


def test_after_a_reference_comes_the_next_criterion_without_one(world, framework):
    first, second, third = Criterion.objects.filter(framework=framework)
    acts.set_reference(by=world.technical_lead.actor, criterion=second, text="Kapitel 2")
    assert queries.next_without_reference(first) == third
    assert queries.next_without_reference(third) == first
    for one in (first, third):
        acts.set_reference(by=world.technical_lead.actor, criterion=one, text="", link="https://hb.example/")
    assert queries.next_without_reference(second) is None


@pytest.mark.parametrize(
    ("name", "sees"), [("counsellor", 1), ("sysadmin", 1), ("coordinator", 0), ("funder", 0), ("outsider", 0)]
)
@pytest.mark.rule("QM-03")
def test_everybody_who_works_there_reads_the_catalogue(world, framework, name, sees):
    assert Framework.objects.visible_to(world.personas[name].actor).count() == sees


@pytest.mark.rule("QM-03")
def test_who_comes_from_outside_does_not_enter(world):
    assert [rules.enters(world.personas[name].actor) for name in ("counsellor", "funder")] == [True, False]
    assert not rules.enters(world.funder.actor.but(role_keys=EXTERNAL))


@pytest.mark.rule("QM-03")
def test_who_has_no_role_enters_as_officer_only(world):
    nobody = world.specialist.actor.but(role_keys=frozenset())
    assert not rules.enters(nobody)

    appointed(world, person=world.specialist)
    assert rules.enters(nobody.but())
    assert not rules.enters(nobody.but(role_keys=EXTERNAL))
