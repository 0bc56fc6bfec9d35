"""Fill in forms as a browser would, a canary of its own in every text field."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from urllib.parse import urljoin

from django.forms import BaseForm
from django.utils import timezone
from lxml import html

from lotse.wayup.envelope import PrivateKeys
from tests.access.whole_file import CANARY
from tests.documents.files import upload
from tests.documents.letters import word
from tests.factories.forms import image_upload
from tests.insight.test_area_map import feature
from tests.insight.test_area_map import file as geojson

TYPED = {"text", "search", "email", "tel", "url", "textarea", None}
# Where the choice decides which text fields are stored.
CHOICES = {"form": "oral", "area": "", "goal": "", "outcome": "further_counselling", "given": "yes"}
LEFT_EMPTY = {"casework:next_step": {"next_step_on"}}  # then the reason is asked
# Where a form is taken only with what is already known.
KNOWN = {
    "funding:new_sample": {"numbers": ""},
    "funding:new_change": {"comes": "yes"},
    "quality:new_chapter": {"number": "9"},
    "quality:edit_chapter": {"number": "1"},
    **{
        f"quality:{name}_duty": {"day": "2026-03-02", "begins": "09:00", "ends": "12:00", "deputy": ""}
        for name in ("new", "edit")
    },
    "quality:answer_roster": {"reply": "wishes"},
    "quality:judge": {"rating": "not_applicable"},
    **{f"quality:{name}": {"about_person": ""} for name in ("new_complaint", "change_complaint")},
    **{f"quality:{name}": {"kind": "surveillance", "chapters": []} for name in ("new_audit", "edit_audit")},
    "quality:draw_audit": {"wanted": "1"},
    "network:edit_format": {"has_inner_part": []},
    "organisations:edit_site": {"branch_of": ""},
    "organisations:fill_post": {"substitute_for": ""},
    "organisations:edit_post": {"fte": "1,00"},
    "organisations:grant": {"role": "desk_officer"},
    **{key: {"number": "9.9"} for key in ("deadlines:new_line", "deadlines:rename_line")},
    **{
        key: {"own_share_percent": "10", "overrun_percent": "20"}
        for key in ("deadlines:new_grant", "deadlines:edit_grant")
    },
    "funding:part_plan": {f"{row}-{year}": "5" for row in ("k0", "k1", "own_share", "income") for year in (2026, 2027)},
    "funding:new_grant_notice": {"y-2026": "5", "y-2027": "5"},
    "funding:new_volume_agreement": {"yearly_amount": "5"},
    "casework:emergency": {"last_name": CANARY, "number": "1"},
    "casework:extend_request": {"until": f"{timezone.localdate() + timedelta(days=75)}"},
    "casework:review_file": {"item_goals": "no"},
    "casework:hold_file": {"until": f"{timezone.localdate() + timedelta(days=30)}"},
    "casework:review_agreement": {"review_on": f"{timezone.localdate().year + 1}-01-01"},
    **{
        f"funding:{name}": {"eligible_costs": "10,00", "uncovered": "5,00", "requested": "2,00"}
        for name in ("new_subsidy", "edit_subsidy")
    },
    "funding:subsidy_other_post": {"fte": "0,50"},
    "funding:decide_subsidy": {"awarded": "10000,00"},
    "funding:check_duty": {"link": "https://lotse.example/"},
    "wayup:register": {"key": PrivateKeys.new().public.text},
    "casework:extend": {"until": f"{timezone.localdate().year + 9}-01-01"},
}
# Files that a form wants beside its text, made anew for every form.
FILES = dict.fromkeys(
    ("casework:new_template", "casework:template"), lambda: {"file": upload(word("{{Vorname}}"), "brief.docx")}
) | {
    "insight:map": lambda: {"file": upload(geojson(feature()), "flaechen.geojson")},
    "network:other_yes": lambda: {"file": upload()},
    "agency:new_logo": lambda: {"file": image_upload()},
    "funding:subsidy_attach": lambda: {"file": upload()},
    "quality:new_document": lambda: {"file": upload()},
    **dict.fromkeys(("quality:evidence_new", "quality:evidence_renew"), lambda: {"file": upload()}),
}
# What a field takes that does not take every text.
SPECIMENS = {
    "amount": "1,00",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "",
    "birth": "1990",
    "entered": "2015",
    "q": "",
    "fte": "0,10",
    "fte_after": "0,75",
    "newcomer_fte": "0,10",
    "municipality_code": "05113000",
    "opening_hours": "Mo–Fr 09:00–15:00",
    "internal": "30.04.",
    "external": "30.06.",
    "warn": "15.04.",
}


@dataclass
class Flock:
    """Which canary sits in which field. Each is script and formula at once, and bears a token that nothing else has."""

    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1))
    page: str = ""

    def hatch(self, name: str) -> str:
        token = f"kanari{next(self.numbers):04}x"
        self.fields[token] = (self.page, name)
        return f"=1+1<script>{token}()</script>"

    def token_of(self, name: str) -> str:
        return next(token for token, place in reversed(self.fields.items()) if place == (self.page, name))

    def found_in(self, content: bytes) -> set[tuple[str, str]]:
        return {place for token, place in self.fields.items() if token.encode() in content}


def forms_of(page, url):
    """Forms that post, with the address they post to; signing out is none of them."""
    for form in html.fromstring(page.content.decode()).forms:
        action = urljoin(url, form.get("action") or url)
        if form.get("method", "get").lower() == "post" and "/konto/" not in action:
            yield action, form


def typed_names(form):
    return [e.name for e in form.iter("input", "textarea") if e.get("name") and _kind(e) in TYPED]


def _kind(element):
    return "textarea" if element.tag == "textarea" else element.get("type")


def fill(form, flock):
    """What is sent when somebody types into every field and ticks every box."""
    data = {}
    for element in form.iter("input", "select", "textarea"):
        if element.get("name"):
            _fill_one(data, element, flock)
    return {**data, **KNOWN.get(flock.page, {}), **FILES.get(flock.page, dict)()}


def _fill_one(data, element, flock):
    name, kind = element.get("name"), _kind(element)
    if kind in TYPED and element.tag != "select":
        data[name] = flock.hatch(name)
    elif kind == "checkbox":
        data.setdefault(name, []).append(element.get("value", "on"))
    elif name not in LEFT_EMPTY.get(flock.page, ()) and (value := _chosen(element, name, kind)):
        data.setdefault(name, value)


def _chosen(element, name, kind):
    if name in CHOICES or name.endswith("_recognition"):
        return CHOICES.get(name, "in_progress")
    if element.tag == "select":
        return element.value or next((value for value in element.value_options if value), "")
    today = timezone.localtime()
    defaults = {
        "date": f"{today:%Y-%m-%d}",
        "datetime-local": f"{today:%Y-%m-%dT%H:%M}",
        "number": "5",
        "time": "09:00",
    }
    return element.get("value") or defaults.get(kind, "")


def send(web, action, data, flock):
    """Post until it is taken: what a field refuses is replaced, what a warning asks is acknowledged. The last answer."""
    for _ in range(4):
        answer = web.post(action, data)
        if answer.status_code != 200:
            return answer
        for form in _forms_in(answer):
            _correct(data, form, flock)
    return answer


def _forms_in(answer):
    if answer.status_code != 200:
        return []
    values = [value for layer in answer.context or [] for value in layer.flatten().values()]
    return list({id(value): value for value in values if isinstance(value, BaseForm)}.values())


def _correct(data, form, flock):
    if codes := [warning.code for warning in getattr(form, "warnings", [])]:
        data["acknowledged"] = codes
    for name in form.errors:
        if (flock.page, name) in flock.fields.values():
            data[name] = SPECIMENS.get(name.partition("-")[0], f"{flock.token_of(name)}@lotse.example")


def complaints(answer):
    """Nothing when the form was taken and the page leads on, or a file was asked for and came."""
    if answer.status_code == 302 or answer.has_header("Content-Disposition"):
        return {}
    return {"status": answer.status_code} | {
        name: list(texts) for form in _forms_in(answer) for name, texts in form.errors.items()
    }
