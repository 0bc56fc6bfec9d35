"""What people who are counselled say: taken down, confirmed, answered; their papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.door import require
from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import keyset
from lotse.documents.answers import pdf_answer
from lotse.organisations.queries import own_organisation
from lotse.quality import complaint_papers as papers
from lotse.quality import rules
from lotse.quality.actions import complaints as acts
from lotse.quality.forms.improvements import ImprovementForm
from lotse.quality.forms.voices import AnswerComplaintForm, ComplaintForm, known
from lotse.quality.models import Complaint
from lotse.quality.queries import voices as queries
from lotse.quality.queries.frameworks import houses as houses_of
from lotse.quality.queries.houses import usual_house
from lotse.quality.queries.improvements import people_at
from lotse.quality.views.improvements import improvement_url
from lotse.quality.views.shared import insider, keeper, must_keep, words_page

NOT_YET = "Einen Brief gibt es, wenn die Antwort eingetragen ist."


def _crumbs() -> list[Crumb]:
    return [("Beschwerden und Lob", reverse("quality:complaints"))]


def complaint_url(complaint: Complaint) -> str:
    return reverse("quality:complaint", args=[complaint.public_id])


def _to(complaint: Complaint) -> list[Crumb]:
    return [*_crumbs(), (str(complaint), complaint_url(complaint))]


def complaints(request: HttpRequest) -> HttpResponse:
    actor, today, stand = insider(request), timezone.localdate(), request.GET.get("stand", "")
    stand = stand if stand in queries.SAID else ""
    counts = queries.complaint_counts(actor, today)
    context = {
        "page": keyset(queries.complaints(actor, stand, today), request.GET.get("ab", ""), by="-received_on"),
        "stand": stand, "stands": [(key, label, counts[key], key == stand) for key, label in queries.SAID.items()],
        "today": today, "may_take_down": rules.keeps(actor), "languages": papers.offered(),
    }  # fmt: skip
    return render(request, "quality/complaints.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    houses = houses_of(actor)
    house = houses.get(request.GET.get("traeger", "")) or usual_house(actor, houses)
    form = ComplaintForm(
        request.POST or None, actor=actor, people=people_at(house), is_new=True, initial={"received_on": timezone.localdate()}
    )  # fmt: skip

    def act() -> str:
        return complaint_url(acts.take_down(by=actor, organisation=house, **form.cleaned_data))

    others = [one for one in houses.values() if one != house]
    return words_page(
        request, form, act, key="quality.new_complaint", ref=house.public_id, title="Rückmeldung aufnehmen", crumbs=_crumbs(), done="Aufgenommen.", house=house,
        others=others, template="quality/improvement_form.html",
    )  # fmt: skip


def complaint(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    keeps = rules.keeps_quality_of(request.actor, found.organisation)
    context = {
        "complaint": found, "crumbs": _crumbs(), "keeps": keeps, "today": timezone.localdate(),
        "may_answer": rules.may_answer_complaint(request.actor, found) and not found.is_answered,
    }  # fmt: skip
    return render(request, "quality/complaint.html", context)


def change(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    must_keep(request.actor, found.organisation)
    people = people_at(found.organisation, found.handled_by, found.about_person)
    form = ComplaintForm(request.POST or None, actor=request.actor, people=people, is_new=False, initial=known(found))

    def act() -> None:
        acts.change_complaint(by=request.actor, complaint=found, **form.cleaned_data)

    return words_page(
        request, form, act, key="quality.complaint", ref=found.public_id, title="Rückmeldung ändern", crumbs=_to(found)
    )


def confirm(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)

    def act() -> None:
        acts.confirm_receipt(by=request.actor, complaint=found)

    return button(request, act, complaint_url(found), "Eingang bestätigt.")


def answer(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    today = timezone.localdate()
    form = AnswerComplaintForm(request.POST or None, actor=request.actor, complaint=found, today=today)

    def act() -> None:
        acts.answer(by=request.actor, complaint=found, **form.cleaned_data)

    lead = found.text_german or found.text
    return words_page(
        request, form, act, key="quality.answer_complaint", ref=found.public_id, title="Beantworten", crumbs=_to(found),
        done="Beantwortet.", lead=lead,
    )  # fmt: skip


def improve(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    must_keep(request.actor, found.organisation)
    require(found.improvement_id is None, acts.HAS_ONE)
    form = ImprovementForm(request.POST or None, actor=request.actor, people=people_at(found.organisation))

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        return improvement_url(acts.improve(by=request.actor, complaint=found, **given))

    return form_page(
        request, form, act, title="Verbesserung anlegen", crumbs=_to(found), done="Angelegt.", submit="Anlegen",
        lead="Wer die Verbesserung macht, liest nur, was hier steht.",
    )  # fmt: skip


def receipt(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    return pdf_answer(papers.receipt_paper(found), "Eingang.pdf")


def letter(request: HttpRequest, complaint_id: str) -> HttpResponse:
    found = queries.get_complaint(insider(request), complaint_id)
    require(found.is_answered, NOT_YET)
    return pdf_answer(papers.answer_paper(found), "Antwort.pdf")


def blank(request: HttpRequest, language: str) -> HttpResponse:
    """The form to fill in by hand, for everybody who works here."""
    house = own_organisation(insider(request))
    return pdf_answer(papers.blank_paper(house, language), "Beschwerde-Lob-Idee.pdf")
