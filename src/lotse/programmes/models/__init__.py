from lotse.programmes.models.deadlines import DeadlineRule, Obligation
from lotse.programmes.models.grants import BudgetLine, Grant, GrantAgency, Voucher
from lotse.programmes.models.programmes import FundingYear, PostFunding, Programme, ProgrammeName, SiteOffer

__all__ = [
    "BudgetLine",
    "DeadlineRule",
    "FundingYear",
    "Grant",
    "GrantAgency",
    "Obligation",
    "PostFunding",
    "Programme",
    "ProgrammeName",
    "SiteOffer",
    "Voucher",
]
