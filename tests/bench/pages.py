"""Measure the pages of one data folder and print a line each; started by tools/bench.py in demo mode."""

import logging
import sys
from collections import defaultdict

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as WebClient  # noqa: E402
from django.utils import timezone  # noqa: E402

from lotse.accounts.models import User  # noqa: E402
from lotse.casework.documents import plan_paper  # noqa: E402
from lotse.casework.models import Client, SupportPlan  # noqa: E402
from lotse.documents.rendering import render_pdf  # noqa: E402
from lotse.organisations.who import actor_for_user  # noqa: E402
from tests.bench import agencies, load, quality, tables, work  # noqa: E402
from tests.bench.crowd import add_crowd  # noqa: E402
from tests.bench.measuring import Report, statements, timed  # noqa: E402


def actor(name):
    return actor_for_user(User.objects.get(email=f"{name}@lotse.example"))


class Pages:
    """Logged in as whoever is asked for."""

    def __init__(self, report):
        self.report = report
        self.webs = defaultdict(dict)
        for name in ("beraterin", "fachleitung", "leitung", "koordination"):
            self.webs[name] = WebClient()
            self.webs[name].force_login(User.objects.get(email=f"{name}@lotse.example"))

    def page(self, label, address, who="beraterin", floor="", post=None):
        """`floor` is measured in turns with the page."""
        sends = [self._sender(who, place, post) for place in (floor, address) if place]
        measured = timed(*sends)
        names = ("floor " + label, label)[-len(sends) :]
        for name, send, times in zip(names, sends, measured, strict=True):
            with statements() as sent:
                answer = send()
            assert answer.status_code in (200, 302), (name, answer.status_code)
            kilobytes = len(answer.content) / 1000 if not answer.streaming else 0
            self.report.page(name, times, len(sent), kilobytes, measured[0][2] if floor and name == label else 0)

    def _sender(self, who, address, post):
        web = self.webs[who]

        def send():
            web.cookies.pop("messages", None)  # as if the page that shows them had been opened
            return web.post(address, post) if post else web.get(address)

        return send


def measure_pages(pages, one):
    key, today = one.name_key[:4], timezone.localdate()
    contact = {"on": f"{today}", "channel": "phone", "topics": ["housing"], "note": "Notiz " * 20}
    file, floor_file = f"/akte/{one.public_id}/", f"/floor/file/{one.public_id}/"
    page = pages.page
    page("list, own files", "/klienten/", floor="/floor/list/")
    page("list, whole site", "/klienten/", who="fachleitung")
    page("list, whole site, deep", f"/klienten/?ab={deep_cursor(pages.webs['fachleitung'])}", who="fachleitung")
    page("search, own files", f"/klienten/?q={key}", floor=f"/floor/search/?q={key}")
    page("search, whole site", f"/klienten/?q={key}", who="fachleitung")
    page("file", file, floor=floor_file)
    page("home", "/")
    page("home, technical lead", "/", who="fachleitung")
    page("handovers waiting", "/uebergabe/", who="fachleitung")
    page("calendar, own week", "/termine/")
    page("calendar, technical lead", "/termine/", who="fachleitung")
    page("appointments of a file", f"{file}termine/")
    page("save a note", f"{file}kontakt/", floor=f"{floor_file}note/", post=contact)
    page("statistics of a year", f"/auswertung/?start={today.year}-01-01&end={today}", who="fachleitung")
    page(
        "all sheets of a year, first table",
        f"/auswertung/alle/?start={today.year}-01-01&end={today}",
        who="fachleitung",
    )
    page(
        "all sheets of a year",
        f"/auswertung/alle/?start={today.year}-01-01&end={today}&blatt={last_sheet(pages)}",
        who="fachleitung",
    )
    page("all pictures of a year", f"/auswertung/bilder/?start={today.year}-01-01&end={today}", who="fachleitung")
    page("one picture", f"/auswertung/bild/wege.svg?start={today.year}-01-01&end={today}", who="fachleitung")
    page("statistics, only counted", f"/auswertung/?scope=all&year={today.year - 1}", who="fachleitung")
    page("released tables", "/auswertung/freigegeben/", who="koordination")
    page("behind a number", "/auswertung/cases.movement/new/", who="fachleitung")
    page("privacy desk, files due", "/datenschutz/", who="leitung")


def measure_throughput(pages):
    """Requests per second beside the floor's, then what the workers weigh."""
    cookie = f"sessionid={pages.webs['beraterin'].cookies['sessionid'].value}"
    connection.close()
    with load.server() as master:
        floor = 0
        for label, address in (("floor list", "/floor/list/"), ("list, own files", "/klienten/")):
            rate = load.requests_per_second(address, cookie)
            share = f"{rate / floor:7.2f}" if floor else ""
            floor = floor or rate
            pages.report.line(f"{label}, requests/s", f"{rate:8.0f} {'':33}", share)
        pages.report.line("memory, MB", " + ".join(f"{megabytes:.0f}" for megabytes in load.megabytes(master)))


def measure_paper(report):
    plan = SupportPlan.objects.order_by("id").first()
    [times] = timed(lambda: render_pdf(plan_paper(plan, "ar")))
    report.line("plan PDF, German and Arabic", " ".join(f"{time:8.1f}" for time in times))


def last_sheet(pages):
    page = pages.webs["fachleitung"].get("/auswertung/alle/").content.decode()
    return page.split(" Blättern gezählt")[0].split(" von ")[-1]


def deep_cursor(web):
    """Forty pages down, by the page's own links."""
    cursor = ""
    for _ in range(40):
        page = web.get("/klienten/", {"ab": cursor} if cursor else {}).content.decode()
        if 'href="?ab=' not in page:
            break
        cursor = page.split('href="?ab=')[1].split('"')[0]
    return cursor


def main(size):
    for noisy in ("lotse.access", "lotse.auditlog"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = ["testserver"]
    add_crowd()
    report = Report(size)
    pages = Pages(report)
    mine = Client.objects.visible_to(actor("beraterin")).filter(cases__ended_on=None, recording_on__isnull=False)
    measure_pages(pages, mine.order_by("id").first())
    whole = agencies.add_agencies()
    agencies.measure_agencies(pages, whole)
    agencies.measure_report_paper(report, whole, actor("koordination"))
    quality.measure_evidence(pages, quality.add_evidence(report, actor("fachleitung"), timezone.localdate()))
    tables.measure_tables(report, actor("koordination"))
    measure_throughput(pages)
    measure_paper(report)
    work.measure_import(report, actor("fachleitung"))
    work.measure_erasure(report, actor("leitung"), actor("fachleitung"))


if __name__ == "__main__":
    main(sys.argv[1])
