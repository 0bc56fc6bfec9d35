"""Backup and restore: the database and the stored files in one archive, never the root key."""

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from lotse.core.crypto import root_key_name
from lotse.core.models import DataKey
from lotse.documents import blobs

MANIFEST, FILES = "manifest.json", "files"


class NoFit(Exception):
    """The archive cannot be put back here; the message says why, in German."""


def write_backup(target: Path) -> dict[str, Any]:
    """Write the archive; returns the manifest with the hash of the database."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database"
        _dump_database(dump)
        manifest = {
            "made_at": timezone.now().isoformat(),
            "vendor": connection.vendor,
            "root_keys": sorted(set(DataKey.objects.values_list("root_key_name", flat=True))),
            "sha256": _digest(dump),
        }
        with tarfile.open(target, "w:gz") as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))
            archive.add(dump, "database")
            _add_files(archive)
    target.chmod(0o600)
    return manifest


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(target)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    else:
        subprocess.run(["pg_dump", "--format=custom", f"--file={target}", _address()], check=True)  # noqa: S603, S607 -- operator's own


def _address() -> str:
    values = connection.settings_dict
    return f"postgresql://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def _add_files(archive: tarfile.TarFile) -> None:
    """After the database: a file stored in between is one too many, never one too few."""
    for name in blobs.names():
        with blobs.opened(name) as stream:
            info = tarfile.TarInfo(f"{FILES}/{name}")
            info.size = stream.size
            archive.addfile(info, stream)


def read_backup(source: Path) -> dict[str, Any]:
    """Put the archive back; refuses a changed archive, another engine, and a root key that would not open it."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(source) as archive:
        _unpack(archive, Path(folder))
        manifest = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
        _refuse_misfit(manifest, Path(folder) / "database")
        _load_database(Path(folder) / "database")
        _load_files(Path(folder) / FILES)
    return manifest


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Plain files inside the folder only. Written out, because Debian's Python 3.11.2 has no extraction filter yet."""
    for member in archive.getmembers():
        target = (folder / member.name).resolve()
        content = archive.extractfile(member) if member.isfile() and target.is_relative_to(folder.resolve()) else None
        if content is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                shutil.copyfileobj(content, stream)


def _refuse_misfit(manifest: dict[str, Any], dump: Path) -> None:
    if manifest["vendor"] != connection.vendor:
        raise NoFit(f"Diese Sicherung stammt aus {manifest['vendor']}, hier läuft {connection.vendor}.")
    if manifest["sha256"] != _digest(dump):
        raise NoFit("Die Sicherung ist beschädigt: Die Prüfsumme stimmt nicht.")
    if manifest["root_keys"] and root_key_name(settings.LOTSE_ROOT_KEY) not in manifest["root_keys"]:
        raise NoFit(
            "Der Hauptschlüssel passt nicht zu dieser Sicherung. Ohne ihn bleiben alle vertraulichen Texte verschlossen. "
            "Bitte zuerst den richtigen Schlüssel nach keys/root_key legen (lotse keys recover)."
        )


def _load_database(dump: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(dump)) as copy:
            connection.ensure_connection()
            copy.backup(connection.connection)
    else:
        subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={_address()}", str(dump)], check=True)  # noqa: S603, S607


def _load_files(folder: Path) -> None:
    """Beside what lies there: the journal of deletions since the backup stays."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                blobs.put_back(path.relative_to(folder).as_posix(), stream)
