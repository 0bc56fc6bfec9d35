"""Tables of official statistics: the flat file in both forms, tables as people make them, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from lotse.agency.statistics import reading
from lotse.agency.statistics.cells import amount_of, day_of, written
from lotse.agency.statistics.reading import Figure, Wanted, read_statistics
from lotse.documents.archives import XLSX
from lotse.documents.rendering.sheets import Sheet, write_xlsx
from lotse.documents.wording import CSV

OLD = """Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;BEVSTD__Bevoelkerungsstand__Anzahl
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2024;KREISE;Kreise und kreisfreie Städte;09999;Beispielstadt;NAT;Nationalität;NATA;Ausländer;120345
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2024;KREISE;Kreise und kreisfreie Städte;09999;Beispielstadt;NAT;Nationalität;;Insgesamt;580001
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2024;KREISE;Kreise und kreisfreie Städte;09998;Musterkreis;NAT;Nationalität;NATA;Ausländer;.
"""
NEW = """statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label;value_q
13211;Arbeitsmarktstatistik;JAHR;Jahr;2024;GEOGM4;Gemeinden;09999;Beispielstadt;10,7;Prozent;ERW112;Arbeitslosenquote;e
13211;Arbeitsmarktstatistik;JAHR;Jahr;2023;GEOGM4;Gemeinden;09999;Beispielstadt;-;Prozent;ERW112;Arbeitslosenquote;e
"""
MIXED = """Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;Wert;Wert_Einheit;Wert_Merkmal_Code;Wert_Merkmal_Label
21111;Statistik der allgemeinbildenden Schulen;SJAHR;Schuljahr;2024/25;GEMEIN;Gemeinden;09999;Beispielstadt;412;Anzahl;BIL003;Schüler
"""


def read(text, *, encoding="utf-8", media_type=CSV, **wanted):
    content = text.encode(encoding) if isinstance(text, str) else text
    return read_statistics(content, media_type, Wanted(**wanted))


def figure(label="Bevoelkerungsstand", area="Beispielstadt", as_of=date(2024, 12, 31), value=1, unit=""):
    return Figure(label, area, as_of, Decimal(str(value)), unit)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-1", "utf-16"])
def test_a_flat_file_names_values_in_their_headings(encoding):
    found = read(OLD, encoding=encoding)
    assert found.figures == (figure("Bevoelkerungsstand, Ausländer", value=120345), figure(value=580001))
    assert (found.left_out, found.title) == (1, "Fortschreibung des Bevölkerungsstandes")


def test_a_newer_flat_file_has_a_line_for_each_value():
    assert read(NEW).figures == (
        figure("Arbeitslosenquote", value="10.7", unit="%"),
        figure("Arbeitslosenquote", as_of=date(2023, 12, 31), value=0, unit="%"),
    )


def test_a_flat_file_with_german_headings_and_school_years_is_read():
    assert read(MIXED).figures == (figure("Schüler", as_of=date(2025, 7, 31), value=412),)


def test_a_flat_file_with_points_has_no_thousands():
    (found, _zero) = read(NEW.replace("10,7", "10.734")).figures
    assert found.value == Decimal("10.734")


def test_a_list_of_ones_own_is_known_by_its_headings():
    text = "Was;Stadtteil;Jahr;Wert;Einheit\nKinder in Kitas;Nordstadt;2024;1.234;Anzahl\nQuote;Lindenhof;2024;12,5;%\n"
    assert read(text).figures == (
        figure("Kinder in Kitas", "Nordstadt", value=1234),
        figure("Quote", "Lindenhof", value="12.5", unit="%"),
    )


def test_a_table_with_a_column_for_each_figure_is_read():
    text = "Stadtteil;Einwohner*innen;ohne Schulabschluss\nNordstadt;12.345;(17)\nLindenhof;9 876;x\n"
    found = read(text, day=date(2025, 6, 30))
    assert [(f.label, f.area, f.value) for f in found.figures] == [
        ("Einwohner*innen", "Nordstadt", 12345), ("ohne Schulabschluss", "Nordstadt", 17), ("Einwohner*innen", "Lindenhof", 9876),
    ]  # fmt: skip
    assert (found.left_out, found.figures[0].as_of) == (1, date(2025, 6, 30))


def test_a_workbook_is_read_like_a_text():
    sheet = Sheet("Blatt", ["Was", "Gebiet", "Jahr", "Wert"], [["Zuzüge", "Nordstadt", 2024, 12.5]])
    assert read(write_xlsx([sheet]), media_type=XLSX).figures == (figure("Zuzüge", "Nordstadt", value="12.5"),)


def test_only_the_areas_asked_for_are_read():
    assert [f.area for f in read(OLD, areas=["beispielstadt"]).figures] == ["Beispielstadt"] * 2
    with pytest.raises(ValidationError, match="keine Werte für diese Gebiete"):
        read(OLD, areas=["Nirgendwo"])


def test_what_is_no_number_is_said_with_its_line():
    with pytest.raises(ValidationError) as error:
        read(OLD.replace("120345", "viele").replace("580001", "12;5"))
    assert error.value.messages == ["Zeile 2: „viele“ ist keine Zahl."]


def test_of_many_wrong_lines_five_are_named():
    lines = "".join(f"Kinder;Ort;2024;viele{n}\n" for n in range(8))
    with pytest.raises(ValidationError) as error:
        read(f"Was;Gebiet;Jahr;Wert\n{lines}")
    assert len(error.value.messages) == 6
    assert error.value.messages[-1] == "Und 3 weitere."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Was;Gebiet;Jahr;Wert\nKinder;Ort;bald;3\n", "Zeile 2: „bald“ ist kein Jahr"),
        ("Was;Gebiet;Jahr;Wert\nKinder;Ort;31.02.2024;3\n", "kein Datum"),
        ("Was;Gebiet;Wert\nKinder;Ort;3\n", "nennt keine Zeit"),
        ("Was;Gebiet;Jahr;Wert\nKinder;Ort;2024;.\n", "sind keine Werte"),
        ("Jahr;Notiz\n2024;x\n", "keine Werte zu erkennen"),
        ("", "leer"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(text, said):
    with pytest.raises(ValidationError, match=said):
        read(text)


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_FIGURES", 1)
    with pytest.raises(ValidationError, match=r"mehr als 2\.000 Werte"):
        read(OLD)
    monkeypatch.setattr(reading, "MOST_LINES", 1)
    with pytest.raises(ValidationError, match=r"50\.000 Zeilen"):
        read(OLD, areas=["Beispiel"])
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(ValidationError, match="6 MB"):
        read(OLD)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", 12),
        ("-3,5", "-3.5"),
        ("1.234.567,8", "1234567.8"),
        ("1234 r", 1234),
        ("1 234", 1234),
        ("–", 0),
        ("/", None),
    ],
)
def test_numbers_are_read_as_offices_write_them(text, amount):
    assert amount_of(text, grouped=True) == (None if amount is None else Decimal(str(amount)))


@pytest.mark.parametrize("text", ["1,2,3", "12;5", "9" * 15, "rund 40", "True"])
def test_other_numbers_are_refused(text):
    with pytest.raises(ValidationError, match="keine Zahl"):
        amount_of(text, grouped=True)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024", date(2024, 12, 31)), (2024, date(2024, 12, 31)), (2024.0, date(2024, 12, 31)), ("30.6.2024", date(2024, 6, 30)),
        ("2022-05-15", date(2022, 5, 15)), ("04/1991", date(1991, 4, 30)), ("2024-02", date(2024, 2, 29)),
        ("2023/24", date(2024, 7, 31)), ("2023/2024", date(2024, 7, 31)), (date(2024, 3, 1), date(2024, 3, 1)),
    ],
)  # fmt: skip
def test_a_time_means_its_last_day(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("amount", "text"), [("12345.60", "12.345,6"), ("1000000", "1.000.000"), ("0", "0"), ("-2.50", "-2,5")]
)
def test_numbers_are_written_the_german_way(amount, text):
    assert written(Decimal(amount)) == text
