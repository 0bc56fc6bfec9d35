"""One way to write a value down, so that its checksum is the same everywhere and on every engine."""

import json
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces; times have been written in UTC before."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of it, in hex."""
    return sha256(canonical(value)).hexdigest()
