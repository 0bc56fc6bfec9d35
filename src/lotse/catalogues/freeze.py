"""`python -m lotse.catalogues.freeze`: write the checksum of every release that has none yet; never change a line."""

from pathlib import Path

from lotse.catalogues.releases import RELEASES, checksums, frozen_checksums


def freeze(path: Path) -> list[str]:
    """The names that are new."""
    now, frozen = checksums(), frozen_checksums()
    known = now | frozen
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(known.items())), encoding="ascii")
    return sorted(now.keys() - frozen.keys())


if __name__ == "__main__":
    for name in freeze(Path(str(RELEASES))):
        print(name)
