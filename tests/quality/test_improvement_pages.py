"""The pages of improvement: what the list holds, one with its circle, suggestions and complaints, their papers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.catalogues.texts import languages
from lotse.quality import complaint_papers as papers
from lotse.quality.actions import improvements as acts
from lotse.quality.models import Improvement
from lotse.quality.queries import improvements as queries
from tests.factories import quality as catalogue
from tests.factories import quality_improvements as make
from tests.factories.quality_improvements import days

HOME = "/qualitaet/verbesserung/"


def url(name, row=None):
    return reverse(f"quality:{name}", args=[row.public_id] if row else [])


def titles(world, name="technical_lead", **wanted):
    actor = getattr(world, name).actor
    return [row.title for row in queries.listed(actor, queries.Wanted(**wanted), timezone.localdate())]


@pytest.fixture
def rows(world, criterion):
    make.raised(world, title="Offen", criterion=criterion)
    make.overdue(make.raised(world, owner=world.colleague, title="Spät"))
    make.done(world, title="Umgesetzt")
    make.closed(world, title="Fertig", source="audit")
    still = make.raised(world, title="Still", due_on=days(90))
    Improvement.objects.filter(pk=still.pk).update(moved_at=timezone.now() - timedelta(days=40))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Spät", "Offen", "Umgesetzt", "Still"]),
        ({"stand": "ueberfaellig"}, ["Spät"]),
        ({"stand": "ohne-bewegung"}, ["Still"]),
        ({"stand": "umgesetzt"}, ["Umgesetzt"]),
        ({"stand": "abgeschlossen"}, ["Fertig"]),
        ({"stand": "alle", "source": "audit"}, ["Fertig"]),
        ({"chapter": "1"}, ["Offen"]),
        ({"chapter": "2"}, []),
        ({"owner": "ich"}, []),
    ],
)
def test_the_list_is_narrowed(world, rows, wanted, found):
    assert titles(world, **wanted) == found


def test_who_is_to_do_it_sees_hers_alone(world, rows):
    assert titles(world, "colleague") == ["Spät"]
    assert titles(world, owner=world.colleague.person.public_id) == ["Spät"]


def test_counted_like_listed(world, rows):
    actor, wanted, today = world.technical_lead.actor, queries.Wanted(), timezone.localdate()
    counted = queries.counted(actor, wanted, today)
    assert counted == {stand: len(titles(world, stand=stand)) for stand in queries.STANDS}


def test_the_number_of_statements_does_not_grow(world, login, django_assert_max_num_queries):
    for number in range(30):
        make.raised(world, title=f"Nummer {number}")
    web = login(world.technical_lead)
    web.get(HOME)
    with django_assert_max_num_queries(14):
        page = web.get(HOME).content.decode()
    assert page.count("Nummer ") == 25
    assert "Weitere" in page


def test_an_empty_list_says_where_improvements_come_from(world, login):
    assert "Verbesserung anlegen" in login(world.technical_lead).get(HOME).content.decode()
    assert "Vorschlag machen" in login(world.counsellor).get(HOME).content.decode()


def test_raised_from_a_criterion_it_leads_back(world, login, criterion):
    web = login(world.technical_lead)
    data = {"title": "Schild", "finding": "", "plan": "", "owner": world.counsellor.person.public_id, "due_on": days(9)}
    answer = web.post(url("improve_criterion", criterion), data)
    made = Improvement.objects.get()
    assert (answer["Location"], made.criterion, made.source) == (url("improvement", made), criterion, "criterion")
    assert url("criterion", criterion) in web.get(url("improvement", made)).content.decode()
    assert "Schild" in web.get(url("criterion", criterion)).content.decode()


def test_raised_from_a_judgement_with_its_finding(world, login, assessment):
    row = catalogue.judged(world, catalogue.of(assessment, "b-1"), finding="Hängt nicht aus.")
    page = login(world.technical_lead).get(url("improve_judgement", row)).content.decode()
    assert "Hängt nicht aus." in page


def test_raised_without_a_criterion_says_where_it_comes_from(world, login):
    data = {
        "source": "evaluation", "title": "Schild", "finding": "", "plan": "", "owner": world.counsellor.person.public_id,
        "due_on": days(9),
    }  # fmt: skip
    login(world.technical_lead).post(url("new_improvement"), data)
    assert Improvement.objects.get().source == "evaluation"


def test_the_way_round_on_its_pages(world, login):
    row = make.raised(world)
    web, lead = login(world.counsellor), login(world.technical_lead)
    web.post(url("begin_improvement", row))
    web.post(url("note_improvement", row), {"text": "Bestellt."})
    web.post(url("finish_improvement", row), {"text": "Hängt.", "effect_due_on": days(30)})
    assert "Wirkung prüfen" not in web.get(url("improvement", row)).content.decode()
    assert url("check_improvement", row) in lead.get(url("improvement", row)).content.decode()
    data = {
        "effect": "again", "text": "Zu klein.", "plan": "Größer.", "owner": world.counsellor.person.public_id,
        "due_on": days(40),
    }  # fmt: skip
    lead.post(url("check_improvement", row), data)
    row.refresh_from_db()
    assert (row.state, row.round, row.plan) == ("planned", 2, "Größer.")
    page = web.get(url("improvement", row)).content.decode()
    assert "2. Durchgang" in page
    assert "Bestellt." in page


def test_closed_on_its_page(world, login):
    row = make.done(world)
    login(world.technical_lead).post(url("check_improvement", row), {"effect": "effective", "text": "Ja."})
    row.refresh_from_db()
    assert (row.state, row.effect) == ("checked", "effective")


def test_changed_as_it_was_shown(world, login):
    row, web = make.raised(world), login(world.technical_lead)
    data = {
        "title": "Neu", "finding": "", "plan": "", "owner": row.owner.public_id, "due_on": row.due_on, "revision": 1,
    }  # fmt: skip
    assert web.post(url("change_improvement", row), data).status_code == 302
    assert "Inzwischen hat jemand" in web.post(url("change_improvement", row), data).content.decode()


def test_the_circle_says_what_is_next(world):
    row = make.raised(world)

    def stops():
        return [stop.is_here for stop in queries.circle(row, list(row.notes.select_related("written_by")))]

    assert stops() == [True, False, False, False]
    row = acts.begin(by=world.counsellor.actor, improvement=row)
    assert stops() == [False, True, False, False]
    row = acts.finish(by=world.counsellor.actor, improvement=row, text="Hängt.", effect_due_on=days(9))
    assert stops() == [False, False, True, False]


def test_as_table_and_on_paper(world, login, rows):
    web = login(world.technical_lead)
    assert web.get(f"{HOME}liste.xlsx?stand=alle")["Content-Type"].endswith("sheet")
    assert b"".join(web.get(f"{HOME}liste.pdf")).startswith(b"%PDF")


def test_a_suggestion_and_its_answer(world, login):
    web, lead = login(world.counsellor), login(world.technical_lead)
    web.post(url("new_suggestion"), {"title": "Mehr Stühle", "text": "Im Flur."})
    row = make.Suggestion.objects.get()
    lead.post(url("answer_suggestion", row), {"result": "declined", "answer": "Brandschutz."})
    page = web.get(url("suggestion", row)).content.decode()
    assert "Brandschutz." in page
    assert "nicht aufgenommen" in page


def test_a_complaint_from_receipt_to_answer(world, login):
    web = login(world.technical_lead)
    data = {
        "kind": "complaint", "received_on": days(0), "way": "form", "language": "tr", "text": "Kimse yok.",
        "text_german": "Niemand da.", "topic": "reach", "about_person": "", "reply_to": "",
        "handled_by": world.technical_lead.person.public_id,
    }  # fmt: skip
    web.post(url("new_complaint"), data)
    row = make.Complaint.objects.get()
    web.post(url("confirm_complaint", row))
    web.post(
        url("answer_complaint", row), {"answer": "Das tut uns leid.", "result": "justified", "answered_on": days(0)}
    )
    row.refresh_from_db()
    assert (row.confirmed_on, row.answered_on, row.result) == (days(0), days(0), "justified")
    page = web.get(url("complaint", row)).content.decode()
    assert "Türkisch" in page
    assert "beantwortet" in page
    assert b"".join(web.get(url("complaint_answer_pdf", row))).startswith(b"%PDF")


def test_no_letter_before_the_answer(world, login):
    row = make.taken_down(world)
    assert login(world.technical_lead).get(url("complaint_answer_pdf", row)).status_code == 403


def test_the_receipt_says_nothing_of_what_was_said(world):
    row = make.taken_down(world)
    said = str(papers.receipt_paper(row).as_data())
    assert "Telefon" not in said
    assert f"{row.answer_due_on:%d.%m.%Y}" in said


def test_the_answer_is_written_in_both_languages(world):
    row = make.answered(world, make.taken_down(world))
    paper = papers.answer_paper(row)
    said = str(paper.as_data())
    assert (paper.language, "Haklısınız" in said, "Sie haben recht." in said, row.answer in said) == (
        "tr",
        True,
        True,
        True,
    )
    assert paper.watermark == "Entwurf, nicht geprüft"


@pytest.mark.parametrize("language", ["de", "ar", "en", "fr", "tr"])
def test_the_form_stands_in_every_language(world, language):
    paper = papers.blank_paper(world.nordstadt, language)
    assert set(languages()) == {"de", "ar", "en", "fr", "tr"}
    assert (paper.language, paper.name) == (language, "Beschwerde, Lob oder Idee")


def test_a_language_without_words_is_german(world):
    assert papers.blank_paper(world.nordstadt, "xx").language == "de"
