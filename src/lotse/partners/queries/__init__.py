from lotse.partners.queries.choices import by_kind, choice
from lotse.partners.queries.partners import get_partner, partner_list

__all__ = ["by_kind", "choice", "get_partner", "partner_list"]
