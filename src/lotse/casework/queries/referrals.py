"""Referrals of a file, what of them is to be done today, and the one that a partner has opened."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.enums import ReferralState
from lotse.casework.models import Client, Referral, ReferralQuestion
from lotse.casework.models.referral import LINK
from lotse.core.finding import found
from lotse.correspondence.links import LinkInvalid, open_link
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner
from lotse.partners.queries import partner_list

HEAD = ("public_id", "organisation", "state", "remind_on", "sent_at", "wrong_codes", "partner__name")
PERSON = ("client__public_id", "client__first_name", "client__last_name")
WHOLE = ("partner", "client__responsible", "client__site", "link", "consent")


def referrals_of(client: Client) -> list[Referral]:
    rows = client.referrals.select_related("partner")
    return list(rows.only(*HEAD, "client", "ended_at", "created_at", "decline_reason", "appointment_at"))


def get_referral(actor: Actor, client: Client, public_id: str) -> Referral:
    rows = Referral.objects.visible_to(actor).filter(client=client)
    return found(rows.select_related(*WHOLE).prefetch_related("questions"), public_id)


def get_question(actor: Actor, client: Client, public_id: str) -> ReferralQuestion:
    rows = ReferralQuestion.objects.visible_to(actor).filter(client=client, replied_at=None)
    return found(rows.select_related("referral__client", "referral__partner"), public_id)


def possible_partners(actor: Actor) -> dict[str, Partner]:
    return {partner.public_id: partner for partner in partner_list(actor)}


def my_referrals_to_do(actor: Actor, today: date, limit: int = 20) -> list[Referral]:
    """In my own files: an answer, a question, or silence."""
    mine = Referral.objects.filter(
        client__responsible_id__in=actor.file_holder_ids, organisation_id=actor.organisation_id, remind_on__lte=today
    )
    open_questions = ReferralQuestion.objects.filter(replied_at=None).only("public_id", "organisation", "referral")
    rows = mine.filter(client__restricted_on=None).select_related("client", "partner").only(*HEAD, *PERSON)
    rows = rows.prefetch_related(Prefetch("questions", open_questions, to_attr="open_questions"))
    return list(rows.order_by("remind_on", "id")[:limit])


def referral_behind(token: str) -> Referral:
    """Of a link that is right and open; `LinkInvalid` for everything else. Writes nothing."""
    link = open_link(token, purpose=LINK)
    referral = _whole().filter(public_id=link.object_ref, link=link).first()
    return _open_to_partner(referral)


def opened_referral(public_id: str, link_ref: str) -> Referral:
    """For a partner who has given the code; the link may have died since."""
    return _open_to_partner(_whole().filter(public_id=public_id, link__public_id=link_ref).first())


def _whole() -> QuerySet[Referral]:
    return Referral.objects.select_related(*WHOLE).prefetch_related("questions")


def _open_to_partner(referral: Referral | None) -> Referral:
    if referral is None or not rules.is_open_to_partner(referral):
        raise LinkInvalid
    return referral


def expired_referrals_exist() -> bool:
    waiting = (ReferralState.SENT, ReferralState.SEEN)
    return Referral.objects.filter(state__in=waiting, link__valid_until__lte=timezone.now()).exists()
