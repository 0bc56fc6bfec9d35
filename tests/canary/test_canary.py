"""A canary is typed into every field of every form. In clear it lies only where `allowed` says why; no page runs it."""

import csv
import io
import logging
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lotse.agency.models import AgencyDocument
from lotse.casework.actions.agreements import agree_agreement
from lotse.casework.actions.cases import evaluate
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.plans import agree, answer_environment
from lotse.casework.enums import Act
from lotse.casework.models import (
    Agreement,
    Client,
    Consent,
    CounsellingCase,
    CourseParticipation,
    DamageReport,
    SupportPlan,
)
from lotse.casework.part_a_template import CURRENT
from lotse.funding.models import Application, CarrierPart, ChangeProcess, ContractAmendment, LedgerEntry, Subsidy
from lotse.network.models import ActionItem, ExchangeProcess, Release
from lotse.organisations.models import Person, Site
from lotse.partners.models import CooperationAgreement
from lotse.programmes.models import Obligation
from lotse.quality.models import (
    Certification,
    ChecklistItem,
    Complaint,
    GovernedVersion,
    Improvement,
    RosterAnswer,
    Suggestion,
)
from tests.access import whole_file as access
from tests.access.matrix import MATRIX, PERSONAS
from tests.access.test_access import address
from tests.canary import places
from tests.canary.allowed import IN_CLEAR
from tests.canary.pages import Flock, complaints, fill, forms_of, send, typed_names
from tests.factories import casework as make
from tests.factories import funds_proofs as proofs
from tests.factories import quality_audits


@pytest.fixture
def file(world):
    return access.whole_file(world)


# What ends something or begins anew comes last, so that the other pages still take their forms.
LAST = [
    f"casework:{name}"
    for name in (
        "review_agreement",
        "end_agreement",
        "answer_request",
        "evaluate",
        "sustainability",
        "revise",
        "end_plan",
        "end_case",
        "first_contact",
        "consents",
        "freeze",
    )
] + [
    *(f"partners:{name}_cooperation" for name in ("check", "sign", "end")),
    "insight:end_target",
    "network:call_off",
    "network:close_topic",
    "network:edit_exchange",
    "network:other_yes",
    "agency:comment",
    "agency:return",
    "agency:correct",
    "funding:correct_application",
    "funding:return_part",
    "quality:draw_audit",
    "funding:remark_on_proof",
    "funding:return_proof",
    "funding:correct_proof",
    "funding:edit_change",
]
FILES = (
    "pdf",
    "data_json",
    "data_xlsx",
    "paper",
    "imports:report",
    "imports:export",
    "funding:receipt",
    "casework:letter",
    "casework:template_file",
    *(f"agency:{name}" for name in ("document_word", "logo_image", "form_file", "form_preview", "form_example")),
    *(f"funding:{name}" for name in ("movements_file", "transfers")),
    *(f"funding:{name}" for name in ("subsidy_attachment", "subsidy_package_zip", "subsidy_notice", "duty_evidence")),
    *(f"funding:{name}" for name in ("posts_picture", "process_letter", "process_receipt")),
    *(f"quality:{name}_{ending}" for name in ("export", "example") for ending in ("yaml", "csv", "xlsx")),
    "quality:framework_table_xlsx",
    *(f"quality:{name}" for name in ("version_file", "readers_xlsx", "equipment_xlsx")),
    "quality:improvements_table_xlsx",
    *(f"quality:{name}_xlsx" for name in ("audit_findings", "carriers")),
    "quality:my_duty_ics",
    "quality:package_zip",
    *(f"quality:{name}_file" for name in ("contract", "document")),
    "quality:evidence_file",
    *(f"agency:{name}" for name in ("controlling_xlsx", "controlling_csv", "questions_example")),
)
OPENED = sorted(
    (name for name, answers in MATRIX.items() if 200 in answers and not name.endswith(FILES)),
    key=lambda name: name != "casework:emergency",  # first, while the name is still the old one
)
# Who fills in the form; else the first persona to whom the page opens.
BY = {"casework:emergency": "colleague"}
CHAPTERS = [chapter.key for chapter in CURRENT.chapters]


def _answer(by):
    answer_environment(by=by, plan=SupportPlan.objects.get(), environment=["family"])


def _agree(by):
    _answer(by)
    agree(by=by, plan=SupportPlan.objects.get(), on=make.days_ago(5))


def _evaluate(by):
    evaluate(by=by, case=CounsellingCase.objects.get(), on=make.days_ago(5), evaluation="Gut.")


def _withdraw(by):
    for consent in Consent.objects.filter(state="given"):
        withdraw(by=by, consent=consent, on=make.days_ago(0))


def _allow(by):
    make.exchange(None, CourseParticipation.objects.earliest("pk"), by=by)


