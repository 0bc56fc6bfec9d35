"""The protocol of a handover inside the house: who, from whom, when, why, and what goes along."""

from django.utils.timezone import localdate

from lotse.casework.documents import Words, day
from lotse.casework.models import Client, CounsellingCase, Handover
from lotse.casework.queries import current_case, current_part_a, current_plan
from lotse.catalogues.own_lists import lists_of
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Signatures

WITNESS = "Bis zur Annahme blieb die bisher zuständige Person zuständig."


def handover_protocol(handover: Handover) -> Document:
    client = handover.client
    word = Words("de", client.organisation_id)
    title = "Übergabeprotokoll"
    return Document(
        title=title,
        blocks=(
            Heading(title),
            KeyValues((("Person", client.full_name), ("Akte", str(client.number)), ("Stelle", client.site.name))),
            Heading("Übergabe", 2),
            KeyValues(_handover(handover), columns=1),
            Paragraph(WITNESS),
            Heading("Was übergeben wird", 2),
            KeyValues(_goes_along(client, current_case(client)), columns=1),
            *([Heading("Anmerkung", 2), Paragraph(handover.note)] if handover.note else []),
            Signatures(("Klient*in", "bisher zuständig", "künftig zuständig"), word("place_date")),
        ),
        author=client.site.name,
        footer=f"{client.site.name} · Akte {client.number}",
    )


def _handover(handover: Handover) -> tuple[tuple[str, str], ...]:
    reason = lists_of(handover.organisation_id).label("handover_reason", handover.reason)
    present = "ja" if handover.client_present else "nein"
    rows = [
        ("Bisher zuständig", str(handover.from_person)),
        ("Künftig zuständig", str(handover.to_person)),
        ("Grund", reason),
        ("Gespräch am", day(handover.offered_on)),
        ("Person war dabei", present),
    ]
    if handover.to_programme:
        rows.append(("Künftiges Programm", handover.to_programme.name))
    if handover.decided_at:
        rows.append(("Angenommen", f"{handover.decided_by}, {localdate(handover.decided_at):%d.%m.%Y}"))
    return tuple(rows)


def _goes_along(client: Client, case: CounsellingCase | None) -> tuple[tuple[str, str], ...]:
    if case is None:
        return (("Fall", "noch keiner"),)
    part_a, plan = current_part_a(case), current_plan(case)
    return (
        ("Fall", f"{case.programme.name}, {case.get_state_display()}"),
        ("Teil A", f"Fassung {part_a.version} vom {day(part_a.recorded_on)}" if part_a else "keiner"),
        ("Plan", plan.get_state_display() if plan else "keiner"),
        ("Nächster Schritt", f"{day(case.next_step_on)} {case.next_step}".strip() or "keiner vereinbart"),
        ("Einwilligung seit", day(client.recording_on)),
    )
