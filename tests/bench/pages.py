"""Measure the pages of one data folder and print a line each; started by tools/bench.py in demo mode."""

import logging
import sys
import time
from collections import defaultdict

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as WebClient  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from lotse.accounts.models import User  # noqa: E402
from lotse.casework.documents import plan_paper  # noqa: E402
from lotse.casework.models import Client, SupportPlan  # noqa: E402
from lotse.documents.rendering import render_pdf  # noqa: E402
from lotse.organisations.who import actor_for_user  # noqa: E402
from tests.bench import load  # noqa: E402

ROUNDS = 40


def timed(*acts):
    """p50, p95 and the limit of the quickest fifth of each in milliseconds, after a warm-up.

    They take turns, and ratios compare the quickest fifth, so that whatever else the machine does meets all of them alike.
    """
    taken = [[] for _ in acts]
    for number in range(3 + ROUNDS):
        for act, times in zip(acts, taken, strict=True):
            begin = time.perf_counter()
            act()
            if number >= 3:
                times.append((time.perf_counter() - begin) * 1000)
    return [tuple(sorted(times)[int(ROUNDS * part)] for part in (0.5, 0.95, 0.2)) for times in taken]


def main(size):
    logging.getLogger("lotse.access").setLevel(logging.WARNING)
    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = ["testserver"]
    webs, clients = defaultdict(dict), {}
    for name in ("beraterin", "fachleitung", "koordination"):
        user = User.objects.get(email=f"{name}@lotse.example")
        webs[name] = WebClient()
        webs[name].force_login(user)
        clients[name] = Client.objects.visible_to(actor_for_user(user)).filter(
            cases__ended_on=None, recording_on__isnull=False
        )
    one = clients["beraterin"].order_by("id").first()
    key = one.name_key[:4]
    today = timezone.localdate()
    contact = {"on": f"{today}", "channel": "phone", "topics": ["housing"], "note": "Notiz " * 20}

    def sender(who, address, post):
        web = webs[who]

        def send():
            web.cookies.pop("messages", None)  # as if the page that shows them had been opened
            return web.post(address, post) if post else web.get(address)

        return send

    def page(label, address, who="beraterin", floor="", post=None):
        """`floor` is measured in turns with the page."""
        sends = [sender(who, place, post) for place in (floor, address) if place]
        measured = timed(*sends)
        for name, send, (p50, p95, quick) in zip(
            ("floor " + label, label)[-len(sends) :], sends, measured, strict=True
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = send()
            assert answer.status_code in (200, 302), (name, answer.status_code)
            ratio = f"{quick / measured[0][2]:6.1f}" if floor and name == label else "     –"
            size_kb = len(answer.content) / 1000 if not answer.streaming else 0
            times = f"{p50:8.1f} {p95:8.1f} {len(queries):6} {size_kb:8.1f}"
            print(f"{size:>8} {connection.vendor:11} {name:28} {times} {ratio}", flush=True)

    file, floor_file = f"/akte/{one.public_id}/", f"/floor/file/{one.public_id}/"
    page("list, own files", "/klienten/", floor="/floor/list/")
    page("list, whole site", "/klienten/", who="fachleitung")
    page("list, whole site, deep", f"/klienten/?ab={deep_cursor(webs['fachleitung'])}", who="fachleitung")
    page("search, own files", f"/klienten/?q={key}", floor=f"/floor/search/?q={key}")
    page("search, whole site", f"/klienten/?q={key}", who="fachleitung")
    page("file", file, floor=floor_file)
    page("home", "/")
    page("save a note", f"{file}kontakt/", floor=f"{floor_file}note/", post=contact)
    page("statistics of a year", f"/auswertung/?start={today.year}-01-01&end={today}", who="fachleitung")
    page("statistics, only counted", f"/auswertung/?year={today.year - 1}", who="koordination")
    page("behind a number", "/auswertung/cases.movement/new/", who="fachleitung")
    throughput(size, f"sessionid={webs['beraterin'].cookies['sessionid'].value}")
    plan = SupportPlan.objects.order_by("id").first()
    [(p50, p95, _quick)] = timed(lambda: render_pdf(plan_paper(plan, "ar")))
    print(f"{size:>8} {connection.vendor:11} {'plan PDF, German and Arabic':28} {p50:8.1f} {p95:8.1f}", flush=True)


def throughput(size, cookie):
    """Requests per second beside the floor's, then what the workers weigh."""
    connection.close()
    with load.server() as master:
        floor = 0
        for label, address in (("floor list", "/floor/list/"), ("list, own files", "/klienten/")):
            rate = load.requests_per_second(address, cookie)
            share = f"{rate / floor:6.2f}" if floor else "     –"
            floor = floor or rate
            print(
                f"{size:>8} {connection.vendor:11} {label + ', requests/s':28} {rate:8.0f} {'':24} {share}", flush=True
            )
        weights = " + ".join(f"{megabytes:.0f}" for megabytes in load.megabytes(master))
        print(f"{size:>8} {connection.vendor:11} {'memory, MB':28} {weights}", flush=True)


def deep_cursor(web):
    """Forty pages down, by the page's own links."""
    cursor = ""
    for _ in range(40):
        page = web.get("/klienten/", {"ab": cursor} if cursor else {}).content.decode()
        if 'href="?ab=' not in page:
            break
        cursor = page.split('href="?ab=')[1].split('"')[0]
    return cursor


if __name__ == "__main__":
    main(sys.argv[1])
