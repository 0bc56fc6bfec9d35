"""Where settings come from: `LOTSE_*` variables, then files in the data folder, then safe defaults.

`LOTSE_MODE` is `production` (default), `demo` (only `make run`: demo keys, demo logins) or `test`.
"""

import secrets
from base64 import b64decode, b64encode
from pathlib import Path

import environ

env = environ.Env()

MODE: str = env.str("LOTSE_MODE", default="production")
HOME = Path(env.str("LOTSE_HOME", default="var")).resolve()


def key_from_file(name: str, size: int) -> str:
    """Read a random key of `size` bytes (base64) from the data folder; make it, mode 0600, at the first start."""
    path = HOME / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(b64encode(_fresh_key(size)).decode(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _fresh_key(size: int) -> bytes:
    """Keys of the demo begin with a word by which production recognises and refuses them."""
    return b"demo" + secrets.token_bytes(size - 4) if MODE == "demo" else secrets.token_bytes(size)


def secret_key() -> str:
    return env.str("LOTSE_SECRET_KEY", default="") or key_from_file("secret_key", 48)


def root_key() -> bytes:
    """The key that wraps every organisation's data key. Losing it loses all secret content."""
    return b64decode(env.str("LOTSE_ROOT_KEY", default="") or key_from_file("root_key", 32))
