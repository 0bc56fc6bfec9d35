from django.urls import path

from lotse.quality.views import complaints, improvements, suggestions

IMPROVEMENTS = [
    path("verbesserung/", improvements.improvements, name="improvements"),
    path("verbesserung/liste.xlsx", improvements.table, name="improvements_table_xlsx"),
    path("verbesserung/liste.pdf", improvements.paper, name="improvements_pdf"),
    path("verbesserung/anlegen/", improvements.raise_one, name="new_improvement"),
    path("kriterium/<str:criterion_id>/verbesserung/", improvements.of_criterion, name="improve_criterion"),
    path("bewertung/<str:judgement_id>/verbesserung/", improvements.of_judgement, name="improve_judgement"),
    path("verbesserung/vorschlaege/", suggestions.suggestions, name="suggestions"),
    path("verbesserung/vorschlaege/neu/", suggestions.new, name="new_suggestion"),
    path("verbesserung/vorschlaege/<str:idea_id>/", suggestions.suggestion, name="suggestion"),
    path("verbesserung/vorschlaege/<str:idea_id>/beantworten/", suggestions.answer, name="answer_suggestion"),
    path("verbesserung/rueckmeldungen/", complaints.complaints, name="complaints"),
    path("verbesserung/rueckmeldungen/neu/", complaints.new, name="new_complaint"),
    path("verbesserung/rueckmeldungen/formular/<str:language>.pdf", complaints.blank, name="complaint_form_pdf"),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/", complaints.complaint, name="complaint"),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/aendern/", complaints.change, name="change_complaint"),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/bestaetigen/", complaints.confirm, name="confirm_complaint"),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/beantworten/", complaints.answer, name="answer_complaint"),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/verbessern/", complaints.improve, name="improve_complaint"),
    path(
        "verbesserung/rueckmeldungen/<str:complaint_id>/eingang.pdf", complaints.receipt, name="complaint_receipt_pdf"
    ),
    path("verbesserung/rueckmeldungen/<str:complaint_id>/antwort.pdf", complaints.letter, name="complaint_answer_pdf"),
    path("verbesserung/<str:improvement_id>/", improvements.improvement, name="improvement"),
    path("verbesserung/<str:improvement_id>/aendern/", improvements.change, name="change_improvement"),
    path("verbesserung/<str:improvement_id>/notiz/", improvements.note, name="note_improvement"),
    path("verbesserung/<str:improvement_id>/begonnen/", improvements.begin, name="begin_improvement"),
    path("verbesserung/<str:improvement_id>/umgesetzt/", improvements.finish, name="finish_improvement"),
    path("verbesserung/<str:improvement_id>/wirkung/", improvements.check, name="check_improvement"),
]