def _agree_agreement(by):
    """Who takes part was asked on a page before."""
    draft = Agreement.objects.get(kind="working")
    agree_agreement(by=by, agreement=draft, on=make.days_ago(0), language="de")


def _version_anew(state):
    """Of the version in force a draft again; another one is withdrawn."""
    GovernedVersion.objects.filter(number__gt=1).update(state="withdrawn")
    GovernedVersion.objects.filter(number=1).update(
        state=state, approved_by=None, approved_on=None, valid_from=None, reviewed_on=None, review_on=None, revision=1
    )


def _unsigned(by):
    """Words are changed before they are checked and signed, both of which come last."""
    none = {"partner_signer": "", "end_reason": ""} | dict.fromkeys(
        ("signed_on", "signed_by", "partner_signed_on", "ended_on")
    )
    CooperationAgreement.objects.update(**none)


def _release(by):
    another = Person.objects.exclude(pk=by.person_id).earliest("pk")
    Release.objects.filter(replaces=None).update(released_by=another, released_at=timezone.now())


def _keep_in(by):
    Release.objects.update(released_by=None, released_at=None)


def _unanswered(by):
    RosterAnswer.objects.update(reply="open", replied_at=None, wish_state="", decided_at=None)


def _reopen_task(by):
    ActionItem.objects.update(state="open", closed_on=None)


def _undecided(by):
    none = dict.fromkeys(("activated_on", "own_yes_by", "own_yes_on", "other_yes_on", "scan", "ended_on"))
    ExchangeProcess.objects.update(other_yes_by="", **none)


def _at(state, **more):
    return lambda by: AgencyDocument.objects.update(state=state, **more)


def _released(by):
    _at("transmitted", released_at=timezone.now(), released_by_id=by.person_id, transmitted_on=timezone.localdate())(by)


def _in_force(by):
    """What was corrected on the page before is to be taken back on its own."""
    LedgerEntry.objects.update(reverses=None)


def _being_reworked(by):
    Certification.objects.update(state="rework")
    ChecklistItem.objects.update(submitted_on=None)


def _asked_for(by):
    sent = {"sent_on": timezone.localdate(), "effective_from": make.days_ago(-40)}
    ChangeProcess.objects.update(state="submitted_to_authority", **sent)


def _with_district(by):
    ChangeProcess.objects.update(state="requested_at_district", sent_on=None, decided_on=None)


def _handed_in(by):
    Obligation.objects.update(state="submitted_internal", submitted_on=timezone.localdate())


def _submitted(by):
    Application.objects.update(state="submitted", submitted_on=timezone.localdate())


def _part_handed_in(by):
    CarrierPart.objects.update(state="handed_in", handed_in_on=timezone.localdate())


def _amended(by):
    """Only what is signed is amended."""
    today = timezone.localdate()
    ContractAmendment.objects.update(carrier_signed_on=today, district_signed_on=today)


def _subsidy(state, **more):
    values = {"requested": 10_000, "uncovered": 10_000, "eligible_costs": 99_000, "proof_sent_on": None, **more}
    return lambda by: Subsidy.objects.update(state=state, **values)


NOT_CHECKED = {"effect": "", "effect_checked_by": None, "effect_checked_at": None}


def _improving(by):
    Improvement.objects.update(state="planned", **NOT_CHECKED)


def _improved(by):
    Improvement.objects.update(state="done", effect_due_on=timezone.localdate(), owner=by.person_id, **NOT_CHECKED)


def _suggested(by):
    Suggestion.objects.update(result="", answered_by=None, answered_at=None, improvement=None)


def _complained(by):
    Complaint.objects.update(answered_on=None, result="", improvement=None)


# What must have happened before the page takes its form.
BEFORE = {
    **quality_audits.BEFORE,
    **dict.fromkeys(
        [
            f"funding:{name}"
            for name in ("edit_subsidy", "subsidy_planned_post", "subsidy_other_post", "subsidy_attach", "send_subsidy")
        ],
        _subsidy("draft"),
    ),
    "funding:decide_subsidy": _subsidy("sent", decided_on=None, sent_on=timezone.localdate()),
    **dict.fromkeys(
        ("funding:prove_subsidy", "funding:subsidy_use"),
        _subsidy("granted", awarded=10_000, decided_on=timezone.localdate()),
    ),
    "funding:remark_on_proof": proofs.hand_all_in,
    "funding:return_proof": proofs.hand_all_in,
    "funding:correct_proof": proofs.check_all,
    "agency:comment": _at("ready_for_review"),
    "agency:return": _at("ready_for_review"),
    "agency:correct": _released,
    "deadlines:give_back": _handed_in,
    "funding:correct_application": _submitted,
    "funding:return_part": _part_handed_in,
    "funding:amend_contract": _amended,
    "quality:answer": _being_reworked,
    "quality:new_document": _being_reworked,
    "funding:take_back_entry": _in_force,
    "funding:answer_process": _asked_for,
    "funding:edit_change": _with_district,
    "quality:release_roster": _unanswered,
    "network:correct_release": _release,
    "network:object_release": _keep_in,
    "network:drop_task": _reopen_task,
    "network:edit_exchange": _undecided,
    "network:other_yes": _undecided,
    "network:task": _reopen_task,
    "casework:agree": _answer,
    "casework:review_agreement": _agree_agreement,
    "casework:consents": _withdraw,
    "casework:damage": lambda by: DamageReport.objects.all().delete(),
    "casework:hand_out": _agree,
    "casework:provider_contact": _allow,
    "casework:sustainability": _evaluate,
    "partners:edit_cooperation": _unsigned,
    "quality:edit_version": lambda by: _version_anew("draft"),
    "quality:return_version": lambda by: _version_anew("submitted"),
    **{f"quality:{name}": _improving for name in ("finish_improvement", "note_improvement", "change_improvement")},
    "quality:check_improvement": _improved,
    "quality:answer_suggestion": _suggested,
    **{f"quality:{name}": _complained for name in ("answer_complaint", "change_complaint", "improve_complaint")},
}


