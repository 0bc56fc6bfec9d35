"""`python -m lotse.wayup.freeze`: write the checksum of every closed list that has none yet; never change a line."""

from pathlib import Path

from lotse.wayup.closed_lists import RELEASES, checksums, frozen_checksums


def freeze(path: Path) -> list[str]:
    """The names that are new."""
    now, frozen = checksums(), frozen_checksums()
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted((now | frozen).items())), encoding="ascii")
    return sorted(now.keys() - frozen.keys())


if __name__ == "__main__":
    for name in freeze(Path(str(RELEASES))):
        print(name)
