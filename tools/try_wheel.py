"""Build the wheel, install it where nothing else of this checkout is, and run Lotse from it as an operator would.

Needs no network: the packages Lotse depends on are borrowed from this environment by a path file, Lotse itself is not.
"""

import os
import re
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "lotse.example.org"
SEALED = """
from lotse.core.crypto import new_data_key
from lotse.organisations.models import Organisation
new_data_key(Organisation.objects.create(kind="county_association", name="KV Beispiel").pk)
"""
NAMES = "from lotse.organisations.models import Organisation as O; print([o.name for o in O.objects.all()])"
LOGINS = "from lotse.accounts.models import User; print(User.objects.count())"
WHERE = "import lotse; print(lotse.__file__)"


def expect(what: str, holds: bool, shown: str = "") -> None:
    if not holds:
        raise SystemExit(f"wheel: NOT so: {what}\n{shown}")
    print(f"wheel: {what}", flush=True)


def build(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expect("it can be built", done.returncode == 0, done.stdout + done.stderr)
    return next(folder.glob("*.whl"))


class Installed:
    """A new environment with the wheel, and commands in it."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.bin = folder / "environment" / "bin"
        venv.create(self.bin.parent)
        python = self.bin / "python"
        pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
        site = subprocess.check_output(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        )
        Path(site.strip(), "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")

    def environment(self, home: Path, **more: str) -> dict[str, str]:
        """Nothing of the caller's own settings; production, as it is without any."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("LOTSE_", "DJANGO_", "PYTHON"))}
        return {**kept, "LOTSE_HOME": str(home), "LOTSE_HOSTS": HOST, "LOTSE_BEHIND_PROXY": "1", **more}

    def lotse(self, home: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        command, environment = [self.bin / "lotse", *arguments], self.environment(home, **more)
        return subprocess.run(
            command, env=environment, cwd=home.parent, capture_output=True, text=True, check=False, timeout=120
        )

    def ask(self, home: Path, code: str) -> str:
        return self.lotse(home, "shell", "-v", "0", "-c", code).stdout.strip()

    @contextmanager
    def server(self, home: Path) -> Iterator[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [self.bin / "lotse", "serve", "--bind", address, "--workers", "1"]
        process = subprocess.Popen(
            command, env=self.environment(home), cwd=home.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def get(address: str, path: str) -> tuple[int, str, str]:
    """Status, kind and text, asked for as the proxy in front would."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://{address}{path}", headers=headers)
    for _ in range(120):
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, "", ""
        except OSError:
            time.sleep(0.5)
    raise SystemExit("wheel: the server did not answer")


def try_server(lotse: Installed, home: Path) -> None:
    with lotse.server(home) as address:
        status, _kind, page = get(address, "/konto/login/")
        expect("the login page answers", status == 200 and "Anmelden" in page, page)
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        answers = [get(address, sheet)[:2] for sheet in sheets]
        expect("its styles are there", bool(answers) and {a[0] for a in answers} == {200}, f"{sheets} {answers}")
        expect("it offers no demo login", "lotse.example" not in page.replace(HOST, ""), page)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (home / "keys").iterdir()}
    expect("keys are made, for nobody else to read", modes == {"root_key": 0o600, "secret_key": 0o600}, f"{modes}")
    expect("nobody can log in yet", lotse.ask(home, LOGINS) == "0")


def try_commands(lotse: Installed, home: Path) -> None:
    deploy = lotse.lotse(home, "check", "--deploy", "--fail-level", "WARNING")
    expect("the deployment check is clean", deploy.returncode == 0, deploy.stderr)
    worker = lotse.lotse(home, "worker", "--once")
    expect("the worker works", worker.returncode == 0, worker.stderr)
    demo = home.parent / "demo"
    lotse.lotse(demo, "check", LOTSE_MODE="demo")
    refused = lotse.lotse(demo, "serve")
    expect(
        "production refuses the keys of the demo",
        refused.returncode == 1 and "lotse.E001" in refused.stderr,
        refused.stderr,
    )


def try_backup(lotse: Installed, home: Path) -> None:
    archive, there = home.parent / "lotse.tar.gz", home.parent / "there"
    lotse.ask(home, SEALED)
    backup = lotse.lotse(home, "backup", archive)
    expect("a backup is written", backup.returncode == 0 and archive.exists(), backup.stderr)
    without = lotse.lotse(there, "restore", archive)
    expect(
        "without the key it does not come back",
        without.returncode == 1 and "Hauptschlüssel" in without.stderr,
        without.stderr,
    )
    (there / "keys" / "root_key").write_bytes((home / "keys" / "root_key").read_bytes())
    restored = lotse.lotse(there, "restore", archive)
    expect(
        "with the key it does",
        restored.returncode == 0 and lotse.ask(there, NAMES) == "['KV Beispiel']",
        restored.stderr,
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lotse-wheel-") as place:
        folder = Path(place)
        lotse = Installed(folder, build(folder))
        home = folder / "home"
        where = lotse.ask(home, WHERE)
        expect("what runs is the wheel", where.startswith(str(lotse.bin.parent)), where)
        try_server(lotse, home)
        try_commands(lotse, home)
        try_backup(lotse, home)


if __name__ == "__main__":
    main()
