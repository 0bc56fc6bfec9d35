import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

WIDTHS = (1280, 360)
PICTURES = os.environ.get("LOTSE_PICTURES", "")


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("LOTSE_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints():
    """What the browser reported; a journey that expects a refusal looks at it and clears it."""
    return []


@pytest.fixture
def page(browser, live_server, complaints):
    """A page that fails the test when the browser reports an error, blocked content included."""
    context = browser.new_context(base_url=live_server.url, locale="de-DE")
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def log_in(page, email):
    page.goto("/konto/login/")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort", exact=True).fill("demo-Lotse-2026")
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(lambda address: not address.endswith("/konto/login/"))


def log_out(page):
    page.get_by_role("button", name="Abmelden").click()
    page.get_by_label("E-Mail").wait_for()


@pytest.fixture
def sign_in(page):
    return lambda persona: log_in(page, persona.user.email)


@pytest.fixture
def accessible(page):
    """`accessible()` fails with the rule and the place when axe finds something on the page as it is now."""

    def _accessible():
        page.wait_for_load_state()
        found = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return _accessible


@pytest.fixture
def look(page, accessible):
    """Axe at both widths; with LOTSE_PICTURES also a picture of each."""

    def _look(name, on=page):
        before = on.viewport_size
        for width in WIDTHS:
            on.set_viewport_size({"width": width, "height": 900})
            if on is page:
                accessible()
            if PICTURES:
                on.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        on.set_viewport_size(before)

    return _look
