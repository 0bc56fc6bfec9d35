"""Calendars: whose they are, what stands in them, what would clash."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from lotse.casework.enums import AppointmentPlace, AppointmentState
from lotse.casework.models import Appointment, AppointmentNote, Client
from lotse.casework.models.calendar import CALLED_OFF
from lotse.casework.queries.access import COUNSELLING_ROLES, open_assignments
from lotse.casework.schedule import Span, midnight
from lotse.core.calendars import CalendarEntry, elsewhere
from lotse.core.finding import found
from lotse.core.search import fold, prefix_end
from lotse.correspondence.models import ReminderSetting
from lotse.correspondence.queries import reminder_settings
from lotse.organisations.actor import Actor
from lotse.organisations.models import Membership, Person, Site

_PERSON = tuple(f"client__{name}" for name in ("public_id", "first_name", "last_name"))
_LINE = (
    "public_id", "organisation", "starts_at", "ends_at", "purpose", "place", "room", "state", "contact",
    "interpreter_language", *_PERSON,
)  # fmt: skip
MOST_OFFERED = 50
NOTE_LASTS = timedelta(hours=1)
OVERLAP = ("überschneidet sich", "warn")


def calendar(actor: Actor, start: datetime, end: datetime, person: Person | None = None) -> list[CalendarEntry]:
    """What the person (the actor herself) has between two moments: appointments of files, those without a file, and her own
    of other apps."""
    holder = person.pk if person else actor.person_id
    within = {"starts_at__gte": start, "starts_at__lt": end}
    rows = Appointment.objects.visible_to(actor).shown().filter(person_id=holder, **within)
    notes = AppointmentNote.objects.visible_to(actor).filter(
        owner_id=holder, takes_place_at__gte=start, takes_place_at__lt=end
    )
    entries = [_entry(row) for row in rows.select_related("client").only(*_LINE)]
    others = elsewhere(actor, start, end) if holder == actor.person_id else []
    return _with_overlaps(sorted([*entries, *map(_note, notes), *others], key=lambda entry: entry.starts_at))


def _with_overlaps(entries: list[CalendarEntry]) -> list[CalendarEntry]:
    """In order of time; the one that begins before another is over says so."""
    found, busy_until = [], None
    for entry in entries:
        clashes_here = busy_until is not None and entry.starts_at < busy_until and not entry.is_off
        found.append(replace(entry, badges=(*entry.badges, OVERLAP)) if clashes_here else entry)
        if not entry.is_off:
            ends_at = entry.starts_at + entry.lasts
            busy_until = max(busy_until, ends_at) if busy_until else ends_at
    return found


def coming(actor: Actor, today: date, limit: int = 8) -> list[CalendarEntry]:
    """From this morning a week ahead, without what was called off."""
    entries = calendar(actor, midnight(today), midnight(today + timedelta(days=8)))
    return [entry for entry in entries if not entry.is_off][:limit]


def reminders_due(today: date) -> list[tuple[Person, date, int]]:
    """Who is to be reminded today, of which day, and how many appointments there are; for the worker."""
    last = midnight(today + timedelta(days=15))
    rows = Appointment.objects.shown().filter(
        state=AppointmentState.PLANNED, starts_at__gte=midnight(today), starts_at__lt=last
    )
    notes = AppointmentNote.objects.filter(takes_place_at__gte=midnight(today), takes_place_at__lt=last)
    moments = [*rows.values_list("person_id", "starts_at"), *notes.values_list("owner_id", "takes_place_at")]
    count = Counter((person_id, timezone.localdate(at)) for person_id, at in moments)
    settings = reminder_settings({person_id for person_id, _day in count})
    due = [
        (person_id, day, number) for (person_id, day), number in count.items()
        if _is_reminded(settings.get(person_id), today, day)
    ]  # fmt: skip
    people = Person.objects.at_work_on(today).select_related("user").in_bulk([person_id for person_id, *_ in due])
    return [(people[person_id], day, number) for person_id, day, number in due if person_id in people]


def _is_reminded(setting: ReminderSetting | None, today: date, day: date) -> bool:
    before = setting.days_before if setting else ReminderSetting.USUAL
    is_done = bool(setting and setting.reminded_of == day)
    return bool(before) and day == today + timedelta(days=before) and not is_done


def _entry(row: Appointment) -> CalendarEntry:
    is_due = row.is_open and row.starts_at <= timezone.now()
    badges = [(row.get_state_display(), _TONES.get(row.state, "none"))] if not row.is_open else []
    if row.interpreter_language:
        badges.append(("Sprachmittlung", "info"))
    return CalendarEntry(
        ref=row.public_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.client.full_name,
        url=row.get_absolute_url(),
        place=row.room or row.get_place_display(),
        badges=tuple(badges),
        next_url=f"{row.get_absolute_url()}kontakt/" if is_due else "",
        next_label="Kontakt daraus machen",
        is_off=row.state in CALLED_OFF,
    )


_TONES = {AppointmentState.HELD: "good", AppointmentState.NO_SHOW: "warn"}


def _note(row: AppointmentNote) -> CalendarEntry:
    url, badges = reverse("casework:appointments"), (("ohne Akte", "none"),)
    return CalendarEntry(row.public_id, row.takes_place_at, None, row.name, url, badges=badges)


def calendars_open_to(actor: Actor) -> QuerySet[Person]:
    """Her own first; then those she stands in for, and who counsels at the sites she reviews."""
    today = timezone.localdate()
    reviewed = Membership.objects.in_force(today).filter(
        role__in=COUNSELLING_ROLES, site_id__in=actor.reviewed_site_ids
    )
    wanted = Q(pk__in=actor.file_holder_ids) | Q(pk=actor.person_id) | Q(pk__in=reviewed.values("person_id"))
    people = Person.objects.filter(wanted, organisation_id=actor.organisation_id).at_work_on(today)
    return people.order_by(Case(When(pk=actor.person_id, then=0), default=1), "name_key", "id")


def whose_week(actor: Actor, ref: str, text: str) -> tuple[Person | None, list[Person], bool]:
    """Whose week is shown, who else is offered, and whether there are more than can be offered.

    `text` begins a name and decides; without it `ref` does, and a stranger's becomes her own.
    """
    people, key = calendars_open_to(actor), fold(text)
    named = people.filter(name_key__gte=key, name_key__lt=prefix_end(key)) if key else people
    offered = list(named[: MOST_OFFERED + 1])
    asked = next((person for person in offered if person.public_id == ref), None)
    if asked is None and ref and not key:
        asked = people.filter(public_id=ref).first()
    shown = asked or next(iter(offered), None) or people.first()
    return shown, offered[:MOST_OFFERED], len(offered) > MOST_OFFERED


def who_may_hold(actor: Actor, client: Client) -> list[Person]:
    """Who counsels and can open the file: the actor first, then whoever is responsible, then whom it was opened to."""
    lent = [row.person_id for row in open_assignments(client, timezone.localdate()) if not row.is_waiting]
    order = [actor.person_id, client.responsible_id, *lent]
    at_work = Person.objects.filter(pk__in=order).at_work_on(timezone.localdate())
    return sorted(at_work, key=lambda person: order.index(person.pk))


def appointments_of(client: Client) -> list[Appointment]:
    return list(client.appointments.select_related("person", "client").order_by("-starts_at", "-id")[:100])


def coming_appointments(client: Client, day: date) -> list[Appointment]:
    """What is planned from that day on, the next ones first."""
    planned = client.appointments.filter(state=AppointmentState.PLANNED, starts_at__gte=midnight(day))
    return list(planned.order_by("starts_at", "id")[:5])


def get_file_appointment(actor: Actor, client: Client, public_id: str) -> Appointment:
    rows = Appointment.objects.visible_to(actor).filter(client=client)
    return found(rows.select_related("client", "person", "site", "contact", "interpreter_from"), public_id)


def rooms_of(sites: Iterable[Site]) -> list[str]:
    """Rooms that were used lately, to choose from while typing."""
    since = midnight(timezone.localdate() - timedelta(days=180))
    used = Appointment.objects.filter(site__in=list(sites), starts_at__gte=since).exclude(room="")
    return sorted(used.order_by().values_list("room", flat=True).distinct()[:20])


def clashes(spans: Iterable[Span], person: Person, site: Site, room: str, besides: str = "") -> list[str]:
    """When the person or the room is taken already, in words without anybody's name. `besides`: the appointment itself."""
    wanted = list(spans)
    first, last = min(start for start, _end in wanted), max(end for _start, end in wanted)
    near = Appointment.objects.filter(starts_at__lt=last, ends_at__gt=first).exclude(state__in=CALLED_OFF)
    near = near.shown().exclude(public_id=besides).filter(Q(person=person) | Q(site=site))
    rows = list(near.values_list("starts_at", "ends_at", "person_id", "site_id", "room").order_by("starts_at"))
    notes = AppointmentNote.objects.filter(
        owner=person, takes_place_at__gt=first - NOTE_LASTS, takes_place_at__lt=last
    ).values_list("takes_place_at", flat=True)
    theirs = [(row[0], row[1]) for row in rows if row[2] == person.pk] + [(at, at + NOTE_LASTS) for at in notes]
    in_room = [(row[0], row[1]) for row in rows if room and row[3] == site.pk and fold(row[4]) == fold(room)]
    return [
        *_said(f"{person} hat da schon einen Termin", theirs, wanted),
        *_said(f"{room} ist da schon belegt", in_room, wanted),
    ]


