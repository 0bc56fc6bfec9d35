"""`make docs`: write docs/access.md and docs/facts.md anew; another folder may be named."""

import os
import sys
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parents[1] / "docs"


def main(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tools.written_docs import pages  # noqa: PLC0415 -- roles and figures exist only after the set-up

    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
