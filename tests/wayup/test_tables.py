"""The closed list, and sums that are exact on every level."""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotse.casework.facts import FACTS
from lotse.core.canonical import canonical
from lotse.facts import counting
from lotse.facts.registry import fact
from lotse.wayup import closed_lists
from lotse.wayup.closed_lists import BadForm, all_forms
from lotse.wayup.reports import report_of
from lotse.wayup.tables import MISSING, MOST_DIMENSIONS, OTHER, Refused, added, folded, read, totals, written
from tests.wayup.tables import FORM, empty, numbers, report, with_cases


def raw(**changes):
    """A report as it comes out of a file, with something changed in it."""
    content = json.loads(canonical(report().content))
    return {**content, **changes}


def table(key="cases_age"):
    return [row["key"] for row in raw()["tables"]].index(key)


@pytest.mark.rule("UP-01")
@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.name)
def test_a_list_names_figures_that_exist_each_once_and_at_most_two_to_a_table(form):
    named = [dimension for table in form.tables for dimension in table.dimensions]
    assert len({d.fact for d in named}) == len(named)
    assert {len(table.dimensions) for table in form.tables} <= set(range(1, MOST_DIMENSIONS + 1))
    assert [(d.fact, d.version) for d in named] == [(d.fact, fact(d.fact).version) for d in named]
    assert all(len({fact(d.fact).population.key for d in table.dimensions}) == 1 for table in form.tables)
    assert {t.counts: fact(t.dimensions[0].fact).population.key for t in form.tables} == {
        t.counts: t.counts for t in form.tables
    }


@pytest.mark.parametrize("dimension", [d for t in FORM.tables for d in t.dimensions], ids=lambda d: d.fact)
def test_every_cell_of_the_list_has_words(dimension):
    words = [fact(dimension.fact).words(key) for key in dimension.keys]
    assert (len(set(words)), [w for w, key in zip(words, dimension.keys, strict=True) if w == key]) == (len(words), [])


def test_the_cells_of_the_list_are_those_of_the_figures():
    fixed = {f.key: f.keys for f in FACTS if f.keys}
    listed = {d.fact: d.keys for t in FORM.tables for d in t.dimensions}
    assert {key: listed[key] for key in fixed if key in listed} == {key: fixed[key] for key in fixed if key in listed}


def test_missing_is_the_word_of_the_figures():
    assert counting.MISSING == MISSING


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": ["cases.age", "cases.gender", "cases.stay"]},
        {"by": []},
    ],
)
def test_a_list_with_more_than_two_dimensions_is_refused(wrong):
    row = {"key": "x", "title": "x", "unit": "x", "counts": "cases", **wrong}
    with pytest.raises(BadForm):
        closed_lists._table(row, {})


def test_what_only_one_organisation_has_in_its_lists_is_other():
    gender = next(t for t in FORM.tables if t.key == "cases_stay")
    assert folded(gender, {("under_1",): 2, ("eigener Eintrag",): 3, (MISSING,): 1, ("x",): 1, ("from_3",): 0}) == {
        ("under_1",): 2, (OTHER,): 4, (MISSING,): 1,
    }  # fmt: skip


