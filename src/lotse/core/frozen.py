"""Released data never changes: the checksum of each file is written down once, and a test compares."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path


@dataclass(frozen=True)
class FrozenData:
    """The folders of a package that hold such files, and its register: a line for each file, sha256 and path."""

    package: Traversable
    folders: tuple[str, ...]
    register: Traversable

    def checksums(self) -> dict[str, str]:
        """Path below the package → sha256, for every file as it is now."""
        found = (pair for name in self.folders for pair in _files(self.package / name, f"{name}/"))
        return {name: sha256(path.read_bytes()).hexdigest() for name, path in found}

    def released(self) -> dict[str, str]:
        """As released; a file that differs from its line here was changed afterwards."""
        lines = self.register.read_text(encoding="ascii").splitlines() if self.register.is_file() else []
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}

    def freeze(self) -> list[str]:
        """Writes a line for every file that has none, changes none; the names that are new."""
        now, known = self.checksums(), self.released()
        lines = (f"{digest}  {name}\n" for name, digest in sorted((now | known).items()))
        Path(str(self.register)).write_text("".join(lines), encoding="ascii")
        return sorted(now.keys() - known.keys())


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        name = f"{prefix}{path.name}"
        if path.is_dir():
            yield from _files(path, f"{name}/")
        else:
            yield name, path