def _said(what: str, taken: Iterable[Span], wanted: Iterable[Span]) -> list[str]:
    hit = sorted({span for span in taken for start, end in wanted if span[0] < end and span[1] > start})
    if not hit:
        return []
    more = f" und {len(hit) - 3} weitere" if len(hit) > 3 else ""
    return [f"{what}: {', '.join(_when(*span) for span in hit[:3])}{more}."]


def _when(start: datetime, end: datetime) -> str:
    begins, ends = timezone.localtime(start), timezone.localtime(end)
    return f"{begins:%d.%m.%Y, %H:%M}–{ends:%H:%M}"


def expects_contact(appointment: Appointment) -> bool:
    """It has begun, was not cancelled, and nobody has written down what was talked about."""
    is_over = appointment.starts_at <= timezone.now()
    return is_over and appointment.contact_id is None and appointment.state in ("planned", "held")


CHANNELS = {
    AppointmentPlace.ROOM: "in_person",
    AppointmentPlace.PHONE: "phone",
    AppointmentPlace.VIDEO: "video",
    AppointmentPlace.HOME: "outreach",
    AppointmentPlace.ELSEWHERE: "outreach",
}


def contact_prefilled(appointment: Appointment) -> dict[str, object]:
    """What the appointment already knows of the contact."""
    return {
        "on": timezone.localdate(appointment.starts_at),
        "channel": CHANNELS[AppointmentPlace(appointment.place)],
        "minutes": appointment.minutes,
        "interpreter_used": appointment.interpreter_used or appointment.interpreter_booked,
        "revision": appointment.revision,
    }
