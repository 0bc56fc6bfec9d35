"""The floor: the same rows in the same order with the same rights filter, one hand-written statement, a bare template,
behind the same login and middleware. What a page of the product costs more than this is ours.

The file takes three statements: one would repeat the person beside each of her contacts and be slower. They read every row
that the page shows and what it is decided by: the person with site and colleague, all her cases with their programme and
counsellor, the plan's state and whether it has a goal, since when she is in case management, the last twenty contacts with
their topics, the files linked with hers, and whether this read is in the log already. Sealed texts are opened and sealed here
too, because the law wants them sealed, whoever writes the page: of the current case and of the contacts, as on the page.
Saving writes what the law wants written: the contact, its topic, the log entry, in one transaction. What only the product
wants is not here: links of files that were merged, the day of the last contact beside the case, the draft that goes, German
words for keys and the organisation's own words for them, the house around the page.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from lotse.core.crypto import seal, unseal
from lotse.core.ids import new_public_id

PAGE = engines["django"].from_string(
    "<!doctype html><title>floor</title><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
# The login has found out who acts, for the floor as for the product. An equality, so that the index gives the order.
MINE = "c.responsible_id = %s AND c.organisation_id = %s"
LIST = f"""SELECT c.public_id, c.last_name, c.first_name, c.number, c.birth_date, c.birth_precision, c.recording_on, c.restricted_on, s.name FROM casework_client c
    JOIN organisations_site s ON s.id = c.site_id WHERE {MINE} {{more}} ORDER BY c.name_key, c.id LIMIT 26"""  # noqa: S608

SEALED_OF_CLIENT = ["phone", "email", "address"]
SEALED_OF_CASE = [
    "next_step", "concern", "information_need", "problem", "support_need", "expectation", "joint_decision", "crisis_note", "extension_reason",
]  # fmt: skip
# A row for each case, the current one first.
FILE = f"""SELECT c.id, c.public_id, k.public_id, {", ".join(f"c.{x}" for x in SEALED_OF_CLIENT)}, {", ".join(f"k.{x}" for x in SEALED_OF_CASE)},
    c.last_name, c.first_name, c.number, c.birth_date, c.country_of_origin, c.entered_germany_on, c.permanent_status_on, c.is_resettler,
    c.contact_language, c.interpreter_needed, c.informed_on, c.informed_language, c.agreement_on, c.recording_on, c.restricted_on,
    s.name, r.first_name, r.last_name, k.state, k.tier, k.phase, k.episode, k.target_group, k.in_crisis, k.first_contact_on, k.next_step_on,
    k.no_next_step_reason, k.extended_until, k.ended_on, g.name, g.max_years, kr.first_name, kr.last_name, sp.state,
    EXISTS (SELECT 1 FROM casework_plangoal pg WHERE pg.plan_id = sp.id),
    (SELECT t.since FROM casework_tierchange t WHERE t.case_id = k.id AND t.tier = 'case_management' ORDER BY t.since DESC, t.id DESC LIMIT 1),
    (SELECT e.actor_ref FROM auditlog_event e WHERE e.file_ref = c.public_id AND e.at > %s ORDER BY e.id DESC LIMIT 1)
    FROM casework_client c
    JOIN organisations_site s ON s.id = c.site_id JOIN organisations_person r ON r.id = c.responsible_id
    LEFT JOIN casework_counsellingcase k ON k.client_id = c.id LEFT JOIN organisations_person kr ON kr.id = k.responsible_id
    LEFT JOIN programmes_programme g ON g.id = k.programme_id LEFT JOIN casework_supportplan sp ON sp.case_id = k.id
    WHERE c.public_id = %s AND {MINE} ORDER BY k.ended_on IS NOT NULL, k.ended_on DESC, k.id DESC"""  # noqa: S608
# The last contacts with their topics, which follow each other.
CONTACTS = """SELECT x.public_id, x.note, x."on", x.minutes, a.first_name, a.last_name, t.topic FROM
    (SELECT id, public_id, note, "on", minutes, counsellor_id FROM casework_contact WHERE client_id = %s ORDER BY "on" DESC, id DESC LIMIT 20) x
    JOIN organisations_person a ON a.id = x.counsellor_id LEFT JOIN casework_contacttopic t ON t.contact_id = x.id
    ORDER BY x."on" DESC, x.id DESC, t.id"""

# Whoever was linked with her, by either side of the pair.
LINKED = f"""SELECT c.public_id, c.first_name, c.last_name, c.number FROM casework_pairdecision p
    JOIN casework_client c ON c.id = CASE WHEN p.first_id = %s THEN p.second_id ELSE p.first_id END
    WHERE (p.first_id = %s OR p.second_id = %s) AND p.kind = 'linked' AND p.ended_on IS NULL AND {MINE}"""  # noqa: S608

CASE = f"""SELECT c.id, k.id FROM casework_client c JOIN casework_counsellingcase k ON k.client_id = c.id AND k.ended_on IS NULL
    WHERE c.public_id = %s AND {MINE}"""  # noqa: S608
CONTACT = """INSERT INTO casework_contact (public_id, created_at, organisation_id, client_id, case_id, counsellor_id, "on", channel, language,
    interpreter, note, revision) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', %s, %s, 1) RETURNING id"""
