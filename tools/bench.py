"""`make bench`: build databases of several sizes, measure the pages beside their floor, print one table.

`SIZES="1000 100000"` chooses the sizes. p50 and p95 are by the clock; "work" is the processor time of page and database,
the limit of the quickest fifth, and what the ratio to the floor compares: machines differ, and others work on them too.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
HEAD = f"{'clients':>8} {'database':11} {'page':34} {'p50 ms':>8} {'p95 ms':>8} {'work ms':>8} {'SQL':>6} {'kB':>8} {'x floor':>7}"


def build_and_measure(size: str, **environment: str) -> None:
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as home:
        base = {
            **os.environ,
            "LOTSE_MODE": "demo",
            "LOTSE_HOME": home,
            "DJANGO_SETTINGS_MODULE": "lotse.config.settings",
        }
        base |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONWARNINGS": "ignore", **environment}
        lotse = [sys.executable, "-m", "lotse"]
        subprocess.run([*lotse, "migrate", "--verbosity", "0"], env=base, check=True)
        begin = time.monotonic()
        subprocess.run(
            [*lotse, "demo", "--clients", size, "--without-stories"], env=base, check=True, stdout=subprocess.DEVNULL
        )
        print(f"{size:>8} built in {time.monotonic() - begin:.0f} s", flush=True)
        subprocess.run([*lotse, "collectstatic", "--noinput", "--verbosity", "0"], env=base, check=True)
        subprocess.run([sys.executable, "-m", "tests.bench.pages", size], env=base, check=True, cwd=ROOT)


def main() -> None:
    print(HEAD)
    for size in os.environ.get("SIZES", "1000 10000").split():
        build_and_measure(size)
        if postgres.programs():
            with postgres.cluster() as address:
                build_and_measure(size, LOTSE_DATABASE_URL=address)


if __name__ == "__main__":
    main()