@pytest.mark.rule("UP-01")
@given(st.lists(st.lists(numbers(), min_size=1, max_size=3), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_sums_are_equal_on_every_level(carriers):
    """Site by site, carrier by carrier, and through the written form of a file: the same exact numbers."""
    sites = [site for carrier in carriers for site in carrier]
    by_carrier = [added(FORM, carrier) for carrier in carriers]
    through_files = [report_of(json.loads(canonical(report(tables).content))).tables for tables in by_carrier]
    slow = {
        t.key: {
            key: sum(site[t.key].get(key, 0) for site in sites)
            for key in t.cells
            if any(key in s[t.key] for s in sites)
        }
        for t in FORM.tables
    }
    assert added(FORM, sites) == added(FORM, by_carrier) == added(FORM, through_files) == slow
    every = [totals(FORM, site) for site in sites]
    assert totals(FORM, added(FORM, sites)) == {what: sum(one[what] for one in every) for what in every[0]}


@given(numbers())
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_again_as_it_was(tables):
    assert read(FORM, json.loads(canonical(written(FORM, tables)))) == tables


def test_a_sum_of_nothing_is_empty():
    assert added(FORM, []) == empty()


def test_tables_that_count_the_same_must_agree():
    with pytest.raises(Refused, match="andere Summe"):
        totals(FORM, {**with_cases(under_27=7), "cases_stay": {("under_1",): 6}})


def _cells(content, cells):
    content["tables"][table()]["cells"] = cells


def _dimensions(content, *facts):
    content["tables"][table()]["dimensions"] = [{"fact": name, "version": 1} for name in facts]


WRONG = {
    "a table outside the list": (lambda c: c["tables"].append({"key": "names", "dimensions": [], "cells": []}), "andere Tabellen"),
    "a table of the list under another name": (lambda c: c["tables"][0].update(key="x"), "andere Tabellen"),
    "a table less": (lambda c: c["tables"].pop(), "andere Tabellen"),
    "no tables": (lambda c: c.update(tables="alle"), "fehlen die Tabellen"),
    "rows instead of tables": (lambda c: c.update(tables=[1]), "fehlen die Tabellen"),
    "more than two dimensions": (lambda c: _dimensions(c, "cases.age", "cases.gender", "cases.stay"), "mehr als 2"),
    "other dimensions": (lambda c: _dimensions(c, "cases.age", "cases.stay"), "anderen Merkmalen"),
    "another version of a figure": (lambda c: _dimensions(c, "cases.age", "cases.gender"), "anderen Fassung"),
    "a column more": (lambda c: c["tables"][0].update(note="x"), "anders aufgebaut"),
    "a negative number": (lambda c: _cells(c, [[["under_27", "w"], -1]]), "keine Anzahl"),
    "a zero": (lambda c: _cells(c, [[["under_27", "w"], 0]]), "keine Anzahl"),
    "half a person": (lambda c: _cells(c, [[["under_27", "w"], 1.5]]), "keine Anzahl"),
    "yes": (lambda c: _cells(c, [[["under_27", "w"], True]]), "keine Anzahl"),
    "a text as number": (lambda c: _cells(c, [[["under_27", "w"], "7"]]), "keine Anzahl"),
    "far too many": (lambda c: _cells(c, [[["under_27", "w"], 10**12]]), "keine Anzahl"),
    "a cell of free text": (lambda c: _cells(c, [[["Mira Özdemir", "w"], 7]]), "nicht gibt"),
    "a cell twice": (lambda c: _cells(c, [[["under_27", "w"], 3], [["under_27", "w"], 4]]), "doppelt"),
    "a cell of one dimension": (lambda c: _cells(c, [[["under_27"], 7]]), "nicht gibt"),
    "no cells": (lambda c: _cells(c, 7), "nicht lesbar"),
    "cells that are none": (lambda c: _cells(c, [[7]]), "nicht lesbar"),
    "sums that disagree": (lambda c: _cells(c, [[["under_27", "w"], 6]]), "andere Summe"),
    "something else beside it": (lambda c: c.update(cases=[]), "anders aufgebaut"),
    "something missing": (lambda c: c.pop("units"), "anders aufgebaut"),
    "another list": (lambda c: c["form"].update(key="own"), "nicht gibt"),
    "a changed list": (lambda c: c["form"].update(sha256="0" * 64), "nicht gibt"),
    "no list": (lambda c: c.update(form="mbe"), "nach welchem Formular"),
    "a name as number of the report": (lambda c: c.update(id="Mira Özdemir"), "keine gültige Nummer"),
    "a long number": (lambda c: c.update(id="a" * 17), "keine gültige Nummer"),
    "no revision": (lambda c: c.update(revision=0), "keine Anzahl"),
    "more included than expected": (lambda c: c.update(units={"included": 14, "expected": 13}), "mehr Stellen"),
    "no coverage": (lambda c: c.update(sites=13), "wie vollständig"),
    "no day": (lambda c: c["period"].update(start="neulich"), "Zeitraum"),
    "no period": (lambda c: c.update(period=None), "Zeitraum"),
}  # fmt: skip


@pytest.mark.rule("UP-01")
@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_report_with_anything_else_is_refused(change, said):
    content = deepcopy(raw())
    change(content)
    with pytest.raises(Refused, match=said):
        report_of(content)


@pytest.mark.parametrize("nothing", [None, [], "x", 1, {}])
def test_what_is_no_report_is_refused(nothing):
    with pytest.raises(Refused):
        report_of(nothing)


def test_the_documented_example_is_a_report_as_it_is_sent():
    page = (Path(__file__).parents[2] / "docs" / "wayup.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert report_of(json.loads(example)) == report()
    assert json.loads(example) == raw()
