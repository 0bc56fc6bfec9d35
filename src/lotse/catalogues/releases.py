"""A released file never changes: its checksum is written down once, and a test compares."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.resources.abc import Traversable

from lotse.catalogues.loader import DATA, PACKAGE, TRANSLATIONS

RELEASES = PACKAGE / "releases.txt"


def checksums() -> dict[str, str]:
    """Path below the package → sha256, for every file as it is now."""
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in sorted(_files(), key=lambda pair: pair[0])}


def frozen_checksums() -> dict[str, str]:
    """As released; a file that differs from its line here was changed afterwards."""
    lines = RELEASES.read_text(encoding="ascii").splitlines() if RELEASES.is_file() else []
    pairs = (line.split("  ", 1) for line in lines)
    return {name: digest for digest, name in pairs}


def _files() -> Iterator[tuple[str, Traversable]]:
    for root in (DATA, TRANSLATIONS):
        for folder in root.iterdir():
            if folder.is_dir():
                yield from ((f"{root.name}/{folder.name}/{path.name}", path) for path in folder.iterdir())