TOPIC = "INSERT INTO casework_contacttopic (contact_id, topic) VALUES (%s, %s)"
EVENT = """INSERT INTO auditlog_event (at, organisation_id, actor_ref, actor_label, key, is_read, object_type, object_ref, file_ref, fields, details,
    request_id) VALUES (%s, %s, %s, %s, 'contact.recorded', %s, 'contact', %s, %s, '[]', '{}', '')"""


def _rows(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _answer(rows):
    return HttpResponse(PAGE.render({"rows": rows}))


def _mine(request):
    return [request.actor.person_id, request.actor.organisation_id]


def client_list(request):
    return _answer(_rows(LIST.format(more=""), _mine(request)))


def search(request):
    key = request.GET["q"]
    sql = LIST.format(more="AND c.name_key >= %s AND c.name_key < %s")
    return _answer(_rows(sql, [*_mine(request), key, key + "\uffff"]))


def file(request, client_id):
    since = connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(minutes=5))
    (pk, client, case, *head), *earlier = _rows(FILE, [since, client_id, *_mine(request)])
    persons, sealed = len(SEALED_OF_CLIENT), len(SEALED_OF_CLIENT) + len(SEALED_OF_CASE)
    own = _opened("casework_client", SEALED_OF_CLIENT, client, head[:persons])
    told = _opened("casework_counsellingcase", SEALED_OF_CASE, case, head[persons:sealed])
    others = [row[3 + sealed :] for row in earlier]
    linked = _rows(LINKED, [pk, pk, pk, *_mine(request)])
    return _answer([[*own, *told, *head[sealed:]], *others, *_contacts(_rows(CONTACTS, [pk])), *linked])


def _opened(table, names, public_id, sealed):
    for name, value in zip(names, sealed, strict=True):
        yield unseal(bytes(value), context=_context(table, name, public_id)).decode() if value else ""


def _context(table, name, public_id):
    return f"{table}.{name}.{public_id}".encode()


def _contacts(rows):
    contacts = {}
    for public_id, note, *more, topic in rows:
        if public_id not in contacts:
            contacts[public_id] = [*_opened("casework_contact", ["note"], public_id, [note]), *more]
        contacts[public_id].append(topic)
    return contacts.values()


def note(request, client_id):
    actor, sent, public_id = request.actor, request.POST, new_public_id()
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CASE, [client_id, *_mine(request)])
        owner = [actor.organisation_id, *cursor.fetchone(), actor.person_id]
        context = _context("casework_contact", "note", public_id)
        sealed = seal(sent["note"].encode(), organisation_id=actor.organisation_id, context=context)
        cursor.execute(CONTACT, [public_id, now, *owner, sent["on"], sent["channel"], False, sealed])
        cursor.execute(TOPIC, [cursor.fetchone()[0], sent["topics"]])
        cursor.execute(EVENT, [now, actor.organisation_id, actor.ref, actor.label, False, public_id, client_id])
    return HttpResponse("ok")


urlpatterns = [
    path("floor/list/", client_list),
    path("floor/search/", search),
    path("floor/file/<slug:client_id>/", file),
    path("floor/file/<slug:client_id>/note/", note),
    path("", include("lotse.config.urls")),
]
