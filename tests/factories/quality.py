"""Catalogues and self-assessments, made through the actions; a small invented catalogue of any size."""

from datetime import date

from lotse.organisations.enums import OrganisationKind as Kind
from lotse.quality.actions import assessments as acts
from lotse.quality.actions.frameworks import link_criteria, set_reference, take_over
from lotse.quality.content import AreaData, Content, CriterionData
from lotse.quality.enums import Rating
from lotse.quality.models import Criterion, Framework, Judgement, SelfAssessment
from lotse.quality.packaged import EXAMPLE, packaged
from tests.factories import quality_audits
from tests.personas import organisation, persona

YEAR = 2026


def content(size=3, key="beispiel", version="1", **more) -> Content:
    """Chapters of ten; the second criterion has two parts."""
    numbers = [f"{at // 10 + 1}" for at in range(size)]
    areas = tuple(AreaData(number, f"Bereich {number}") for number in dict.fromkeys(numbers))
    criteria = tuple(
        CriterionData(f"b-{at}", f"B {at}", number, "ensure", f"Beispiel {at} gilt.", ("Erstens", "Zweitens") if at == 2 else ())
        for at, number in enumerate(numbers, start=1)
    )  # fmt: skip
    values = {"title": "Beispielkriterien", "source": "erfunden", "is_example": True, **more}
    return Content(key=key, version=version, areas=areas, criteria=criteria, **values)


def awo(world, by=None) -> Framework:
    by = (by or world.carrier_manager).actor
    return take_over(by=by, organisation=world.nordstadt, content=packaged()[EXAMPLE])


def small(world, size=3, **more) -> Framework:
    return take_over(by=world.carrier_manager.actor, organisation=world.nordstadt, content=content(size, **more))


def far_manager(world):
    """Who leads the other carrier."""
    return _hired(world, "far_manager", world.suedstadt, "carrier_manager")


def officer(world):
    return _hired(world, "officer", world.nordstadt, "qm_officer")


def _hired(world, name, where, role):
    if name not in world.personas:
        persona(world, name, where, role)
    return world.personas[name]


def begun(world, framework, **more) -> SelfAssessment:
    values = {"title": f"Selbstbewertung {YEAR}", "begins_on": date(YEAR, 1, 1), "ends_on": date(YEAR, 12, 31)}
    return acts.begin_assessment(by=world.carrier_manager.actor, framework=framework, **{**values, **more})


def of(assessment, slug) -> Judgement:
    return assessment.judgements.get(criterion__slug=slug)


def judged(world, judgement, rating=Rating.FULFILLED, by=None, **more) -> Judgement:
    """Every part the same where there are some."""
    parts = dict.fromkeys(judgement.criterion.parts.values_list("pk", flat=True), rating)
    by = (by or world.carrier_manager).actor
    return acts.judge(by=by, judgement=judgement, rating=rating, parts=parts, **more)


def judged_all(world, assessment, rating=Rating.FULFILLED) -> None:
    for row in assessment.judgements.all():
        judged(world, row, rating)


def closed(world, assessment, rating=Rating.FULFILLED) -> SelfAssessment:
    judged_all(world, assessment, rating)
    acts.review(by=world.technical_lead.actor, assessment=assessment, judgements=assessment.judgements.all())
    return acts.close_assessment(by=world.carrier_manager.actor, assessment=assessment)


def another_carrier(world, name="KV Weststadt"):
    return organisation(name, Kind.COUNTY_ASSOCIATION, world.district, is_carrier=True)


def ids(world) -> dict[str, str]:
    """What addresses of the room need: a catalogue, one criterion mapped to another, an assessment with a copy to confirm."""
    by = world.carrier_manager.actor
    framework, other = small(world), small(world, key="anderes", version="2")
    first = Criterion.objects.get(framework=framework, slug="b-1")
    second = Criterion.objects.get(framework=other, slug="b-2")
    link = link_criteria(by=by, criterion=first, other=second)
    set_reference(by=by, criterion=first, text="Kapitel 4")
    last = closed(world, begun(world, other, title="Früher"))
    assessment = begun(world, other, copy_from=last)
    return {
        "framework_id": framework.public_id, "criterion_id": first.public_id, "criterion_link_id": link.public_id,
        "self_assessment_id": assessment.public_id, "judgement_id": of(assessment, "b-1").public_id,
        **quality_audits.ids(world, framework),
    }  # fmt: skip
