"""What `make run` does once the environment stands: database, invented organisation, static files, server, logins."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
LOGINS = (
    ("beraterin", "Beraterin: führt Akten, schreibt Pläne"),
    ("kollege", "Berater an derselben Stelle: sieht andere Akten"),
    ("fachleitung", "Fachleitung: prüft Akten, bestätigt Zugriffe"),
    ("datenschutz", "Datenschutz: Anträge, Fristen, Löschläufe, keine Akten"),
    ("leitung", "Geschäftsführung: Zahlen, keine Akten"),
    ("fachkraft", "Integrationsfachkraft: Dokumente und Fristen ihrer Agentur"),
    ("koordination", "Koordination im Bezirk: nur Zahlen"),
    ("bezirk", "Geschäftsführung des Bezirks: gibt Meldungen frei"),
    ("verwaltung", "Systemadministration: keine Inhalte"),
    ("nachbarin", "Beraterin eines anderen Trägers"),
    ("gutachterin", "Gast: begutachtet in zwei Zertifizierungen"),
    ("beirat", "Gast: stimmt im Beirat ab"),
)


def lotse(*arguments: str) -> None:
    subprocess.run([BIN / "lotse", *arguments], check=True)


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit("no free port found")


def prepare() -> None:
    print("database …", flush=True)
    lotse("migrate", "--verbosity", "0")
    lotse("demo", "--if-empty")
    collect_static()


def collect_static() -> None:
    """Compressing takes seconds, so only when a file has changed since the last start."""
    source = Path(__file__).resolve().parent.parent / "src" / "lotse"
    files = sorted(path for path in source.rglob("static/**/*") if path.is_file())
    state = "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in files)
    stamp = Path(os.environ["LOTSE_HOME"]) / "static" / ".collected"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    lotse("collectstatic", "--noinput", "--verbosity", "0")
    stamp.write_text(state, encoding="utf-8")


def announce(port: int) -> None:
    print(f"\nLotse läuft: http://localhost:{port}\n")
    print("Anmelden mit Passwort demo-Lotse-2026 als")
    for name, meaning in LOGINS:
        print(f"  {name}@lotse.example".ljust(32), meaning)
    print("\nBeenden mit Strg+C", flush=True)


def serve(port: int) -> int:
    command = [
        BIN / "gunicorn",
        "lotse.config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(command, env={"LOTSE_BASE_URL": f"http://localhost:{port}", **os.environ})
    time.sleep(1)
    announce(port)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)
        print("\nbeendet")
        return 0


def main() -> int:
    prepare()
    return serve(free_port(int(os.environ.get("PORT", "8000"))))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
