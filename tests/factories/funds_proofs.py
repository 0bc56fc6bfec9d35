"""Rows for this part of the room "Förderung", made beneath the actions."""

from lotse.programmes.models import Grant


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix. `house`: an `AgencyWorld`."""
    return {}
