"""Secret text at rest: AES-256-GCM under a data key per organisation, wrapped by the root key (ADR 0006).

Layout of a sealed value: version (1 byte) · data key id (8 bytes) · nonce (12 bytes) · cipher text with tag.
Associated data: table, column and public id of the row, so that a value cannot be moved to another row.
"""

import os
import struct
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = 1
HEADER = struct.Struct(">BQ")
NONCE = 12


class SecretUnreadable(Exception):
    """A sealed value cannot be opened: wrong or missing root key, or the stored bytes were changed."""


def root_key_name(root_key: bytes) -> str:
    return sha256(b"lotse root key" + root_key).hexdigest()[:16]


def wrap(data_key: bytes, root_key: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(root_key).encrypt(nonce, data_key, b"data key")


def unwrap(wrapped: bytes, root_key: bytes) -> bytes:
    try:
        return AESGCM(root_key).decrypt(wrapped[:NONCE], wrapped[NONCE:], b"data key")
    except InvalidTag as error:
        raise SecretUnreadable("Der Hauptschlüssel passt nicht zu diesem Datenbestand.") from error


@lru_cache(maxsize=4096)
def _opener(key_id: int) -> AESGCM:
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    row = DataKey.objects.get(pk=key_id)
    return AESGCM(unwrap(bytes(row.wrapped), settings.LOTSE_ROOT_KEY))


@lru_cache(maxsize=1024)
def _current_key_id(organisation_id: int) -> int:
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    row = DataKey.objects.filter(organisation_id=organisation_id, retired_at=None).last()
    return row.pk if row else new_data_key(organisation_id).pk


def new_data_key(organisation_id: int) -> Any:
    """Make the key under which the organisation's text is sealed from now on."""
    from lotse.core.models import DataKey  # noqa: PLC0415 -- models use the field of this module

    root = settings.LOTSE_ROOT_KEY
    wrapped = wrap(AESGCM.generate_key(bit_length=256), root)
    return DataKey.objects.create(organisation_id=organisation_id, wrapped=wrapped, root_key_name=root_key_name(root))


def forget_cached_keys() -> None:
    _opener.cache_clear()
    _current_key_id.cache_clear()


def seal(plain: bytes, *, organisation_id: int, context: bytes) -> bytes:
    key_id = _current_key_id(organisation_id)
    nonce = os.urandom(NONCE)
    return HEADER.pack(VERSION, key_id) + nonce + _opener(key_id).encrypt(nonce, plain, context)


def unseal(sealed: bytes, *, context: bytes) -> bytes:
    """The plain bytes; `SecretUnreadable` when anything does not fit. Never returns the sealed bytes instead."""
    _version, key_id = HEADER.unpack_from(sealed)
    body = sealed[HEADER.size :]
    try:
        return _opener(key_id).decrypt(body[:NONCE], body[NONCE:], context)
    except InvalidTag as error:
        raise SecretUnreadable("Ein geschützter Text lässt sich nicht öffnen.") from error


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
            value = unseal(bytes(value), context=self.field.context_of(instance)).decode()
            instance.__dict__[name] = value
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
        return f"{self.model._meta.db_table}.{self.column}.{instance.public_id}".encode()

    def pre_save(self, model_instance: Any, add: bool) -> bytes:
        value = model_instance.__dict__[self.attname]
        if isinstance(value, bytes | memoryview):
            return bytes(value)
        if not value:
            return b""
        context = self.context_of(model_instance)
        return seal(value.encode(), organisation_id=model_instance.organisation_id, context=context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
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
