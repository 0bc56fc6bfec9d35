"""The floor: the same rows in the same order with the same rights filter, one hand-written statement, a bare template,
behind the same login and middleware. What a page of the product costs more than this is ours.
"""

from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

PAGE = engines["django"].from_string(
    "<!doctype html><title>floor</title><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
LIST = """SELECT c.public_id, c.last_name, c.first_name, c.number, c.birth_date, c.recording_on, c.restricted_on, s.name FROM casework_client c
    JOIN organisations_site s ON s.id = c.site_id
    WHERE c.responsible_id IN (SELECT p.id FROM organisations_person p WHERE p.user_id = %s) {more} ORDER BY c.name_key, c.id LIMIT 26"""
# What the file shows and is not sealed: the person, her case and its programme, the plan's state, the last contacts with topics.
HEAD = """c.last_name, c.first_name, c.birth_date, c.country_of_origin, c.entered_germany_on, c.contact_language, c.informed_on, c.informed_language,
    c.agreement_on, c.recording_on, s.name, r.first_name, r.last_name, k.state, k.tier, k.next_step_on, g.name, sp.state"""
FILE = f"""SELECT x.on, x.minutes, a.first_name, a.last_name, t.topic, {HEAD} FROM casework_client c
    JOIN organisations_site s ON s.id = c.site_id JOIN organisations_person r ON r.id = c.responsible_id
    LEFT JOIN casework_counsellingcase k ON k.client_id = c.id AND k.ended_on IS NULL
    LEFT JOIN programmes_programme g ON g.id = k.programme_id LEFT JOIN casework_supportplan sp ON sp.case_id = k.id
    LEFT JOIN casework_contact x ON x.client_id = c.id LEFT JOIN organisations_person a ON a.id = x.counsellor_id
    LEFT JOIN casework_contacttopic t ON t.contact_id = x.id
    WHERE c.public_id = %s AND c.responsible_id IN (SELECT p.id FROM organisations_person p WHERE p.user_id = %s)
    ORDER BY x.on DESC, x.id DESC LIMIT 20"""  # noqa: S608
CONTACT = 5  # columns of a contact, before those of the file


def _rows(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("x.on", 'x."on"'), parameters)
        return cursor.fetchall()


def _answer(rows):
    return HttpResponse(PAGE.render({"rows": rows}))


def client_list(request):
    return _answer(_rows(LIST.format(more=""), [request.user.pk]))


def search(request):
    key = request.GET["q"]
    sql = LIST.format(more="AND c.name_key >= %s AND c.name_key < %s")
    return _answer(_rows(sql, [request.user.pk, key, key + "￿"]))


def file(request, client_id):
    rows = _rows(FILE, [client_id, request.user.pk])
    return _answer([rows[0][CONTACT:], *(row[:CONTACT] for row in rows)])


def note(request):
    """One row written in a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_draft (public_id, organisation_id, owner_ref, form_key, object_ref, label, url, content, based_on, revision, updated_at)"
            " VALUES (%s, 1, %s, 'floor', '', '', '', %s, '', 1, %s)",
            [request.POST["id"], request.POST["id"], b"text", timezone.now()],
        )
    return HttpResponse("ok")


urlpatterns = [
    path("floor/list/", client_list),
    path("floor/search/", search),
    path("floor/file/<slug:client_id>/", file),
    path("floor/note/", note),
    path("", include("lotse.config.urls")),
]
