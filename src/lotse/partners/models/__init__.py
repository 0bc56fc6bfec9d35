from lotse.partners.models.cooperation import CooperationAgreement
from lotse.partners.models.partner import Partner

__all__ = ["CooperationAgreement", "Partner"]
