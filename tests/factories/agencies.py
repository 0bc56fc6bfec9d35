"""An agency of a carrier, somebody who works in it, and its documents. Rows, made beneath the actions."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from lotse.agency.actions import support
from lotse.agency.actions.materials import add_material
from lotse.agency.actions.proofs import file_proof
from lotse.agency.actions.volunteers import add_deployment, add_volunteer
from lotse.agency.actions.vouchers import add_voucher
from lotse.agency.enums import DocumentKind
from lotse.agency.models import (
    AgencyDocument,
    DataItem,
    Dataset,
    DocumentComment,
    Measure,
    Need,
    PlanChange,
    ReportSection,
    SignedName,
    SignInSheet,
    SocialSpace,
    Task,
    TaskGoal,
    TaskPartner,
    TaskStep,
)
from lotse.documents.enums import EvidenceKind
from lotse.documents.intake import receive
from lotse.documents.templates import PURPOSES, example
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.programmes.enums import VoucherKind
from lotse.programmes.models import Grant
from tests.documents.files import upload
from tests.factories import (
    deadlines,
    forms,
    funds_applications,
    funds_ledger,
    funds_money,
    funds_more,
    funds_proofs,
    funds_staff,
)
from tests.personas import World, grant, organisation, persona

YEAR = 2026
_numbers = count(1)


@dataclass
class AgencyWorld:
    """`worker` works in `agency`, `far_worker` in one of the other carrier."""

    world: World
    agency: Organisation
    far_agency: Organisation
    documents: dict[str, AgencyDocument] = field(default_factory=dict)

    def second_agency(self):
        return organisation("Integrationsagentur Nordstadt-West", OrganisationKind.AGENCY, self.world.nordstadt)

    def document(self, kind=DocumentKind.TASK_PLAN, **more):
        values = {"funding_year": YEAR, "until_year": YEAR, "organisation": self.agency.parent, "agency": self.agency}
        return AgencyDocument.objects.create(kind=kind, **{**values, **more})

    def need(self, document, **more):
        values = {"organisation": document.organisation, "document": document, "text": "Es fehlen Orte zum Treffen."}
        return Need.objects.create(**{**values, **more})

    def data_item(self, document, **more):
        values = {
            "organisation": document.organisation, "document": document, "topic": "Menschen", "label": "Einwohner*innen",
            "value": "12", "as_of": date(YEAR - 1, 12, 31), "source": "Stadt",
        }  # fmt: skip
        return DataItem.objects.create(**{**values, **more})

    def dataset(self, **more):
        values = {"organisation": self.agency.parent, "agency": self.agency, "title": "Menschen", "source": "Stadt"}
        return Dataset.objects.create(**{**values, "retrieved_on": date(YEAR, 1, 31), **more})

    def task(self, document, *needs, **more):
        values = {
            "organisation": document.organisation,
            "document": document,
            "field": "SR",
            "title": "Treffpunkte schaffen",
        }
        made = Task.objects.create(**{**values, **more})
        made.needs.set(needs)
        return made

    def space(self, **more):
        values = {"organisation": self.agency.parent, "agency": self.agency, "name": "Hochfeld"}
        return SocialSpace.objects.create(**{**values, **more})

    def measure(self, **more):
        values = {
            "organisation": self.agency.parent, "agency": self.agency, "funding_year": YEAR, "kind": "workshop",
            "title": f"Werkstatt {next(_numbers)}", "on": date(YEAR, 3, 4), "entered_by": self.world.worker.person,
        }  # fmt: skip
        return Measure.objects.create(**{**values, **more})


def build(world: World) -> AgencyWorld:
    agency = organisation("Integrationsagentur Nordstadt", OrganisationKind.AGENCY, world.nordstadt)
    far = organisation("Integrationsagentur Südstadt", OrganisationKind.AGENCY, world.suedstadt)
    persona(world, "worker", agency.parent)
    persona(world, "far_worker", far.parent)
    grant(world.worker.person, "integration_specialist", agency)
    grant(world.far_worker.person, "integration_specialist", far)
    return AgencyWorld(world, agency, far)


def ids(world: World) -> dict[str, str]:
    """For the access matrix: an agency of the house and a document of each kind."""
    made = build(world)
    names = {
        "analysis_id": DocumentKind.ANALYSIS, "task_plan_id": DocumentKind.TASK_PLAN,
        "activity_report_id": DocumentKind.REPORT, "controlling_id": DocumentKind.CONTROLLING,
    }  # fmt: skip
    documents = {name: made.document(kind).public_id for name, kind in names.items()}
    one = {"agency_id": made.agency.public_id, "agency_document_id": documents["task_plan_id"]}
    return {
        **one,
        **documents,
        **plan_ids(made),
        **support_ids(made),
        **finding_ids(made, documents),
        **_of_measure(made),
        **report_ids(made),
        **deadlines.ids(made),
        **_kept(made),
        **_of_funds(made),
    }


def _of_funds(made: AgencyWorld) -> dict[str, str]:
    grant, rows = Grant.objects.get(), {}
    for area in (funds_applications, funds_money, funds_ledger, funds_proofs, funds_staff, funds_more):
        rows |= area.ids(made, grant)
    return rows


def plan_ids(made: AgencyWorld) -> dict[str, str]:
    """A task with a part of each kind, and two changes: the coordination has not weighed the first."""
    task = made.task(made.document(funding_year=YEAR - 1, until_year=YEAR - 1))
    parts = {"organisation": task.organisation, "task": task}
    goal = {"text": "Mehr Treffen", "indicator": "Treffen", "method": "gezählt", "baseline": 1, "target": 2}
    change = {
        "organisation": task.organisation, "document": task.document, "description": "Ein anderer Ort",
        "consulted_on": date(YEAR, 4, 1), "told_by": made.world.worker.person,
    }  # fmt: skip
    rows = {
        "agency_task_id": task,
        "sub_goal_id": TaskGoal.objects.create(**parts, **goal, due_on=date(YEAR - 1, 12, 1)),
        "task_step_id": TaskStep.objects.create(
            **parts, title="Räume", starts_on=date(YEAR - 1, 2, 1), ends_on=date(YEAR - 1, 3, 1)
        ),
        "task_partner_id": TaskPartner.objects.create(**parts, name="Stadt"),
        "plan_change_id": PlanChange.objects.create(**change),
    }
    return {name: row.public_id for name, row in rows.items()}


def report_ids(made: AgencyWorld) -> dict[str, str]:
    report = AgencyDocument.objects.get(kind=DocumentKind.REPORT)
    common = {"organisation": report.organisation, "document": report}
    section = ReportSection.objects.create(**common, kind="overview", title="Überblick")
    comment = DocumentComment.objects.create(**common, text="Kürzer.", by=made.world.coordinator.person)
    return {"report_section_id": section.public_id, "document_comment_id": comment.public_id}


def support_ids(made: AgencyWorld) -> dict[str, str]:
    world, by = made.world, made.world.worker.actor
    offered = {"by": world.coordinator.actor, "organisation": world.district}
    onboarding = support.begin_onboarding(by=by, agency=made.agency, person=world.worker.person)
    page = support.write_page(**offered, chapter="Arbeit", title="Planen", body="Vom Bedarf her.")
    rows = {
        "onboarding_id": onboarding,
        "onboarding_step_id": onboarding.steps.first(),
        "concept_id": support.begin_concept(by=by, agency=made.agency, title="Lesepaten"),
        "training_id": support.offer_training(**offered, title="Moderation", kind="training", on=date(YEAR, 5, 5)),
        "advice_request_id": support.ask_advice(by=by, agency=made.agency, topic="other", text="Wie?"),
        "handbook_page_id": page,
        "suggestion_id": support.suggest(by=by, page=page, text="Ein Beispiel fehlt."),
    }
    return {name: row.public_id for name, row in rows.items()}


def finding_ids(made: AgencyWorld, documents: dict[str, str]) -> dict[str, str]:
    analysis = AgencyDocument.objects.get(public_id=documents["analysis_id"])
    rows = {
        "dataset_id": made.dataset(), "need_id": made.need(analysis), "data_item_id": made.data_item(analysis),
        "social_space_id": made.space(),
    }  # fmt: skip
    return {name: row.public_id for name, row in rows.items()}


def _of_measure(made: AgencyWorld) -> dict[str, str]:
    """A measure with a list of names, a voucher with its paper, and an open list to sign."""
    by, measure = made.world.worker.actor, made.measure()
    with receive(upload(), by=by) as received:
        evidence = file_proof(by=by, measure=measure, received=received, kind=EvidenceKind.ATTENDANCE_LIST)
    paid = {"kind": VoucherKind.EXPENSE, "on": measure.on, "amount": 5, "payee": "Bäckerei", "reason": "Gebäck"}
    with receive(upload(), by=by) as received:
        row = add_voucher(by=by, measure=measure, received=received, **paid)
    sheet = SignInSheet.objects.create(organisation=measure.organisation, measure=measure, on=measure.on)
    signed = SignedName.objects.create(organisation=measure.organisation, sheet=sheet, name="Eine", institution="")
    helps = add_volunteer(by=by, agency=made.agency, name="Eine", since=measure.on)
    material = add_material(by=by, agency=made.agency, name="Koffer")
    return {
        "volunteer_id": helps.public_id, "material_id": material.public_id,
        "deployment_id": add_deployment(by=by, volunteer=helps, on=measure.on, minutes=60).public_id,
        "measure_id": measure.public_id, "evidence_id": evidence.public_id, "voucher_id": row.voucher.public_id,
        "sign_in_sheet_id": sheet.public_id, "sign_in_id": signed.public_id,
    }  # fmt: skip


def _kept(made: AgencyWorld) -> dict[str, str]:
    """The prescribed form and logo of the district, and a plan on it."""
    keeper, district, purpose = made.world.coordinator, made.world.district, PURPOSES["ia_task_plan"]
    form = forms.form(keeper, district, purpose.key, example(purpose))
    plan = made.document(DocumentKind.TASK_PLAN, funding_year=YEAR + 1, until_year=YEAR + 1, template=form)
    return {
        "form_purpose": purpose.key, "form_template_id": form.public_id, "agency_document_id": plan.public_id,
        "logo_id": forms.logo(keeper, district).public_id,
    }  # fmt: skip
