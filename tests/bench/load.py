"""Requests per second and memory of two workers, asked by eight clients at once."""

import http.client
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

HOST, PORT = "127.0.0.1", 8765
WORKERS, CLIENTS, SECONDS = 2, 8, 5


@contextmanager
def server():
    """The master process of gunicorn while it answers."""
    place = ["--bind", f"{HOST}:{PORT}", "--workers", str(WORKERS), "--log-level", "error"]
    quiet = {**os.environ, "LOTSE_LOG_LEVEL": "ERROR"}
    started = subprocess.Popen([sys.executable, "-m", "gunicorn", "tests.bench.wsgi:application", *place], env=quiet)
    try:
        for _ in range(100):
            time.sleep(0.1)
            if _status("/konto/login/") == 200:
                break
        yield started
    finally:
        started.terminate()
        started.wait()


def _status(address, cookie=""):
    connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
    try:
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


def requests_per_second(address, cookie):
    end = time.monotonic() + SECONDS
    answered = []

    def ask():
        while time.monotonic() < end:
            status = _status(address, cookie)
            assert status == 200, (address, status)
            answered.append(status)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(answered) / SECONDS


def megabytes(master):
    """Resident memory of the master and its workers."""
    children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
    return [_resident(pid) for pid in (master.pid, *children)]


def _resident(pid):
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1000
