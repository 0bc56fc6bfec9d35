from lotse.partners.pictures.map import drawing

__all__ = ["drawing"]
