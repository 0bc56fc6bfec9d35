"""A ZIP that is written once, from front to back, and handed on in pieces: never all of it in memory, never plain on a disk."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

PIECE = 4 * 1024 * 1024
PACKED = (".pdf", ".jpg", ".jpeg", ".png", ".xlsx", ".docx")  # nothing left to squeeze


class Pieces(io.RawIOBase):
    """Where the ZIP is written to; `keep` takes each piece."""

    def __init__(self, keep: Callable[[bytes], None]) -> None:
        super().__init__()
        self._keep, self._held, self._hash = keep, bytearray(), sha256()

    def writable(self) -> bool:
        return True

    def write(self, content) -> int:  # type: ignore[override]
        plain = bytes(content)
        self._hash.update(plain)
        self._held += plain
        while len(self._held) >= PIECE:
            self._keep(bytes(self._held[:PIECE]))
            del self._held[:PIECE]
        return len(plain)

    def finish(self) -> str:
        """The last piece; the checksum of all."""
        if self._held:
            self._keep(bytes(self._held))
            self._held.clear()
        return self._hash.hexdigest()


@dataclass(frozen=True)
class Packed:
    path: str
    size: int
    sha256: str


class Archive:
    """Knows what lies in it, with the checksum of every file."""

    def __init__(self, target: Pieces, at: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w")  # type: ignore[arg-type]
        self._at = at.timetuple()[:6]
        self.packed: list[Packed] = []

    def add(self, path: str, chunks: Iterable[bytes]) -> Packed:
        info = zipfile.ZipInfo(path, self._at)
        info.compress_type = zipfile.ZIP_STORED if path.endswith(PACKED) else zipfile.ZIP_DEFLATED
        checksum, size = sha256(), 0
        with self._zip.open(info, "w") as target:
            for chunk in chunks:
                checksum.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.packed.append(Packed(path, size, checksum.hexdigest()))
        return self.packed[-1]

    def close(self) -> None:
        self._zip.close()
