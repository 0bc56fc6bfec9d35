"""Packages of a procedure and the answers that came back."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality.enums import Outcome, Vote
from lotse.quality.models import Certification, Criterion, ExchangeAnswer, ExchangePackage, PackageKey, Participant

ANSWER = ("package__participant", "package__certification__organisation", "brought_by", "settled_by")


def packages(actor: Actor, certification: Certification) -> list[ExchangePackage]:
    """Without what is in them."""
    rows = ExchangePackage.objects.visible_to(actor).filter(certification=certification).defer("content")
    return list(rows.select_related("participant", "made_by"))


def get_package(actor: Actor, exchange_package_id: str) -> ExchangePackage:
    rows = ExchangePackage.objects.visible_to(actor).select_related("certification", "participant")
    return found(rows, exchange_package_id)


def answers(actor: Actor, certification: Certification) -> list[ExchangeAnswer]:
    rows = ExchangeAnswer.objects.visible_to(actor).filter(package__certification=certification).defer("content")
    return list(rows.select_related(*ANSWER))


def get_answer(actor: Actor, exchange_answer_id: str) -> ExchangeAnswer:
    return found(ExchangeAnswer.objects.visible_to(actor).select_related(*ANSWER), exchange_answer_id)


def without_account(actor: Actor, certification: Certification) -> list[Participant]:
    rows = Participant.objects.visible_to(actor).filter(certification=certification, person=None, access=None)
    return list(rows.order_by("side", "id"))


def get_participant(actor: Actor, certification: Certification, participant_id: str) -> Participant:
    rows = Participant.objects.visible_to(actor).filter(certification=certification, person=None, access=None)
    return found(rows.select_related("certification__organisation", "certification__framework"), participant_id)


def key_of(certification: Certification) -> PackageKey | None:
    return PackageKey.objects.filter(organisation=certification.organisation_id).first()


@dataclass(frozen=True)
class Said:
    """One thing that an answer says, in words."""

    about: str
    text: str
    mark: str = ""


def said(answer: ExchangeAnswer) -> list[Said]:
    """Vote and recommendation in words, standards with what is printed."""
    lines: list[Said] = []
    for name, part in json.loads(answer.content).items():
        lines += SHOW[name](part, answer)
    return lines


def _feedback(part: dict[str, Any], answer: ExchangeAnswer) -> list[Said]:
    framework = answer.package.certification.framework_id
    codes = dict(Criterion.objects.filter(framework=framework).values_list("slug", "code"))
    summary = [Said("Zusammenfassung", part["summary"])] if part["summary"] else []
    rows = [
        Said(codes[row["criterion"]], row["text"], "nacharbeiten" if row["needs_rework"] else "")
        for row in part["remarks"]
    ]
    return summary + rows


def _visit(part: dict[str, Any], _answer: ExchangeAnswer) -> list[Said]:
    rows = [
        Said(row["document"], row["remark"], "gesehen" if row["seen"] else "nicht gesehen") for row in part["checks"]
    ]
    return [Said("Einrichtungsbesuch", f"am {_day(part['on'])}"), *rows]


def _report(part: dict[str, Any], _answer: ExchangeAnswer) -> list[Said]:
    return [Said("Auditbericht", part["text"], Outcome(part["recommendation"]).label)]


def _vote(part: dict[str, Any], _answer: ExchangeAnswer) -> list[Said]:
    return [Said("Stimme", part["reason"], Vote(part["vote"]).label)]


def _decision(part: dict[str, Any], _answer: ExchangeAnswer) -> list[Said]:
    decided = Said(f"Entscheidung am {_day(part['on'])}", part["reason"], Outcome(part["outcome"]).label)
    due = f"bis {_day(part['conditions_due_on'])}" if part["conditions_due_on"] else ""
    return [decided, Said("Auflagen", part["conditions"], due)] if part["conditions"] else [decided]


def _conditions(part: dict[str, Any], _answer: ExchangeAnswer) -> list[Said]:
    return [Said("Auflagen", f"festgestellt am {_day(part['on'])}", "erfüllt" if part["are_met"] else "nicht erfüllt")]


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}"


SHOW = {
    "feedback": _feedback, "visit": _visit, "report": _report, "vote": _vote, "decision": _decision,
    "conditions": _conditions,
}  # fmt: skip
