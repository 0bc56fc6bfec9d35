from lotse.facts.mapping import Counted, mapping
from lotse.facts.registry import Period, Question, all_facts
from lotse.facts.results import evaluate
from tests.factories import casework as make

CODES = mapping("mbe_statistics")


def test_the_codes_are_an_example_and_name_figures_that_exist_once():
    figures = [mapped.figure for mapped in CODES.figures]
    assert CODES.is_example
    assert set(figures) <= {fact.key for fact in all_facts()}
    assert len({mapped.code for mapped in CODES.figures}) == len(set(figures)) == len(figures)


def test_cells_that_are_coded_exist():
    known = {fact.key: fact.keys for fact in all_facts()}
    coded = {m.figure: set(m.cells) - set(known[m.figure]) for m in CODES.figures if m.cells and known[m.figure]}
    assert {figure: wrong for figure, wrong in coded.items() if wrong} == {}


def test_counts_stand_under_the_codes_of_the_funder(world):
    make.case(world, client=make.person(world, gender="w"))
    question = Question(world.counsellor.actor, Period(make.days_ago(60), make.days_ago(0)), own=True)
    lines = list(CODES.lines(map(Counted.of, evaluate(all_facts(), question))))
    found = {(line.figure_code, line.cell_code): (line.title, line.label, line.count) for line in lines}
    assert (found["01", "1"], found["03", "1"], found["03", "99"], found["03", "00"]) == (
        ("Verlauf", "neu", 1), ("Geschlecht", "weiblich", 1), ("Geschlecht", "nicht erhoben", 0), ("Geschlecht", "zusammen", 1),
    )  # fmt: skip
    assert len(found) == len(lines)


def test_what_is_hidden_stays_hidden(world):
    make.case(world)
    question = Question(world.coordinator.actor, Period(make.days_ago(60), make.days_ago(0)))
    lines = CODES.lines(map(Counted.of, evaluate([f for f in all_facts() if f.key == "cases.movement"], question)))
    assert {line.count for line in lines} == {None}
