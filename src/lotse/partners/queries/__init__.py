from lotse.partners.queries.partners import get_partner, partner_list

__all__ = ["get_partner", "partner_list"]
