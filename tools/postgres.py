"""A throw-away PostgreSQL cluster from the system's own programs: made, used, removed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Without autovacuum: it takes a table for empty that the next test fills, and foreign keys are then checked by reading all of it.
FAST = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nmax_connections=60\n"
FOR_TESTS = "autovacuum=off\n"


def programs() -> Path | None:
    """The folder with `initdb`, newest version first; None where PostgreSQL is missing."""
    candidates = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found := shutil.which("initdb"):
        candidates.append(Path(found).parent)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def as_postgres(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root; then the system user of the package does it."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(settings: str = "") -> Iterator[str]:
    """Yields the database address for `LOTSE_DATABASE_URL`; `settings` are further lines of postgresql.conf."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="lotse-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data, port = home / "data", _free_port()
    as_postgres(folder / "initdb", "-D", data, "-U", "lotse", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write(FAST + settings)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
    as_postgres(folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        yield f"postgres://lotse@127.0.0.1:{port}/postgres"
    finally:
        as_postgres(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
