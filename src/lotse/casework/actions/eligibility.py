import json

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import open_active_file, save_checked
from lotse.casework.models import Client, EligibilityAdvice
from lotse.organisations.actor import Actor
from lotse.programmes.eligibility.advice import Advice
from lotse.programmes.models import Programme

WHY_ANOTHER = "Bitte kurz sagen, warum es ein anderes Programm wird als vorgeschlagen."


@action("eligibility.advised", "hat das passende Programm geprüft")
def keep_advice(
    *,
    by: Actor,
    client: Client,
    advice: Advice,
    suggested: Programme | None,
    chosen: Programme | None,
    reason: str = "",
) -> EligibilityAdvice:
    """What the rules said today and what was chosen. Nothing is blocked: every programme can be chosen (EL-01, EL-02)."""
    fresh = open_active_file(by, client)
    explained = rules.choice_is_explained(suggested and suggested.pk, chosen and chosen.pk, reason)
    refuse_if(not explained, WHY_ANOTHER, "reason")
    kept = EligibilityAdvice(
        organisation_id=fresh.organisation_id,
        client=fresh,
        advised_on=timezone.localdate(),
        advised_by_id=by.person_id,
        rules_version=advice.version,
        findings_text=json.dumps([finding.to_row() for finding in advice.findings], ensure_ascii=False),
        suggested=suggested,
        chosen=chosen,
        reason=reason,
    )
    save_checked(kept)
    record(kept, file=fresh, rules_version=advice.version)
    return kept
