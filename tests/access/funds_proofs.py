"""Who may open which address of this part of the room "Förderung"; see matrix.py."""

from tests.access.funds import FUNDS, RECEIVER, RECEIVER_LEADS_ON  # noqa: F401 -- for the lines to come

ADDRESSES: dict[str, tuple[int, ...]] = {}
