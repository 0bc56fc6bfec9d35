"""Forms and logos with a time: what holds, and why something may not leave the house."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.core.exceptions import ValidationError

from lotse.documents import templates
from lotse.documents.rendering import Document, Heading, render_pdf
from lotse.documents.rendering.docx import render_docx
from lotse.documents.rules import may_leave
from lotse.documents.templates import PURPOSES, Purpose, current, fill, logos, missing_in
from tests.documents.letters import saved, word
from tests.documents.reading import tags_of
from tests.factories import forms

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    made = Purpose("plan", "die Planung", ("Agentur", "Jahr"), {"Ziel": ("Text", "bis")}, dict, ("Agentur", "Ziel"))
    monkeypatch.setitem(PURPOSES, "plan", made)
    return made


def table_form(*cells, line="{{Agentur}} {{Jahr}}"):
    return word(line, table=cells)


@pytest.mark.rule("IA-02")
@pytest.mark.parametrize(
    ("ends", "wanted"), [(date(2026, 6, 1), ""), (date(2026, 5, 31), "Die Vorlage für die Planung gilt seit 01.06.2026 nicht mehr.")]
)  # fmt: skip
def test_a_form_holds_until_its_last_day(world, ends, wanted):
    made = forms.form(world.coordinator, world.district, "plan", valid_to=ends)
    found = current(world.nordstadt, "plan", DAY)
    assert (found.template, found.reason.removesuffix(f" {templates.KEPT_BY}")) == (None if wanted else made, wanted)


@pytest.mark.rule("IA-02")
def test_a_form_that_holds_later_does_not_hold_yet(world):
    forms.form(world.coordinator, world.district, "plan", valid_from=date(2026, 7, 1))
    assert "gilt erst ab 01.07.2026." in current(world.nordstadt, "plan", DAY).reason


@pytest.mark.rule("IA-02")
def test_where_no_form_is_prescribed_the_paper_of_the_house_leaves_it_with_logos_that_hold(world):
    found = current(world.nordstadt, "plan", DAY)
    assert (found.allows, found.template) == (True, None)
    forms.logo(world.coordinator, world.district, valid_to=date(2026, 4, 30))
    assert "Das Logo des Ministeriums gilt seit 01.05.2026 nicht mehr." in current(world.nordstadt, "plan", DAY).reason


@pytest.mark.rule("IA-02")
def test_an_outdated_logo_holds_everything_back_and_is_named(world):
    forms.form(world.coordinator, world.district, "plan")
    old = forms.logo(world.coordinator, world.district, valid_to=date(2026, 4, 30))
    held = current(world.nordstadt, "plan", DAY)
    assert held.reason == f"Das Logo des Ministeriums gilt seit 01.05.2026 nicht mehr. {templates.KEPT_BY}"
    new = forms.logo(world.coordinator, world.district, valid_from=date(2026, 5, 1))
    assert current(world.nordstadt, "plan", DAY).logos == [new]
    assert logos(world.nordstadt, date(2026, 4, 30)) == [old]


@pytest.mark.rule("IA-02")
def test_the_rule_asks_for_the_form_and_every_logo(world):
    form = forms.form(world.coordinator, world.district, "plan", valid_to=date(2026, 12, 31))
    logo = forms.logo(world.coordinator, world.district, valid_to=DAY)
    assert may_leave(form, [logo], DAY)
    assert may_leave(form, [], date(2026, 12, 31))
    assert not may_leave(form, [], date(2027, 1, 1))
    assert not may_leave(form, [logo], date(2026, 6, 2))
    assert not may_leave(None, [logo], DAY)
    assert may_leave(None, [logo], DAY, is_prescribed=False)
    assert not may_leave(None, [logo], date(2026, 6, 2), is_prescribed=False)


def test_the_nearest_form_and_logo_hold_and_nothing_of_another_carrier(world):
    forms.form(world.coordinator, world.suedstadt, "plan")
    far = forms.form(world.coordinator, world.district, "plan", valid_from=date(2026, 2, 1))
    near = forms.form(world.coordinator, world.nordstadt, "plan")
    mine = forms.logo(world.coordinator, world.nordstadt)
    forms.logo(world.coordinator, world.district, valid_from=date(2026, 2, 1))
    assert current(world.nordstadt, "plan", DAY).template == near
    assert current(world.district, "plan", DAY).template == far
    assert logos(world.nordstadt, DAY) == [mine]


def test_a_form_is_filled_and_a_row_stands_there_for_every_entry(world):
    made = forms.form(world.coordinator, world.district, "plan", table_form("{{Ziel.Text}}", "bis {{ziel.bis}}"))
    values = {"Agentur": "Nord", "Jahr": "2026", "Ziel": [{"Text": "Treff {{Jahr}}", "bis": "Mai"}, {"Text": "Netz", "bis": "Juni"}]}  # fmt: skip
    assert forms.text_of(fill(made, values)) == ["Nord 2026", "Treff {{Jahr}}", "bis Mai", "Netz", "bis Juni"]


def test_a_list_without_entries_leaves_a_row_of_dashes(world):
    made = forms.form(world.coordinator, world.district, "plan", table_form("{{Ziel.Text}}", "{{Ziel.bis}}"))
    assert forms.text_of(fill(made, {"Agentur": "Nord", "Jahr": "2026", "Ziel": []})) == ["Nord 2026", "–", "–"]


def test_unknown_gaps_are_refused_and_missing_ones_named(purpose):
    with pytest.raises(ValidationError, match="Meinten Sie „Agentur“"):
        missing_in(word("{{Agentuhr}}"), purpose)
    assert missing_in(word("{{Jahr}}"), purpose) == ["Agentur", "Ziel"]
    assert missing_in(table_form("{{Ziel.Text}}"), purpose) == []


def test_a_gap_of_a_list_outside_of_a_table_is_refused(purpose):
    with pytest.raises(ValidationError, match="Tabellenzeile"):
        missing_in(word("{{Ziel.Text}}"), purpose)


def test_logos_stand_in_the_head_of_both_papers_with_their_words(world):
    made = forms.logo(world.coordinator, world.district)
    paper = Document(title="Plan", blocks=(Heading("Plan"),), logos=templates.images([made]))
    with zipfile.ZipFile(io.BytesIO(render_docx(paper))) as word_file:
        assert "Wappen von Nordrhein-Westfalen" in word_file.read("word/document.xml").decode()
    assert tags_of(render_pdf(paper)) == ["Document", "Div", "Div", "Figure", "H1"]


def test_a_form_with_several_lists_in_one_row_is_refused(monkeypatch):
    both = Purpose("both", "x", (), {"Ziel": ("Text",), "Schritt": ("Was",)}, dict)
    file = docx.Document()
    cells = file.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "{{Ziel.Text}}", "{{Schritt.Was}}"
    with pytest.raises(ValidationError, match="derselben Liste"):
        missing_in(saved(file), both)
