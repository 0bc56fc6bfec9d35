"""What stands on a slip: codes and keywords. The server keeps keyed hashes of them, never the signs."""

import secrets
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from lotse.core.crypto import fingerprint
from lotse.core.ids import ALPHABET

LENGTH = 8  # 40 bits: with the throttle in front nobody finds one of a few hundred by trying
NONCE = 12
_MISREAD = str.maketrans("ilou", "110v")


def new_code() -> str:
    return "".join(chr(secrets.choice(ALPHABET)) for _ in range(LENGTH))


def spoken(code: str) -> str:
    """As it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}".upper()


def plain(typed: str) -> str:
    """As it was printed, however it was typed; empty where it cannot be one."""
    signs = "".join(sign for sign in typed.lower() if sign.isalnum()).translate(_MISREAD)
    return signs if len(signs) == LENGTH and signs.isascii() else ""


def code_digest(code: str, organisation_id: int) -> str:
    return fingerprint(f"survey code {code}", organisation_id=organisation_id)


def keyword_digest(keyword: str, round_ref: str, organisation_id: int) -> str:
    return fingerprint(f"survey keyword {round_ref} {keyword}", organisation_id=organisation_id)


def seal_with(keyword: str, round_ref: str, text: str) -> bytes:
    """Only whoever has the keyword opens it, not even who has the database and the root key."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(keyword, round_ref).encrypt(nonce, _padded(text), round_ref.encode())


def open_with(keyword: str, round_ref: str, sealed: bytes) -> str:
    try:
        padded = _cipher(keyword, round_ref).decrypt(sealed[:NONCE], sealed[NONCE:], round_ref.encode())
    except InvalidTag as error:
        raise ValueError("another keyword") from error
    return b64decode(padded.rstrip(b"_")).decode()


def _cipher(keyword: str, round_ref: str) -> AESGCM:
    stretched = Scrypt(salt=f"survey keyword {round_ref}".encode(), length=32, n=2**14, r=8, p=1)
    return AESGCM(stretched.derive(keyword.encode()))


def _padded(text: str) -> bytes:
    """All as long as each other: the length would tell which answers were given."""
    return b64encode(text.encode()).ljust(512, b"_")
