"""Run the tests on SQLite, then on PostgreSQL. What the machine lacks is said; `LOTSE_NO_SKIPS=1` makes that a failure."""

import os
import subprocess
import sys
from pathlib import Path

import postgres

PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "--dist=worksteal",  # the slow journeys stand together
    "-n",
    os.environ.get("LOTSE_TEST_WORKERS") or str(max(2, os.cpu_count() or 2)),
]
NO_SKIPS = os.environ.get("LOTSE_NO_SKIPS") == "1"
NEEDED = {"/usr/bin/chromium": "chromium", "/usr/bin/pdftotext": "poppler-utils"}


def missing() -> list[str]:
    lacking = [package for program, package in NEEDED.items() if not Path(program).exists()]
    return lacking if postgres.programs() else [*lacking, "postgresql"]


def run(name: str, arguments: list[str], **environment: str) -> int:
    print(f"\n== {name}", flush=True)
    done = subprocess.run([*PYTEST, *arguments], env={**os.environ, **environment}, check=False)
    return done.returncode


def main() -> int:
    lacking = missing()
    if lacking:
        print(f"missing on this machine: {', '.join(lacking)} – apt-get install {' '.join(lacking)}")
        if NO_SKIPS:
            return 1
    arguments = sys.argv[1:]
    if not postgres.programs():
        return run("SQLite", arguments)
    failed = run("SQLite", arguments, LOTSE_SHARE="sqlite")
    with postgres.cluster(postgres.FOR_TESTS) as address:
        return run("PostgreSQL", arguments, LOTSE_SHARE="postgresql", LOTSE_DATABASE_URL=address) or failed


if __name__ == "__main__":
    sys.exit(main())
