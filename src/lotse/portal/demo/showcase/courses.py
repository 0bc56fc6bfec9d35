"""Before, during and after a course."""

from datetime import date

from lotse.casework.actions.courses import add_course, begin_course, drop_out, record_provider_contact
from lotse.casework.enums import Act
from lotse.casework.models import CounsellingCase
from lotse.casework.rules import EXCHANGE
from lotse.portal.demo.showcase.stage import Stage

FIXED = {
    "contact_person": "Frau Muster, Kursleitung",
    "contact_reach": "0150 555 300",
    "presence": "mittwochs 10 bis 12 Uhr, Raum 3 der Sprachschule",
}


def tell(stage: Stage) -> None:
    _running(stage)
    _broken_off(stage)


def _person(stage: Stage, name: str, born: date) -> CounsellingCase:
    return stage.file(name, "Deutsch lernen, um zu arbeiten.", days=110, birth_date=born, contact_language="ti")


def _running(stage: Stage) -> None:
    case, by, school = _person(stage, "Tigist Papierli", date(1995, 7, 14)), stage.mara.actor, stage.partners["school"]
    course = add_course(
        by=by, client=case.client, provider=school, kind="bamf_integration", has_duty=True, starts_on=stage.ago(50), ends_on=stage.ahead(130),
        child_care="clarified", fee="exempt", **FIXED,
    )  # fmt: skip
    begin_course(by=by, course=course, on=stage.ago(50))
    stage.consent(case.client, Act.DISCLOSURE, days=45, recipient=school, purpose=EXCHANGE)
    record_provider_contact(
        by=by, course=course, on=stage.ago(15), names_person=True, note="Sie fehlt oft montags. Die Kita öffnet später.",
        follow_up_on=stage.ahead(1), follow_up="Mit der Kita über die Öffnungszeit sprechen",
    )  # fmt: skip
    add_course(
        by=by,
        client=case.client,
        provider=school,
        kind="vocational_oriented",
        starts_on=stage.ahead(160),
        child_care="open",
    )


def _broken_off(stage: Stage) -> None:
    case, by = _person(stage, "Dawit Jemandova", date(1990, 1, 20)), stage.mara.actor
    course = add_course(
        by=by, client=case.client, provider=stage.partners["school"], kind="bamf_integration", starts_on=stage.ago(90), fee="self_paid", **FIXED
    )  # fmt: skip
    begin_course(by=by, course=course, on=stage.ago(90))
    drop_out(
        by=by, course=course, on=stage.ago(10), reason="distance", note="Zwei Stunden Weg am Tag.", follow_up_on=stage.ahead(5),
        follow_up="Kurs in der Nähe suchen",
    )  # fmt: skip
