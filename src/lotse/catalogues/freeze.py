"""`python -m lotse.catalogues.freeze`: write the checksum of every release that has none yet; never change a line."""

from pathlib import Path

from lotse.catalogues.loader import DATA, RELEASES, checksums, frozen_checksums


def main() -> None:
    path = Path(str(DATA / RELEASES))
    path.touch()
    known = checksums() | frozen_checksums()
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(known.items())), encoding="ascii")


if __name__ == "__main__":
    main()
