"""`python -m lotse.facts.freeze`: write the checksum of every definition that has none yet; never change a line."""

from pathlib import Path

from lotse.facts.definitions import RELEASES, checksums, frozen_checksums


def freeze(path: Path) -> None:
    known = checksums() | frozen_checksums()
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(known.items())), encoding="ascii")


if __name__ == "__main__":
    freeze(Path(str(RELEASES)))
