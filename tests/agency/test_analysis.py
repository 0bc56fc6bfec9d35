"""The analysis: what it speaks of, its texts, its data and needs, and how it goes on with the one before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lotse.agency import rules
from lotse.agency.actions import analysis as acts
from lotse.agency.actions import findings
from lotse.agency.actions.renewal import take_over
from lotse.agency.enums import DocumentKind, DocumentState, Orientation, Renewal
from lotse.agency.models import Analysis, DataItem, FieldNote, SocialSpace
from lotse.agency.queries import analysis as queries
from lotse.agency.queries.missing import Missing
from lotse.agency.queries.series import series_of
from lotse.agency.texts import Place, mark_of, places
from lotse.core.errors import NotAllowed
from tests.factories.agencies import YEAR

NEW, UPDATE = Renewal.NEW, Renewal.UPDATE
GOAL = Place("overall_goal")


@pytest.fixture
def document(house):
    return house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)


@pytest.fixture
def by(house):
    return house.world.worker.actor


def reach(by, document, *spaces, fields=("SR",), special="", new=(), **more):
    return acts.set_reach(
        by=by, document=document, orientation=Orientation.NEEDS, spaces=spaces, fields=list(fields),
        special_field=special, new_spaces=new, **more,
    )  # fmt: skip


def row(label="Kinder", value="12", **more):
    return {"topic": "Schule", "label": label, "value": value, "as_of": date(2024, 12, 31), "source": "Stadt", **more}


def item(by, document, needs=(), **more):
    return findings.add_data(by=by, document=document, rows=[row(**more)], needs=needs)[0]


def need(by, document, *items, text="Es fehlen Treffpunkte."):
    return findings.add_need(by=by, document=document, text=text, field="SR", data_items=items)


def write(by, document, place, text, seen=""):
    acts.write_texts(by=by, document=document, texts={place: acts.Typed(text, mark_of(seen))})


def whole(by, document):
    """Everything that has to be there."""
    reach(by, document, fields=["SR"], special="SR", new=["Nordstadt"])
    for place in places(["SR"]):
        write(by, document, place, "Steht da.")
    return need(by, document, item(by, document))


# New or going on (IA-06) ---------------------------------------------------------------------------------------------
@pytest.mark.rule("IA-06")
@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (None, ({"a"}, {"SR"}), NEW),
        (({"a"}, {"SR"}), ({"a"}, {"SR"}), UPDATE),
        (({"a", "b"}, {"SR", "BE"}), ({"a"}, {"SR"}), UPDATE),
        (({"a"}, {"SR"}), ({"a", "b"}, {"SR"}), NEW),
        (({"a"}, {"SR"}), ({"a"}, {"SR", "AD"}), NEW),
        (({"a"}, {"SR"}), ({"b"}, {"AD"}), NEW),
        (({"a"}, {"SR"}), (set(), set()), UPDATE),
    ],
)
def test_a_new_space_or_field_makes_a_new_analysis(before, now, wanted):
    assert rules.renewal_for(before, now) == wanted


@pytest.mark.rule("IA-06")
def test_an_analysis_knows_itself_whether_it_goes_on(house, by, document):
    earlier = house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1)
    first = reach(by, earlier, new=["Nordstadt"])
    space = SocialSpace.objects.get()
    assert (first.renewal, first.based_on) == (NEW, None)
    going_on = reach(by, document, space)
    assert (going_on.renewal, going_on.based_on) == (UPDATE, first)
    widened = reach(by, document, space, new=["Hafen"])
    assert (widened.renewal, widened.based_on) == (NEW, None)


@pytest.mark.rule("IA-06")
def test_going_on_takes_over_all_and_marks_it_to_be_checked(house, by, document):
    earlier = house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1)
    whole(by, earlier)
    made = take_over(by=by, document=document)
    (copied,) = document.data_items.all()
    (wanted,) = document.needs.all()
    assert (copied.to_check, wanted.to_check, list(copied.needs.all())) == (True, True, [wanted])
    assert (made.renewal, made.overall_goal, list(made.fields)) == (UPDATE, "Steht da.", ["SR"])
    assert FieldNote.objects.get(document=document).offers == "Steht da."
    assert [m.text for m in queries.missing_for_review(document)] == ["Übernommenes prüfen"]
    findings.confirm_taken_over(by=by, document=document, data_items=[copied], needs=[wanted])
    assert queries.missing_for_review(document) == []
    assert earlier.data_items.count() == 1
    with pytest.raises(ValidationError, match="leere"):
        take_over(by=by, document=document)


@pytest.mark.rule("IA-06")
def test_going_on_writes_over_nothing(house, by, document):
    whole(by, house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1))
    reach(by, document, fields=["SR", "AD"], new=["Hafen"])
    write(by, document, GOAL, "Schon da.")
    write(by, document, Place("offers", "SR"), "Auch da.")
    made = take_over(by=by, document=document)
    assert (made.overall_goal, made.other_agencies, made.fields) == ("Schon da.", "Steht da.", ["SR", "AD"])
    assert ([s.name for s in made.spaces.all()], made.renewal) == (["Hafen"], NEW)
    note = FieldNote.objects.get(document=document)
    assert (note.offers, note.goal) == ("Auch da.", "Steht da.")


@pytest.mark.rule("IA-06")
def test_what_was_changed_is_checked(house, by, document):
    old = item(by, document)
    DataItem.objects.update(to_check=True)
    old.refresh_from_db()
    assert not findings.change_data_item(by=by, item=old, needs=[], value="13").to_check


def test_without_an_earlier_analysis_nothing_is_taken_over(by, document):
    with pytest.raises(ValidationError, match="keine frühere"):
        take_over(by=by, document=document)


# Reach ---------------------------------------------------------------------------------------------------------------
@pytest.mark.rule("IA-04")
def test_the_special_field_is_one_of_the_fields(by, document):
    with pytest.raises(ValidationError, match="Schwerpunkt"):
        reach(by, document, fields=["SR"], special="AD")
    assert reach(by, document, fields=["SR", "AD"], special="AD").special_field == "AD"
    assert [rules.is_special_field(one, ["SR"]) for one in ("SR", "AD", "")] == [True, False, False]


def test_a_space_that_is_typed_again_is_the_same(by, document):
    reach(by, document, new=["Nordstadt", " nordstadt "])
    made = reach(by, document, new=["Nordstadt"])
    assert [space.name for space in made.spaces.all()] == ["Nordstadt"]


def test_who_saves_second_is_told(by, document):
    first = reach(by, document, new=["Nordstadt"])
    with pytest.raises(ValidationError, match="jemand anderes"):
        reach(by, document, revision=first.revision - 1)


# Texts ---------------------------------------------------------------------------------------------------------------
def test_texts_are_written_by_their_place(by, document):
    reach(by, document)
    write(by, document, GOAL, "Mehr Orte")
    write(by, document, Place("offers", "SR"), "Ein Café")
    assert Analysis.objects.get().overall_goal == "Mehr Orte"
    assert FieldNote.objects.get().offers == "Ein Café"


def test_words_of_somebody_else_are_not_written_over(by, document):
    write(by, document, GOAL, "Zuerst")
    with pytest.raises(acts.WordsChanged) as error:
        write(by, document, GOAL, "Meins", seen="")
    assert error.value.stored == {GOAL: "Zuerst"}
    write(by, document, GOAL, "Zuerst", seen="ganz anders")
    write(by, document, GOAL, "Meins", seen="Zuerst")
    assert Analysis.objects.get().overall_goal == "Meins"


def test_a_text_has_an_end(by, document):
    with pytest.raises(ValidationError, match="kürzen"):
        write(by, document, GOAL, "x" * 20_001)


# Data and needs (IA-03) ----------------------------------------------------------------------------------------------
@pytest.mark.rule("IA-03")
def test_data_without_need_and_need_without_data_are_told(by, document):
    linked, loose = item(by, document), item(by, document, label="Ältere")
    speaking, silent = need(by, document, linked), need(by, document, text="Es fehlt Zeit.")
    assert list(queries.unlinked_data(document)) == [loose]
    assert list(queries.needs_without_data(document)) == [silent]
    texts = [m.text for m in queries.missing_for_review(document)]
    assert texts[4:6] == ["1 Angabe ohne Bedarf", "1 Bedarf ohne Daten"]
    findings.link_data(by=by, document=document, data_items=[loose, linked], needs=[silent, speaking])
    assert not queries.unlinked_data(document).exists()
    assert not queries.needs_without_data(document).exists()


@pytest.mark.rule("IA-03")
def test_linking_needs_both_sides(by, document):
    one = item(by, document)
    with pytest.raises(ValidationError, match="beiden Seiten"):
        findings.link_data(by=by, document=document, data_items=[one], needs=[])


def test_a_need_that_tasks_refer_to_stays(house, by, document):
    wanted = need(by, document)
    house.task(house.document(), wanted)
    with pytest.raises(ValidationError, match="Aufgabenplanung"):
        findings.remove_need(by=by, need=wanted)
    other = need(by, document)
    findings.remove_need(by=by, need=other)
    assert list(document.needs.all()) == [wanted]


@pytest.mark.rule("IA-11")
def test_what_was_handed_in_keeps_its_data_and_texts(house, by, document):
    one, wanted = item(by, document), need(by, document)
    document.state = DocumentState.READY
    document.save()
    for act in (
        lambda: reach(by, document),
        lambda: write(by, document, GOAL, "x"),
        lambda: item(by, document),
        lambda: findings.change_data_item(by=by, item=one, needs=[], value="1"),
        lambda: findings.remove_data_item(by=by, item=one),
        lambda: findings.change_need(by=by, need=wanted, text="x", field="SR", data_items=[]),
        lambda: findings.remove_need(by=by, need=wanted),
        lambda: findings.link_data(by=by, document=document, data_items=[one], needs=[wanted]),
    ):
        with pytest.raises(ValidationError, match="eingereicht"):
            act()


@pytest.mark.rule("IA-13")
def test_an_analysis_is_written_in_its_agency(house, by, document):
    one = item(by, document)
    for persona in (house.world.far_worker, house.world.coordinator):
        with pytest.raises(NotAllowed):
            reach(persona.actor, document)
        with pytest.raises(NotAllowed):
            findings.remove_data_item(by=persona.actor, item=one)


# What is missing -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("IA-04", "IA-05")
def test_an_empty_analysis_lacks_everything(document):
    found = queries.missing_for_review(document)
    assert [m.text for m in found] == [
        "Ausrichtung", "Sozialräume", "Handlungsfelder", "Schwerpunkt: ein Handlungsfeld", "Daten", "Bedarfe",
        "Gesamtziel", "Bezug zum kommunalen Integrationskonzept",
        "Zusammenarbeit mit dem Kommunalen Integrationszentrum", "Abstimmung mit anderen Integrationsagenturen",
    ]  # fmt: skip
    page = f"/agentur/analyse/{document.public_id}/"
    assert found[7] == Missing("Bezug zum kommunalen Integrationskonzept", f"{page}#text-integration_concept")


@pytest.mark.rule("IA-05")
def test_a_whole_analysis_lacks_nothing(by, document):
    whole(by, document)
    assert queries.missing_for_review(document) == []


@pytest.mark.rule("IA-05")
@pytest.mark.parametrize("name", ["integration_concept", "municipal_centre", "other_agencies"])
def test_each_of_the_three_sections_is_asked_for(by, document, name):
    whole(by, document)
    Analysis.objects.update(**{name: " "})
    assert [m.url.rpartition("#")[2] for m in queries.missing_for_review(document)] == [f"text-{name}"]


def test_offers_and_goal_are_asked_for_in_every_field(by, document):
    whole(by, document)
    reach(by, document, *SocialSpace.objects.all(), fields=["SR", "AD"], special="SR")
    assert [m.text for m in queries.missing_for_review(document)] == [
        "Antidiskriminierungsarbeit: Angebote", "Antidiskriminierungsarbeit: Ziel",
    ]  # fmt: skip


@pytest.mark.rule("IA-06")
def test_a_plan_in_a_field_that_the_analysis_does_not_speak_of_is_told(house, by, document):
    whole(by, document)
    plan = house.document(funding_year=YEAR + 1, until_year=YEAR + 1)
    house.task(plan, field="AD")
    assert [m.text for m in queries.missing_for_review(document)] == [
        "Antidiskriminierungsarbeit: steht in der Planung, nicht in der Analyse"
    ]


# Side by side --------------------------------------------------------------------------------------------------------
def told(label="Quote", value="1", area="Nord", year=2024, unit="%"):
    return DataItem(label=label, value=value, area=area, unit=unit, as_of=date(year, 12, 31))


def test_the_same_figure_in_several_places_is_a_series_the_highest_first():
    (found,) = series_of([told(value="10,5"), told(value="20", area="Süd"), told(value="rund 30", area="West")])
    assert [(p.words, p.written) for p in found.points] == [("Süd", "20 %"), ("Nord", "10,5 %")]
    assert (found.title, found.by_area) == ("Quote, 2024", True)
    assert found.words == "Quote, 2024: von 10,5 % (Nord) bis 20 % (Süd)."


def test_the_same_figure_over_years_is_a_series_in_time():
    (found,) = series_of([told(year=2024), told(value="2", year=2022)])
    assert ([p.words for p in found.points], found.title, found.by_area) == (["2022", "2024"], "Quote, Nord", False)


def test_of_several_places_and_years_the_last_day_is_drawn():
    rows = [told(area=area, year=year) for area in ("Nord", "Süd") for year in (2022, 2023, 2024)]
    (found,) = series_of(rows)
    assert (found.where, len(found.points), found.by_area) == ("2024", 2, True)


def test_a_picture_holds_the_highest_of_many_places():
    (found,) = series_of([told(area=f"Ort {n:02}", value=str(n)) for n in range(30)])
    assert (len(found.points), [p.words for p in found.bars][:2], len(found.bars), found.is_cut) == (
        30, ["Ort 29", "Ort 28"], 24, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "items", [[], [told()], [told(), told(unit="Anzahl", area="Süd")], [told(), told(label="x", year=2020)], [told(), told()]]
)  # fmt: skip
def test_what_cannot_be_compared_is_no_series(items):
    assert series_of(items) == []
