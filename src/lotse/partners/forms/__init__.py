from lotse.partners.forms.partners import PartnerForm

__all__ = ["PartnerForm"]
