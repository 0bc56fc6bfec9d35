"""No page of the room shows a link or a button that then refuses: who enters may follow and press all of them."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from lxml import html

from lotse.organisations.models import PostShare
from lotse.programmes.enums import Bearer
from lotse.programmes.models import Grant
from tests.factories import agencies, deadlines, funds_staff
from tests.factories.deadlines import YEAR
from tests.personas import persona

ROOM = "/foerderung/"
REFUSED = (403, 404, 405)
OWED = ("application", "need_report", "interim_proof", "final_proof")
TYPED = {"date": f"{YEAR}-11-20", "number": "5", "email": "post@lotse.example", "url": "https://example.org"}
ID = re.compile(r"/[a-z0-9]{16}(?=[/.]|$)")
OF_ONE_SORT = 3


@pytest.fixture
def room(world):
    """Something of everything, a change that the authority has, and a deadline for whatever a carrier hands in."""
    persona(world, "district_clerk", world.district, "admin_clerk")
    persona(world, "district_management", world.district, "district_management")
    persona(world, "clerk", world.nordstadt, "admin_clerk")
    agencies.ids(world)
    grant, share = Grant.objects.get(), PostShare.objects.filter(fundings__isnull=False).first()
    new = funds_staff.newcomer(newcomer=funds_staff.person_of(world.nordstadt, "Neu Beispiel"))
    change = funds_staff.reported(world, grant, share, **new)
    for process in change.processes.all():
        funds_staff.forwarded(world, process)
    for document in OWED:
        rule = deadlines.rule_of(grant, document=document, name=document, bearer=Bearer.CARRIER)
        for carrier in (world.nordstadt, world.suedstadt):
            for year in grant.years:
                deadlines.owed_by(carrier, rule, funding_year=year)
    return grant


class Walk:
    """Follows every link of the room and presses every button; what that changes is undone at once."""

    def __init__(self, web):
        self.web, self.seen, self.sorts, self.refused = web, set(), Counter(), set()
        self.pages = deque([(ROOM, "")])

    def go(self):
        while self.pages:
            self._open(*self.pages.popleft())
        return self.refused

    def _open(self, address, shown_on):
        answer = self.web.get(address)
        if answer.status_code in REFUSED:
            self.refused.add((ID.sub("/…", shown_on), ID.sub("/…", address.split("?")[0]), answer.status_code))
        if answer.status_code in (301, 302):
            self._later(urljoin(address, answer["Location"]), shown_on)
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and address.startswith(ROOM):
            self._read(address, html.fromstring(answer.content.decode()).xpath("//main/..")[0])  # with its bar

    def _later(self, address, shown_on):
        where = urlsplit(address)
        address = where.path + (f"?{where.query}" if where.query else "")
        sort = ID.sub("/…", where.path)
        if where.netloc in ("", "testserver") and address not in self.seen and self.sorts[sort] < OF_ONE_SORT:
            self.seen.add(address)
            self.sorts[sort] += 1
            self.pages.append((address, shown_on))

    def _read(self, address, page):
        for link in page.xpath(".//a[@href]"):
            self._later(urljoin(address, link.get("href")), address)
        for form in page.xpath(".//form[@method='post']"):
            self._press(address, form)

    def _press(self, address, form):
        to = urljoin(address, form.get("action") or "")
        with transaction.atomic():
            answer = self.web.post(to, filled(form))
            transaction.set_rollback(True)
        if answer.status_code in REFUSED:
            self.refused.add((ID.sub("/…", address), "POST " + ID.sub("/…", to.split("?")[0]), answer.status_code))


def filled(form):
    """As the page suggests it; where it suggests nothing, something that fits."""
    values = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = field.get("name"), field.get("type", "text")
        if field.tag == "select":
            chosen = field.xpath(".//option[@selected]/@value") or [
                one for one in field.xpath(".//option/@value") if one
            ]
            values[name] = chosen[0] if chosen else ""
        elif field.tag == "textarea":
            values[name] = (field.text or "").strip() or "Weil es so ist."
        elif kind in ("radio", "checkbox"):
            if field.get("checked") is not None or name not in values:
                values[name] = field.get("value", "on")
        elif kind != "file":
            values[name] = field.get("value") or TYPED.get(kind, "5")
    return values


@pytest.mark.once
@pytest.mark.parametrize("name", ["coordinator", "district_clerk", "district_management", "carrier_manager", "clerk"])
def test_nothing_that_is_shown_refuses(room, world, login, name):
    walk = Walk(login(world.personas[name]))
    assert (walk.go(), len(walk.seen) > 90) == (set(), True)


@pytest.mark.parametrize("name", ["technical_lead", "funder"])
def test_who_does_not_enter_is_shown_no_way_in(room, world, login, name):
    web = login(world.personas[name])
    assert web.get(ROOM).status_code == 403
    assert ROOM not in web.get("/").content.decode()
