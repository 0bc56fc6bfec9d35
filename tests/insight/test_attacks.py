"""Somebody who may see some cases asks everything that the page offers of the others, as page and as file, and computes
(ADR 0010). Who may see none has released tables only: tests/facts/test_attack.py."""

import re
from itertools import product

import pytest

from lotse.casework.models import CounsellingCase
from tests.facts.test_disclosure import is_computable
from tests.insight.conftest import LAST_YEAR, shown_facts
from tests.insight.test_exports import lines
from tests.insight.test_statistics import page, table

NAMES = {"weiblich": "w", "männlich": "m", "divers": "d", "nicht erhoben": "", "zusammen": None}


def questions(places):
    sites, programmes = ({place[n].public_id: place[n].pk for place in places} for n in (0, 1))
    yield "", None
    yield from ((f"&site={key}", pk) for key, pk in sites.items())
    yield from ((f"&programme={key}", -pk) for key, pk in programmes.items())


def harvest(web, places):
    """Every number that any filter shows, with the rows it stands for: (gender or None, site id or -programme id or None)."""
    found, sites = {}, {site.name: site.pk for site, _programme in places}
    for query, place in questions(places):
        asked = f"?scope=all&year={LAST_YEAR}{query}"
        text = page(web, asked)
        if "<caption" not in text:
            continue
        file = {r["Ausprägung"]: r["Anzahl"] for r in lines(web, asked) if r["Kennung"] == "cases.gender"}
        for name, number in [*table(text, "Geschlecht").items(), *file.items()]:
            if number != "•":
                found.setdefault((NAMES[name], place), set()).add(int(number))
        for name, number in table(text, "Beratungsstellen").items() if place is None else ():
            if name in sites and number != "•":
                found.setdefault((None, sites[name]), set()).add(number)
    return found


def rows_behind(gender, place, atoms):
    def counts(atom):
        return gender in (None, atom[0]) and (place is None or atom[1] == place or atom[2] == -place)

    return frozenset(atom for atom in atoms if counts(atom))


@pytest.mark.rule("DP-13")
@pytest.mark.parametrize("persona", ["colleague", "counsellor", "technical_lead"])
def test_no_combination_of_filters_reveals_a_small_number(world, places, half_seen, login, persona):
    web, actor = login(world.personas[persona]), world.personas[persona].actor
    cases = CounsellingCase.objects.filter(organisation_id__in=actor.counted_organisation_ids)
    hers = set(CounsellingCase.objects.visible_to(actor).values_list("pk", flat=True))
    unseen = [
        (gender, site, programme)
        for pk, gender, site, programme in cases.values_list("pk", "client__gender", "site_id", "programme_id")
        if pk not in hers
    ]
    atoms = sorted(product(("w", "m", "d", ""), {p[0].pk for p in places}, {p[1].pk for p in places}))
    found = harvest(web, places)
    known = [rows_behind(*key, atoms) for key in found]
    secrets = {rows_behind(g, place, atoms) for g in NAMES.values() for _query, place in questions(places)}

    def size(rows):
        return sum(atom in rows for atom in unseen)

    # Zeros are shown: what is not hers and adds up to nothing is empty in every part.
    known += [frozenset([atom]) for rows in known if not size(rows) for atom in rows]
    assert {len(numbers) for numbers in found.values()} == {1}, "page and file never disagree"
    assert [sorted(rows) for rows in known if 0 < size(rows) < 3] == []
    assert [sorted(s) for s in secrets if 0 < size(s) < 3 and is_computable(s, known, atoms)] == []


@pytest.mark.rule("DP-13")
def test_the_attack_would_succeed_on_bare_numbers(world, places, year):
    """What the test above relies on: with one number more, the same computation finds the small one."""
    atoms = sorted(year)
    whole = [rows_behind(gender, None, atoms) for gender in ("w", "m", "", None)]
    assert is_computable(rows_behind("d", None, atoms), whole, atoms)
    assert not is_computable(rows_behind("d", None, atoms), whole[1:], atoms)


@pytest.mark.rule("DP-13")
def test_of_the_others_there_are_whole_years_and_cases_of_the_last_one_only(world, year, login):
    """No part of a year, and no two years that count the same case: nothing to subtract."""
    web = login(world.colleague)
    text = page(web, "?scope=all")
    years = re.findall(r'<option value="(\d+)"', text.split('name="year"')[1].split("</select>")[0])
    cases = {fact.title for fact in shown_facts() if fact.population.is_stock}

    assert years == [str(LAST_YEAR - n) for n in range(5)]
    assert {title for title in cases if f">{title} <span" in text} == cases
    for older in years[1:]:
        asked = page(web, f"?scope=all&year={older}")
        assert {title for title in cases if f">{title} <span" in asked} == set()
        assert web.get(f"/auswertung/cases.gender/w/?scope=all&year={older}").status_code == 404
