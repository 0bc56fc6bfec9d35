"""The server dies in the middle of a sentence: what was typed is there when it comes back."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.journeys.conftest import log_in
from tests.ops.processes import SOURCE, clean_environment, lotse

pytestmark = [pytest.mark.journey, pytest.mark.own_database]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, home):
        self.address = f"127.0.0.1:{free_port()}"
        self.url = f"http://{self.address}"
        self.environment = clean_environment()
        self.environment |= {"LOTSE_HOME": str(home), "LOTSE_MODE": "demo", "PYTHONPATH": str(SOURCE)}

    def start(self):
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "lotse.config.wsgi",
            "--bind",
            self.address,
            "--log-level",
            "error",
        ]
        self.process = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                return urllib.request.urlopen(f"{self.url}/konto/login/", timeout=5)  # noqa: S310 -- our own address
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    lotse(home, "migrate", "--verbosity", "0")
    lotse(home, "demo", "--clients", "200")
    lotse(home, "collectstatic", "--noinput", "--verbosity", "0")
    made = Server(home)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def page(browser, server):
    """Without the watch on the console: a dead server is what it complains of."""
    context = browser.new_context(base_url=server.url, locale="de-DE")
    yield context.new_page()
    context.close()


def test_what_was_typed_survives_a_killed_server(page, server):
    log_in(page, "beraterin@lotse.example")
    page.get_by_role("link", name="Kontakt erfassen").first.click()
    note = page.get_by_label("Notiz")
    note.wait_for()
    form = page.url
    note.fill("Vor dem Absturz")
    page.get_by_text("Entwurf gespeichert").wait_for(timeout=15_000)

    server.kill()
    note.fill("Vor dem Absturz und danach")
    page.get_by_text("Keine Verbindung").wait_for(timeout=15_000)
    server.start()
    page.get_by_text("Entwurf gespeichert").wait_for(timeout=30_000)

    page.goto("/")
    page.goto(form)
    assert note.input_value() == "Vor dem Absturz und danach"
