from lotse.partners.actions.partners import create_partner, update_partner

__all__ = ["create_partner", "update_partner"]
