"""A family with several cases; a son who is advised by two services; a move that asks who is responsible."""

from datetime import date
from typing import Any

from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.families import open_own_file
from lotse.casework.actions.moves import record_move
from lotse.casework.enums import Act, Tier
from lotse.casework.models import Client, CounsellingCase, HouseholdMember
from lotse.casework.models.accommodation import SHARED
from lotse.core.dates import years_later
from lotse.portal.demo.showcase.stage import Stage

SYRIAN = {"country_of_origin": "sy", "nationalities": ["sy"], "contact_language": "ar", "informed_language": "ar"}


def tell(stage: Stage) -> None:
    mother = _mother(stage)
    _husband(stage, mother)
    son = _grown_son(stage, mother)
    _second_service(stage, son)
    _moved(stage)


def _mother(stage: Stage) -> CounsellingCase:
    case = stage.file(
        "Nadia Kulissé", "Fragen zu Schule, Kindergeld und Wohnung.", days=300, gender="w", birth_date=date(1984, 2, 11),
        phone="0150 555 1301", interpreter_needed=True, **SYRIAN,
    )  # fmt: skip
    soon_adult = years_later(stage.ahead(40), -18)
    _member(
        stage, case, "child", "Yara Kulissé", birth_date=soon_adult, gender="w", institution="Berufskolleg Beispiel"
    )
    _member(
        stage,
        case,
        "child",
        "Lina Kulissé",
        birth_date=date(stage.today.year - 7, 5, 4),
        gender="w",
        institution="Grundschule",
    )
    _member(
        stage, case, "parent", "Salma Kulissé", birth_date=date(1951, 1, 1), birth_precision="year", is_co_advised=True
    )
    stage.talk(case, "Schulanmeldung der jüngeren Tochter besprochen.", 20, ["education_recognition", "family"])
    stage.next_step(case, "Antrag für Yara ab 18 vorbereiten", 4)
    return case


def _member(stage: Stage, case: CounsellingCase, relation: str, name: str, **more: Any) -> HouseholdMember:
    return add_household_member(by=stage.mara.actor, client=case.client, relation=relation, name=name, **more)


def _own(stage: Stage, member: HouseholdMember, days: int, **more: Any) -> Client:
    first, last = member.name.split(" ", 1)
    client = open_own_file(
        by=stage.mara.actor, member=member, site=stage.site, informed_on=stage.ago(days), first_name=first, last_name=last,
        birth_date=member.birth_date, gender="m", address=member.client.address, **SYRIAN, **more,
    )  # fmt: skip
    stage.consent(client, days=days)
    return client


def _husband(stage: Stage, mother: CounsellingCase) -> None:
    row = _member(stage, mother, "partner", "Hamid Kulissé", birth_date=date(1980, 8, 30), gender="m")
    case = stage.case(_own(stage, row, 150), "Sucht Arbeit als Schreiner.", days=150, tier=Tier.BASIC_COUNSELLING)
    stage.next_step(case, "Lebenslauf zusammen durchgehen", 6)


def _grown_son(stage: Stage, mother: CounsellingCase) -> CounsellingCase:
    """He has moved out; his own file stays tied to the family."""
    born = date(stage.today.year - 20, 3, 9)
    row = _member(stage, mother, "child", "Omar Kulissé", birth_date=born, gender="m", left_household_on=stage.ago(80))
    return stage.case(_own(stage, row, 90, phone="0150 555 1302"), "Möchte eine Ausbildung beginnen.", days=90)


def _second_service(stage: Stage, case: CounsellingCase) -> None:
    """The file is opened to the colleague by a second person, and the son has agreed to be advised by both."""
    stage.consent(case.client, Act.JOINT, days=30)
    lent = request_assignment(
        by=stage.mara.actor, client=case.client, person=stage.jonas.person, reason="JMD berät mit", valid_from=stage.ago(30)
    )  # fmt: skip
    confirm_assignment(by=stage.helin.actor, assignment=lent)
    second = stage.case(
        case.client, "Bewerbung um einen Ausbildungsplatz.", days=28, by=stage.jonas, programme="jmd", tier=Tier.BASIC_COUNSELLING
    )  # fmt: skip
    stage.talk(second, "Praktikum in einer Werkstatt angefragt.", 9, ["education_recognition"], by=stage.jonas)


def _moved(stage: Stage) -> None:
    case = stage.file(
        "Tesfay Modelli", "Neu in der Stadt.", days=100, gender="m", contact_language="ti", birth_date=date(1993, 6, 1)
    )
    by = stage.mara.actor
    record_move(by=by, client=case.client, kind=SHARED, since=stage.ago(100), name="Unterkunft Beispielring")
    record_move(
        by=by, client=case.client, kind="independent_decentral", since=stage.ago(4), address="Lindenhof 7\n45127 Beispielstadt"
    )  # fmt: skip