class Walk:
    """Through every page, filling in and sending every form on it."""

    def __init__(self, world, file, login):
        self.world, self.file, self.login = world, file, login
        self.flock, self.refused, self.seen = Flock(), {}, b""

    def everywhere(self):
        for name in OPENED:
            if name not in LAST:
                self.page(name)
        self.look()
        for name in LAST:
            self.page(name)
        self.look()
        return self

    def addresses(self, name):
        chapters = CHAPTERS if name == "casework:chapter" else [""]
        return [address(name, {**self.file, "chapter_key": chapter}) for chapter in chapters]

    def page(self, name):
        BEFORE.get(name, lambda by: None)(self.world.counsellor.actor)
        who = BY.get(name, PERSONAS[MATRIX[name].index(200)])
        web, self.flock.page = self.login(self.world.personas[who]), name
        for url in self.addresses(name):
            for action, form in forms_of(web.get(url), url):
                if typed_names(form):
                    self.form(web, url, action, form)

    def form(self, web, url, action, form):
        data = fill(form, self.flock)
        if form.get("data-draft"):
            draft = {"draft_form": url, "draft_label": "Notiz", "draft_url": url}
            assert web.post(form.get("data-draft-url"), {**data, **draft}).status_code == 200
        if complaint := complaints(send(web, action, data, self.flock)):
            self.refused[url] = complaint

    def look(self):
        webs = [self.login(self.world.counsellor), self.login(self.world.technical_lead)]
        answers = [web.get(url) for web in webs for name in OPENED for url in self.addresses(name)]
        self.seen += b"".join(answer.content for answer in answers if "html" in answer["Content-Type"])

    def shown_as_text(self):
        seen = self.seen
        return {place for token, place in self.flock.fields.items() if f"&lt;script&gt;{token}".encode() in seen}


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(record.getMessage() for record in caplog.records).encode()


@pytest.fixture
def walk(world, file, login, settings, logged):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make.decide(world, Client.objects.get(number=1), Act.HEALTH)
    return Walk(world, file, login)


def test_what_is_typed_lies_in_clear_only_where_allowed_and_script_is_shown_as_text(walk, logged):
    """One walk for both, it takes a minute. Besides, the web client of the tests refuses every page with a script of its
    own (tests/conftest.py)."""
    walk.everywhere()

    assert walk.refused == {}
    assert walk.flock.found_in(places.database()) == {(page, field) for page in IN_CLEAR for field in IN_CLEAR[page]}
    elsewhere = (logged(), places.sessions(), places.post(), places.files())
    assert [walk.flock.found_in(content) for content in elsewhere] == [set()] * 4
    assert re.findall(rb"<script>kanari", walk.seen) == []
    assert walk.shown_as_text() >= {
        ("casework:new_contact", "note"),
        ("casework:edit_client", "last_name"),
        ("casework:goal", "goal_text"),
    }


def test_the_places_searched_are_the_ones_written_to(walk, logged):
    """The test above would pass on empty places; this one shows that they hold what was written."""
    logging.getLogger("lotse.access").info("Wellensittich")
    make.person(walk.world, last_name="Wellensittich")

    assert b"Wellensittich" in places.database()
    assert b"Wellensittich" in logged()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_formula_that_was_typed_leaves_as_text(world, login, kind):
    """Every cell of the statistics that begins like a formula has its apostrophe."""
    Site.objects.filter(pk=world.site.pk).update(name="=1+1")
    make.case(world)

    answer = login(world.counsellor).get(f"/auswertung/?start=2020-01-01&end={make.days_ago(0)}&format={kind}")

    cells = [f"{cell}" for line in _lines(answer.content, kind) for cell in line]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


def _lines(content, kind):
    if kind == "csv":
        return csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";")
    return load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
