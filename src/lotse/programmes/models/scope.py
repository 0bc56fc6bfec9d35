from lotse.organisations.models.scope import in_branches

__all__ = ["in_branches"]
