"""Phone numbers as people write them, brought to one form so that equal ones meet."""

import re

SHORTEST = 6
_COUNTRY = re.compile(r"^(?:\+|00)49\s*(?:\(0\))?")


def digits_of(phone: str) -> str:
    """Digits only, national form; empty for what is too short to be anybody's number."""
    digits = re.sub(r"\D", "", _COUNTRY.sub("0", phone.strip()))
    return digits if len(digits) >= SHORTEST else ""
