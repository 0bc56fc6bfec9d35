"""Figures that apps count for the criteria of quality, each against the rows it is about."""

from lotse.casework.actions.custody import receive_property, report_damage, return_property, settle_damage
from lotse.casework.actions.review import draw_round
from lotse.casework.models import FileReview
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.partners.enums import CooperationKind
from lotse.partners.models import CooperationAgreement
from tests.factories import casework as make
from tests.factories import cooperation, ways
from tests.factories import quality_evidence as proofs

YEAR = Period(make.days_ago(360), make.days_ago(0))


def cells(world, key, who="technical_lead", own=False, period=YEAR):
    (found,) = evaluate([fact(f"quality.{key}")], Question(getattr(world, who).actor, period, own=own))
    return {cell.key: cell.count for cell in found.cells if cell.count}


def test_minutes_are_counted_of_team_meetings_of_both_kinds_that_were_held(world):
    for kind, is_minuted in (("team_case", True), ("team_staff", False), ("coordination_round", False)):
        format = proofs.team(world, kind)
        proofs.met(format, proofs.days(-10), minuted=is_minuted)
        ways.meeting(format, on=proofs.days(-9), state="cancelled")
    assert cells(world, "minuted") == {"with_minutes": 1, "without_minutes": 1}
    assert cells(world, "minuted", "outsider") == {}


def test_drawn_files_are_counted_by_whether_they_were_reviewed(world):
    for name in ("Eins", "Zwei", "Drei"):
        make.case(world, client=make.person(world, last_name=name))
    draw_round(
        by=world.technical_lead.actor, site=world.site, quarter=proofs.today(), per_counsellor=3,
        reviewer=world.technical_lead.person, opens_until=proofs.today(),
    )  # fmt: skip
    FileReview.objects.filter(pk=FileReview.objects.first().pk).update(reviewed_on=proofs.today(), answers={"a": "yes"})
    assert cells(world, "reviewed_files", own=True) == {"yes": 1, "no": 2}
    assert cells(world, "reviewed_files", "carrier_manager") == {}  # three files are too few to be shown


def test_property_in_custody_is_counted_by_whether_it_went_back(world):
    by, client = world.counsellor.actor, make.person(world)
    make.case(world, client=client)
    first, second = (
        receive_property(by=by, client=client, description=f"Pass {n}", received_on=make.days_ago(5)) for n in (1, 2)
    )
    report = report_damage(by=by, item=first, kind="lost", on=make.days_ago(4), account="Im Bus")
    assert cells(world, "damage_settled", "counsellor", own=True) == {"no": 1}
    settle_damage(by=by, report=report, on=make.days_ago(3), settlement="Ersetzt")
    return_property(by=by, item=second, on=make.days_ago(2), to="Ihr selbst")
    assert cells(world, "custody", "counsellor", own=True) == {"returned": 1, "here": 1}
    assert cells(world, "damage_settled", "counsellor", own=True) == {"yes": 1}
    assert cells(world, "custody", "colleague", own=True) == {}


def test_contracts_count_where_they_were_checked_and_signed(world):
    kind = CooperationKind.MEASURE
    cooperation.agreed(world, kind=kind)
    cooperation.agreed(world, kind=kind, signed=False)
    cooperation.agreed(world)
    ended = cooperation.agreed(world, kind=kind)
    CooperationAgreement.objects.filter(pk=ended.pk).update(valid_to=make.days_ago(1))
    assert cells(world, "contracts") == {"whole": 1, "nothing": 1}


def test_agreements_with_course_providers_are_talked_of_once_a_year(world):
    old, fresh = cooperation.agreed(world), cooperation.agreed(world)
    CooperationAgreement.objects.update(valid_from=make.days_ago(800))
    CooperationAgreement.objects.filter(pk=fresh.pk).update(reviewed_on=make.days_ago(30))
    assert cells(world, "course_agreements") == {"recent": 1, "long_ago": 1}
    CooperationAgreement.objects.filter(pk=old.pk).update(valid_to=make.days_ago(1))
    assert cells(world, "course_agreements") == {"recent": 1}
