"""Public ids: what stands in a URL instead of the primary key."""

import secrets

ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"  # 32 signs without i, l, o, u: nothing that is misread on the phone
LENGTH = 16  # 80 bits
_SIGN_OF_BYTE = bytes(ALPHABET[byte & 31] for byte in range(256))  # every sign equally often


def new_public_id() -> str:
    return secrets.token_bytes(LENGTH).translate(_SIGN_OF_BYTE).decode()
