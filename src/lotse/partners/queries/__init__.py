from lotse.partners.queries.choices import by_kind
from lotse.partners.queries.partners import get_partner, partner_list

__all__ = ["by_kind", "get_partner", "partner_list"]
