from lotse.partners.models.cooperation import CooperationAgreement, CooperationParty
from lotse.partners.models.offers import ContactPerson, PartnerLanguage, PartnerOffer
from lotse.partners.models.opening import Expertise, OpeningEntry
from lotse.partners.models.partner import Partner, PartnerCategory, PartnerPriority
from lotse.partners.models.ties import PartnerContact, PartnerRating, PartnerRelation

__all__ = [
    "ContactPerson",
    "CooperationAgreement",
    "CooperationParty",
    "Expertise",
    "OpeningEntry",
    "Partner",
    "PartnerCategory",
    "PartnerContact",
    "PartnerLanguage",
    "PartnerOffer",
    "PartnerPriority",
    "PartnerRating",
    "PartnerRelation",
]
