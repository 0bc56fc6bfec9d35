"""Public ids: what stands in a URL instead of the primary key."""

import secrets

ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"  # 32 signs without i, l, o, u: nothing that is misread on the phone
LENGTH = 16  # 80 bits
_SIGN_OF_BYTE = bytes(ALPHABET[byte & 31] for byte in range(256))  # every sign equally often


def new_public_id() -> str:
    return secrets.token_bytes(LENGTH).translate(_SIGN_OF_BYTE).decode()


def new_public_ids(count: int) -> list[str]:
    """Many at once, for loaders: a tenth of the price."""
    text = secrets.token_bytes(LENGTH * count).translate(_SIGN_OF_BYTE).decode()
    return [text[start : start + LENGTH] for start in range(0, len(text), LENGTH)]
