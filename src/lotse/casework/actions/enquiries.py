from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import refuse_future, save_checked
from lotse.casework.enums import Outcome
from lotse.casework.models import Enquiry, EnquiryTopic
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site
from lotse.partners.models import Partner
from lotse.programmes.models import Programme


@action("enquiry.recorded", "hat eine einmalige Anfrage erfasst")
def record_enquiry(
    *,
    by: Actor,
    site: Site,
    programme: Programme,
    on: date,
    channel: str,
    route: str,
    topics: Collection[str],
    outcome: Outcome,
    referred_to: Partner | None = None,
    next_step: str = "",
    warnings: Iterable[str] = (),
    **more: Any,
) -> Enquiry:
    """Count an anonymous enquiry. Anything beyond these inputs is refused, names and plan content included (CL-01)."""
    require(rules.can_record_enquiry(by))
    require(site.organisation_id == by.organisation_id)
    refuse_if(bool(more), "Eine einmalige Anfrage speichert weder Namen noch Angaben aus Teil A oder B.")
    refuse_future(on, "on")
    refuse_if(not topics, "Bitte mindestens ein Thema wählen.", "topics")
    named = rules.referral_names_target(outcome, referred_to is not None)
    refuse_if(not named, "Bitte angeben, an wen verwiesen wurde.", "referred_to")
    enquiry = save_checked(
        Enquiry(
            organisation_id=by.organisation_id,
            site=site,
            programme=programme,
            recorded_by_id=by.person_id,
            on=on,
            channel=channel,
            route=route,
            outcome=outcome,
            referred_to=referred_to if outcome == Outcome.REFERRED else None,
            next_step=next_step,
        )
    )
    EnquiryTopic.objects.bulk_create(EnquiryTopic(enquiry=enquiry, topic=topic) for topic in dict.fromkeys(topics))
    record(enquiry, warnings=warnings)
    return enquiry
