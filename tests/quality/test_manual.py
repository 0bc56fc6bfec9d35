"""The manual: two levels of chapters, to which criteria point."""

import pytest

from lotse.core.errors import NotAllowed
from lotse.quality.actions import manual as acts
from lotse.quality.actions.frameworks import FOREIGN_CHAPTER, set_reference, take_over
from lotse.quality.models import ManualChapter, ManualReference
from lotse.quality.queries import frameworks, manual
from tests.factories import quality
from tests.factories import quality_papers as make
from tests.funding.refusing import refused


def shown(world, who="counsellor"):
    nodes = manual.manual(world.personas[who].actor, world.nordstadt)
    return [(str(node.chapter), [str(section.chapter) for section in node.sections]) for node in nodes]


@pytest.fixture
def chapters(world):
    first = make.chapter(world)
    make.chapter(world, "1.1", "Leitbild", parent=first)
    make.chapter(world, "1.2", "Konzeption", parent=first)
    make.chapter(world, "2", "Dienstleistung")
    return {one.number: one for one in ManualChapter.objects.all()}


def test_chapters_stand_in_a_tree_of_two_levels(world, chapters):
    assert shown(world) == [("1 Grundlagen", ["1.1 Leitbild", "1.2 Konzeption"]), ("2 Dienstleistung", [])]
    assert refused(lambda: make.chapter(world, "1.1.1", parent=chapters["1.1"])) == [acts.TWO_LEVELS]
    for below in ("1", "2"):
        said = refused(
            lambda parent=chapters[below]: acts.change_chapter(
                by=world.carrier_manager.actor, chapter=chapters["1"], parent=parent
            )
        )
        assert said == [acts.TWO_LEVELS]


def test_a_number_is_given_once(world, chapters):
    assert refused(lambda: make.chapter(world, "2")) == ["Diese Nummer gibt es im Handbuch schon."]


def test_a_chapter_moves_up_among_its_own(world, chapters):
    by = world.technical_lead.actor
    acts.move_chapter_up(by=by, chapter=chapters["1.2"])
    acts.move_chapter_up(by=by, chapter=chapters["2"])
    acts.move_chapter_up(by=by, chapter=chapters["2"])
    assert shown(world) == [("2 Dienstleistung", []), ("1 Grundlagen", ["1.2 Konzeption", "1.1 Leitbild"])]
    assert list(manual.chapters_of(world.nordstadt).values()) == [chapters[n] for n in ("2", "1", "1.2", "1.1")]


def test_a_section_goes_behind_those_of_its_new_chapter(world, chapters):
    acts.change_chapter(by=world.carrier_manager.actor, chapter=chapters["2"], parent=chapters["1"], revision=1)
    assert shown(world) == [("1 Grundlagen", ["1.1 Leitbild", "1.2 Konzeption", "2 Dienstleistung"])]


@pytest.mark.rule("QM-03")
def test_a_criterion_points_to_a_chapter(world, criterion):
    chapter = make.chapter(world)
    set_reference(by=world.carrier_manager.actor, criterion=criterion, text="", chapter=chapter)
    [node] = manual.manual(world.counsellor.actor, world.nordstadt)
    assert node.criteria == [criterion]
    line = frameworks.lines(criterion.framework)[0]
    assert (line.reference.chapter, str(line.reference)) == (chapter, "1 Grundlagen")
    assert "grundlagen" in line.words
    assert frameworks.frameworks(world.counsellor.actor)[0].reference_count == 1
    assert frameworks.next_without_reference(criterion).slug == "b-2"


def test_a_newer_catalogue_carries_the_chapter_on(world, criterion):
    chapter = make.chapter(world)
    set_reference(by=world.carrier_manager.actor, criterion=criterion, text="", chapter=chapter)
    newer = take_over(
        by=world.carrier_manager.actor, organisation=world.nordstadt, content=quality.content(version="2")
    )
    assert ManualReference.objects.get(criterion__framework=newer).chapter == chapter


def test_a_chapter_of_another_house_is_refused(world, criterion):
    foreign = acts.add_chapter(
        by=quality.far_manager(world).actor, organisation=world.suedstadt, number="1", title="Anders"
    )
    said = refused(lambda: set_reference(by=world.carrier_manager.actor, criterion=criterion, text="", chapter=foreign))
    assert said == [FOREIGN_CHAPTER]
    assert refused(lambda: make.chapter(world, parent=foreign)) == [acts.FOREIGN]
    assert shown(world) == []


def test_what_others_point_to_is_not_dropped(world, chapters, criterion):
    by = world.carrier_manager.actor
    assert refused(lambda: acts.drop_chapter(by=by, chapter=chapters["1"])) == [acts.IN_USE]
    set_reference(by=by, criterion=criterion, text="", chapter=chapters["2"])
    assert refused(lambda: acts.drop_chapter(by=by, chapter=chapters["2"])) == [acts.IN_USE]
    set_reference(by=by, criterion=criterion, text="Ordner")
    acts.drop_chapter(by=by, chapter=chapters["2"])
    assert [one.number for one in ManualChapter.objects.filter(parent=None)] == ["1"]


def test_only_who_keeps_the_quality_writes_the_manual(world, chapters):
    with pytest.raises(NotAllowed):
        acts.move_chapter_up(by=world.counsellor.actor, chapter=chapters["2"])
    with pytest.raises(NotAllowed):
        acts.add_chapter(by=world.colleague.actor, organisation=world.nordstadt, number="9", title="x")
