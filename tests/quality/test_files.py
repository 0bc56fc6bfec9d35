"""A catalogue as a file: what leaves comes in as the same, in three formats; what is wrong is said line by line."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lotse.quality import files
from lotse.quality.actions.frameworks import take_over
from lotse.quality.content import MOST_CRITERIA, AreaData, Content, CriterionData, clean
from lotse.quality.files import as_csv, as_xlsx, as_yaml, read_file
from lotse.quality.packaged import EXAMPLE, FROZEN, packaged
from lotse.quality.queries.content import content_of
from tests.factories import quality as make

FORMATS = {"yaml": as_yaml, "csv": as_csv, "xlsx": as_xlsx}


def told(content, name="katalog.yaml"):
    with pytest.raises(ValidationError) as caught:
        read_file(content, name)
    return caught.value.messages


def csv_of(*lines):
    head = ";".join(files.COLUMNS)
    first = "Katalog;;kat;1;;Titel;Quelle;;"
    return "\n".join([head, first, *lines]).encode()


def yaml_with(**more):
    one = {"slug": "a", "code": "A", "area": "1", "kind": "ensure", "text": "Gilt.", **more}
    listed = "\n".join(f"    {name}: {value}" for name, value in one.items() if value is not None)
    head = (
        'format: 1\nkey: k\nversion: "1"\ntitle: T\nsource: S\nareas:\n  - {number: "1", title: Eins}\ncriteria:\n  -\n'
    )
    return (head + listed.replace("area: 1", 'area: "1"')).encode()


def test_the_packaged_catalogue_has_48_criteria_and_19_parts():
    found = packaged()[EXAMPLE]
    assert (len(found.criteria), sum(len(one.parts) for one in found.criteria), len(found.areas)) == (48, 19, 16)


def test_every_sentence_of_the_packaged_catalogue_is_whole():
    assert [one.slug for one in packaged()[EXAMPLE].criteria if not one.text.endswith(".")] == []


def test_the_packaged_catalogue_is_frozen():
    assert FROZEN.checksums() == FROZEN.released()


@pytest.mark.rule("QM-01")
def test_codes_are_kept_as_they_are_printed():
    codes = [one.code for one in packaged()[EXAMPLE].criteria]
    assert (codes.count("Mi 6. b)"), codes.count("Mi 6. c)"), codes.count("MI 2.5."), codes.count("Mi 2.5.")) == (
        2,
        0,
        1,
        0,
    )


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.rule("QM-01")
def test_what_leaves_one_carrier_comes_in_at_another_as_the_same(world, ending):
    first = make.awo(world)
    left = FORMATS[ending](content_of(first))
    second = take_over(
        by=make.far_manager(world).actor, organisation=world.suedstadt, content=read_file(left, f"katalog.{ending}")
    )
    assert content_of(second) == content_of(first) == packaged()[EXAMPLE]
    if ending != "xlsx":  # a workbook holds the moment of its making
        assert FORMATS[ending](content_of(second)) == left


WORDS = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda t: clean(clean(t))).filter(bool)
MAYBE = st.one_of(st.just(""), WORDS.filter(lambda t: len(t) <= 20))
SHORT = WORDS.map(lambda t: clean(t[:20])).filter(bool)


@st.composite
def contents(draw):
    areas = [AreaData(number, draw(WORDS)) for number in draw(st.lists(SHORT, min_size=1, max_size=3, unique=True))]
    slugs = [f"s-{n}" for n in range(draw(st.integers(1, 4)))]
    numbers = st.sampled_from([area.number for area in areas])
    criteria = [
        CriterionData(
            slug, draw(SHORT), draw(numbers), draw(st.sampled_from(["ensure", "define", "communicate"])), draw(WORDS),
            tuple(draw(st.lists(WORDS, max_size=3))), draw(MAYBE), draw(st.one_of(st.just(""), numbers)),
            tuple(other for other in slugs if other != slug and draw(st.booleans())),
        )
        for slug in slugs
    ]  # fmt: skip
    return Content("k", draw(SHORT), draw(WORDS), draw(WORDS), draw(st.booleans()), tuple(areas), tuple(criteria))


@settings(max_examples=30, deadline=None)
@given(contents())
def test_any_catalogue_survives_every_format(content):
    assert [read_file(write(content), f"k.{ending}") for ending, write in FORMATS.items()] == [content] * 3


def test_every_mistake_is_told_with_its_line():
    lines = (
        "Bereich;1;;;;Eins;;;",
        "Kriterium;2;A b;A;sicherstellen;Gilt.;;;",
        "Kriterium;2;a;A;prüfen;Gilt.;;;",
        "Kriterium;2;b;A;festlegen;;;;",
        "Kriterium;2;c;A;festlegen;Gilt.;;9;z",
        "Kriterium;1;c;A;festlegen;Gilt.;;;c",
    )
    assert told(csv_of(*lines), "k.csv") == [
        "Zeile 4: Die Kennung „A b“ darf nur kleine Buchstaben, Ziffern, Punkt, - und _ haben.",
        "Zeile 5: Die Art „prüfen“ gibt es nicht. Möglich sind sicherstellen, festlegen, bekannt machen.",
        "Zeile 6: „Text“ fehlt.",
        "Zeile 8: „c“ gibt es schon. Jede Kennung steht nur einmal.",
        "Zeile 7: Den Bereich „2“ gibt es in der Datei nicht.",
        "Zeile 7: Den Bereich „9“ gibt es in der Datei nicht.",
        "Zeile 7: Die Kennung „z“ gibt es in der Datei nicht.",
        "Zeile 8: Ein Kriterium kann nicht auf sich selbst zeigen.",
    ]


def test_lines_that_are_none_are_told():
    head = ";".join(files.COLUMNS)
    lines = [head, "Teil;;;;;Erstens;;;", "Kriterien;;a;A;;;;;"]
    assert told("\n".join(lines).encode(), "k.csv") == [
        "Eine Zeile „Katalog“ fehlt. Sie nennt Kennung, Fassung, Titel und Quelle.",
        "Zeile 2: Ein Teil steht unter seinem Kriterium, hier steht darüber keines.",
        "Zeile 3: In „Zeile“ steht „Kriterien“. Möglich sind Katalog, Katalog (Beispiel), Bereich, Kriterium und Teil.",
    ]
    assert told(csv_of("Katalog;;k;1;;T;Q;;"), "k.csv") == ["Zeile 3: Die Zeile „Katalog“ darf es nur einmal geben."]
    assert told(csv_of("Bereich;1;;;;Eins;;;"), "k.csv") == ["Der Katalog: Es gibt kein Kriterium."]


def test_a_missing_column_is_named():
    content = csv_of().replace(b";Hinweis", b";Anderes")
    assert told(content, "k.csv") == ["Die Spalte „Hinweis“ fehlt. Bitte vergleichen Sie mit dem Beispiel."]


def test_formulas_and_days_in_a_workbook_are_refused():
    book = load_workbook(io.BytesIO(as_xlsx(make.content())))
    sheet = book.worksheets[0]
    sheet["F5"], sheet["D4"] = "=1+1", date(2026, 1, 1)
    kept = io.BytesIO()
    book.save(kept)
    assert told(kept.getvalue(), "k.xlsx") == [
        "Zeile 4: Aus „Nummer“ hat das Programm ein Datum gemacht. Bitte die Spalte als Text formatieren.",
        "Zeile 5: In „Text“ steht eine Formel. Bitte fügen Sie nur den Wert ein.",
    ]


def test_numbers_in_a_workbook_are_read_as_they_stand_there():
    book = Workbook()
    rows = [files.COLUMNS, ("Katalog", None, "k", 2, None, "T", "Q"), ("Bereich", 1.5, None, None, None, "Eins")]
    for row in [*rows, ("Kriterium", 1.5, "a", 7, "festlegen", "Gilt.")]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    found = read_file(kept.getvalue(), "k.xlsx")
    assert (found.version, found.areas[0].number, found.criteria[0].code) == ("2", "1.5", "7")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"text": None}, "Kriterium 1 (a): „text“ fehlt."),
        ({"kind": "must"}, "Kriterium 1 (a): Die Art „must“ gibt es nicht. Möglich sind ensure, define, communicate."),
        ({"parts": "eins"}, "Kriterium 1 (a): „parts“ enthält mehr als Text."),
        ({"parts": "[{a: b}]"}, "Kriterium 1 (a): „parts“ muss ein Text sein."),
        ({"code": "X" * 41}, "Kriterium 1 (a): „code“ ist zu lang, erlaubt sind 40 Zeichen."),
        ({"text": "'   '"}, "Kriterium 1 (a): „text“ fehlt."),
        ({"parts": f"[{', '.join('abcdefghijklmnopqrstu')}]"}, "Kriterium 1 (a): Erlaubt sind 20 Teilanforderungen."),
    ],
)
def test_a_criterion_in_yaml_is_checked_word_by_word(more, message):
    assert told(yaml_with(**more)) == [message]


def test_a_comma_that_cuts_a_text_in_two_is_noticed():
    """In braces, YAML takes what follows a comma for a field of its own."""
    cut = yaml_with().replace(
        b"  -\n", b"  - {slug: b, code: B, area: '1', kind: ensure, text: Gilt, auch hier.}\n  -\n"
    )
    assert told(cut) == [
        "Kriterium 1 (b): „auch hier.“ gehört hier nicht hin. Steht in einem Text ein Komma, setzen Sie ihn in Anführungszeichen."
    ]
    assert told(b"format: 1\nareas: [1]\ncriteria: [{text: x}]") == ["Bereich 1: Hier fehlen Angaben wie „text: …“."]


def test_a_whole_yaml_is_taken():
    assert read_file(yaml_with(), "k.yml").criteria == (CriterionData("a", "A", "1", "ensure", "Gilt."),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"format: 2", "„format: 1“ fehlt"),
        (b"format: 1\nareas: 3", "„areas“ fehlt oder ist keine Liste"),
        (b"a: &a [1]\nb: *a", "Verweise"),
        (b"x" * (files.LARGEST + 1), "Erlaubt sind 1 MB"),
        (b"x" * 300_000, "Erlaubt sind 200 KB"),
        (b"PK\x03\x04 kein Archiv", "."),
    ],
)
def test_what_is_no_catalogue_is_refused(content, message):
    assert message in " ".join(told(content))


def test_too_many_mistakes_are_cut_and_counted():
    lines = [f"Kriterium;1;a-{n};A;festlegen;;;;" for n in range(60)]
    said = told(csv_of("Bereich;1;;;;Eins;;;", *lines), "k.csv")
    assert (len(said), said[-1]) == (51, "… und 10 weitere Fehler.")


def test_a_catalogue_has_its_limits():
    assert told(as_yaml(make.content(MOST_CRITERIA + 1))) == ["Der Katalog hat 501 Kriterien, erlaubt sind 500."]
    large = make.content(300)
    assert len(read_file(as_yaml(large), "k.yaml").criteria) == 300
    wordy = replace(large, criteria=tuple(replace(one, text="x" * 999) for one in large.criteria))
    assert told(as_xlsx(wordy), "k.xlsx") == ["Der Katalog enthält zu viel Text. Bitte teilen Sie ihn auf."]
    assert "mehr als 5000 Zeilen" in told(csv_of(*["Teil;;;;;x;;;"] * 5001), "k.csv")[0]
