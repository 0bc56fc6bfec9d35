"""Secret text at rest: AES-256-GCM under a data key per organisation, wrapped by the root key (ADR 0006).

Layout of a sealed value: version (1 byte) · data key id (8 bytes) · nonce (12 bytes) · cipher text with tag.
Associated data: table, column and public id of the row, so that a value cannot be moved to another row.
"""

import hmac
import os
import secrets
import struct
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models, transaction

VERSION = 1
HEADER = struct.Struct(">BQ")
NONCE = 12
KEY_ID_LIMIT = 2**53
# A process may seal under a data key that another one has just retired, for so long at most.
CURRENT_KEY_SECONDS = 60


class SecretUnreadable(Exception):
    """A sealed value cannot be opened: wrong or missing root key, or the stored bytes were changed."""


def root_key_name(root_key: bytes) -> str:
    return sha256(b"lotse root key" + root_key).hexdigest()[:16]


def known_root_keys() -> dict[str, bytes]:
    """By name; two only while the root key is being rotated."""
    old = settings.LOTSE_ROOT_KEY_OLD
    keys = [settings.LOTSE_ROOT_KEY, *([b64decode(old)] if old else [])]
    return {root_key_name(key): key for key in keys}


def wrap(data_key: bytes, root_key: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(root_key).encrypt(nonce, data_key, b"data key")


def unwrap(wrapped: bytes, root_key: bytes) -> bytes:
    try:
        return AESGCM(root_key).decrypt(wrapped[:NONCE], wrapped[NONCE:], b"data key")
    except InvalidTag as error:
        raise SecretUnreadable("Der Hauptschlüssel passt nicht zu diesem Datenbestand.") from error


# Key ids are random and never used twice, so an opener stays right even if the row's transaction is rolled back.
_openers: dict[int, AESGCM] = {}
_current: dict[int, tuple[int, float]] = {}
_fingerprint_keys: dict[int, bytes] = {}
# Made by this process in a transaction that has not committed, or never will: not to be remembered.
_uncommitted: set[int] = set()


def forget_cached_keys() -> None:
    _openers.clear()
    _current.clear()
    _fingerprint_keys.clear()
    _uncommitted.clear()


def _opener(key_id: int) -> AESGCM:
    opener = _openers.get(key_id)
    if opener is None:
        opener = _openers[key_id] = AESGCM(_data_key(key_id))
    return opener


def _data_key(key_id: int) -> bytes:
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    row = DataKey.objects.filter(pk=key_id).first()
    if row is None:
        raise SecretUnreadable("Der Datenschlüssel zu einem geschützten Text fehlt.")
    root = known_root_keys().get(row.root_key_name, settings.LOTSE_ROOT_KEY)
    return unwrap(bytes(row.wrapped), root)


def current_key_id(organisation_id: int) -> int:
    """The key to seal under; made when the organisation has none. Only actions come here, never a page that reads."""
    key_id, until = _current.get(organisation_id, (0, 0.0))
    if until > time.monotonic():
        return key_id
    key_id = stored_key_id(organisation_id) or new_data_key(organisation_id).pk
    if key_id not in _uncommitted:
        _current[organisation_id] = (key_id, time.monotonic() + CURRENT_KEY_SECONDS)
    return key_id


def stored_key_id(organisation_id: int) -> int | None:
    """Two processes may have made a key at once: both keys open, the newer one seals."""
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    keys = DataKey.objects.filter(organisation_id=organisation_id, retired_at=None)
    return keys.order_by("-created_at", "-pk").values_list("pk", flat=True).first()


def new_data_key(organisation_id: int) -> Any:
    """Make the key under which the organisation's text is sealed from now on."""
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    root = settings.LOTSE_ROOT_KEY
    key_id = secrets.randbelow(KEY_ID_LIMIT) + 1
    wrapped = wrap(AESGCM.generate_key(bit_length=256), root)
    _uncommitted.add(key_id)
    row = DataKey.objects.create(
        pk=key_id, organisation_id=organisation_id, wrapped=wrapped, root_key_name=root_key_name(root)
    )
    transaction.on_commit(lambda: _uncommitted.discard(key_id))
    return row


def seal(plain: bytes, *, organisation_id: int, context: bytes) -> bytes:
    key_id = current_key_id(organisation_id)
    nonce = os.urandom(NONCE)
    return HEADER.pack(VERSION, key_id) + nonce + _opener(key_id).encrypt(nonce, plain, context)


def sealer(organisation_id: int) -> Callable[[bytes, bytes], bytes]:
    """`seal` for loaders of one process: the key is looked up once, and nonces are drawn a thousand at a time."""
    key_id = current_key_id(organisation_id)
    head, encrypt, nonces = HEADER.pack(VERSION, key_id), _opener(key_id).encrypt, _nonces()

    def seal_in(context: bytes, plain: bytes) -> bytes:
        nonce = next(nonces)
        return head + nonce + encrypt(nonce, plain, context)

    return seal_in


def _nonces() -> Iterator[bytes]:
    while True:
        many = os.urandom(NONCE * 1000)
        yield from (many[start : start + NONCE] for start in range(0, len(many), NONCE))


def unseal(sealed: bytes, *, context: bytes) -> bytes:
    """The plain bytes; `SecretUnreadable` when anything does not fit. Never returns the sealed bytes instead."""
    body = sealed[HEADER.size :]
    try:
        return _opener(key_id_of(sealed)).decrypt(body[:NONCE], body[NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise SecretUnreadable("Ein geschützter Text lässt sich nicht öffnen.") from error


def fingerprint(text: str, *, organisation_id: int) -> str:
    """The same for the same text of one organisation, and nothing without its first key: to find equals, never to read.

    By the first key, which stays when others take over, so that old and new fingerprints still meet.
    """
    return hmac.new(_fingerprint_key(organisation_id), text.encode(), sha256).hexdigest()[:16]


def _fingerprint_key(organisation_id: int) -> bytes:
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    if organisation_id in _fingerprint_keys:
        return _fingerprint_keys[organisation_id]
    keys = DataKey.objects.filter(organisation_id=organisation_id).order_by("created_at", "pk")
    first = keys.values_list("pk", flat=True).first() or new_data_key(organisation_id).pk
    key = hmac.new(_data_key(first), b"fingerprint", sha256).digest()
    if first not in _uncommitted:
        _fingerprint_keys[organisation_id] = key
    return key


def key_id_of(sealed: bytes) -> int:
    if len(sealed) < HEADER.size + NONCE or sealed[0] != VERSION:
        raise SecretUnreadable("Ein geschützter Text ist beschädigt.")
    return HEADER.unpack_from(sealed)[1]


class _SealedText:
    """Attribute that opens the stored bytes on first access; sealing waits for the save, when the owner is known."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, bytes | memoryview):
            value = instance.__dict__[name] = self.field.opened(value, instance.public_id)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text that the database holds sealed. The model has `organisation_id` and `public_id`.

    `update()` and lookups are refused: sealing needs the row. Empty text is stored as NULL-free empty bytes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def get_default(self) -> str:
        return ""

    def contribute_to_class(self, cls: type, name: str, *args: Any, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, *args, **kwargs)
        setattr(cls, self.attname, _SealedText(self))

    def context_of(self, instance: Any) -> bytes:
        return self.context_for(instance.public_id)

    def context_for(self, public_id: str) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}.{public_id}".encode()

    def opened(self, stored: bytes | memoryview | str, public_id: str) -> str:
        """What was read without its row, by `values_list`."""
        return unseal(bytes(stored), context=self.context_for(public_id)).decode() if stored else ""  # type: ignore[arg-type]

    def pre_save(self, model_instance: Any, add: bool) -> bytes:
        value = model_instance.__dict__[self.attname]
        if isinstance(value, bytes | memoryview):
            return bytes(value)
        if not value:
            return b""
        context = self.context_of(model_instance)
        return seal(value.encode(), organisation_id=model_instance.organisation_id, context=context)

    def get_lookup(self, lookup_name: str) -> Any:
        """Stored bytes can be compared, which re-sealing needs; nothing else can be asked of them."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "in", "isnull") else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value == "":  # a column that is added: there is no row yet to seal anything for
            value = b""
        if isinstance(value, str):
            raise TypeError(f"{self.model.__name__}.{self.name} ist versiegelt und wird nur mit der Zeile gespeichert.")
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return bytes(value) or "" if value is not None else ""

    def value_to_string(self, obj: Any) -> str:
        return str(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        return value

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs.pop("editable", None)
        return name, path, args, kwargs
