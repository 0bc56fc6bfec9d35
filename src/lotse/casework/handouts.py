"""What a client takes home: who helps her and what was agreed, and what the site offers. Plain words, two languages."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localtime

from lotse.casework.documents import Words, day, watermark
from lotse.casework.enums import Achievement, ConsentState
from lotse.casework.models import Appointment, Client, PlanStep, SupportPlan
from lotse.catalogues.loader import catalogue, translations
from lotse.documents.rendering import Bilingual, Bullets, Document, Heading, KeyValues, Note, Paragraph
from lotse.documents.rendering.spec import Block, Text
from lotse.organisations.hours import periods
from lotse.organisations.models import Site

WEEKDAYS = ("day_mon", "day_tue", "day_wed", "day_thu", "day_fri", "day_sat", "day_sun")
FOR_CLIENTS = "Für Sie"
# Who does a step → the heading it stands under.
WHO = {"client": "your_steps", "counsellor": "our_steps"}


def site_sheet(site: Site, spoken: list[str], language: str = "de") -> Document:
    """The information sheet of a site, from its data; `spoken`: languages of the people who work there."""
    word = SheetWords(language, site.organisation_id)
    blocks = [
        Heading(word("advice")),
        Heading(word("what_we_do"), 2),
        Bullets(tuple(word(key, "public_offer") for key in offers())),
        Heading(word("promise"), 2),
        Bullets(tuple(word(key, "public_commitment") for key in catalogue("public_commitment").keys)),
        Heading(word("find_us"), 2),
        where(site, spoken, word),
        Note(word("no_language")),
    ]
    return _sheet(word, site, word("advice"), blocks)


def handout(
    client: Client, plan: SupportPlan | None, appointments: Iterable[Appointment], on: date, language: str = "de"
) -> Document:
    """One sheet about her own case: contact person, what was agreed, what she consented to and may take back."""
    word = SheetWords(language, client.organisation_id)
    blocks = [
        Heading(word("handout")),
        _contact_person(client, word),
        *_dates(appointments, word),
        *_agreed(plan, word),
        *_consents(client, word),
    ]
    return _sheet(
        word, client.site, word("handout"), [*blocks, Note(word("your_rights"))], f"{word.german('as_of')} {day(on)}"
    )


class SheetWords(Words):
    def __call__(self, key: str, name: str = "sheet_word") -> Text:
        return super().__call__(key, name)

    def german(self, key: str) -> str:
        return self.lists.label("sheet_word", key)


def _sheet(word: SheetWords, site: Site, title: Text, blocks: list[Block], more: str = "") -> Document:
    return Document(
        title=title,
        blocks=tuple(blocks),
        language=word.language,
        author=site.name,
        footer=" · ".join(part for part in (site.name, site.phone, more) if part),
        watermark=watermark(word.language, site.organisation_id),
    )


def offers(group: str = FOR_CLIENTS) -> list[str]:
    return [key for key, entry in catalogue("public_offer").entries.items() if entry.group == group]


def where(site: Site, spoken: list[str], word: SheetWords) -> KeyValues:
    """Only what is known: a line without an answer helps nobody find the door."""
    rows = (
        (word("address"), ", ".join(filter(None, (site.name, *site.address.splitlines())))),
        (word("phone"), site.phone),
        (word("email"), site.email),
        *_hours(site, word),
        (word("appointments"), site.appointment_mode),
        (word("access"), site.accessibility_note),
        (word("we_speak"), spoken_here(spoken, word)),
    )
    return KeyValues(tuple(row for row in rows if row[1]), columns=1)


def spoken_here(keys: list[str], word: SheetWords) -> Text:
    """Each language also under its own name, for those who look for it."""
    known = translations()
    own = ", ".join(known[key].own_name for key in keys if key in known)
    german = word.all(keys, "language")
    return Bilingual(german.de if isinstance(german, Bilingual) else german, own)


def _hours(site: Site, word: SheetWords) -> Iterable[tuple[Text, Text]]:
    for number, (days, period) in enumerate(periods(site.opening_hours)):
        names = [word(WEEKDAYS[n]) for n in dict.fromkeys((days[0], days[-1]))]
        yield (word("hours") if not number else ""), _together(names, f" {period}")


def _together(names: list[Text], after: str) -> Text:
    german = "–".join(n.de if isinstance(n, Bilingual) else n for n in names) + after
    if isinstance(names[0], str):
        return german
    return Bilingual(german, "–".join(n.other for n in names if isinstance(n, Bilingual)) + after)


def _contact_person(client: Client, word: SheetWords) -> KeyValues:
    person, site = client.responsible, client.site
    rows: tuple[tuple[Text, Text], ...] = (
        (word("contact_person"), str(person)),
        (word("phone"), person.phone or site.phone),
        (word("email"), person.email or site.email),
        (word("address"), ", ".join(filter(None, (site.name, *site.address.splitlines())))),
        *_hours(site, word),
    )
    return KeyValues(tuple(row for row in rows if row[1]), columns=1)


def _dates(appointments: Iterable[Appointment], word: SheetWords) -> list[Block]:
    rows = [(_moment(row.starts_at), row.get_place_display()) for row in appointments]
    if not rows:
        return [Heading(word("your_appointments"), 2), Paragraph(word("no_appointment"))]
    return [Heading(word("your_appointments"), 2), KeyValues(tuple(rows), columns=1), Paragraph(word("bring_sheet"))]


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%d.%m.%Y, %H:%M}"


def _agreed(plan: SupportPlan | None, word: SheetWords) -> list[Block]:
    """What is still to be done, by who does it."""
    if plan is None:
        return [Paragraph(word("no_plan"))]
    blocks: list[Block] = [Heading(word("your_goals"), 2)]
    goals = [word(goal.goal, "goal") if goal.goal else goal.goal_text for goal in plan.goals.all()]
    blocks.append(Bullets(tuple(goals)))
    steps = [step for goal in plan.goals.all() for step in goal.steps.all() if step.achieved != Achievement.YES]
    for heading in ("your_steps", "our_steps", "others_steps"):
        mine = [_step(step, word) for step in steps if WHO.get(step.who, "others_steps") == heading]
        if mine:
            blocks += [Heading(word(heading), 3), Bullets(tuple(mine))]
    return blocks


def _step(step: PlanStep, word: SheetWords) -> Text:
    if not step.due_on:
        return step.text
    until = word("until")
    if isinstance(until, str):
        return f"{step.text} ({until} {day(step.due_on)})"
    return Bilingual(f"{step.text} ({until.de} {day(step.due_on)})", f"({until.other} {day(step.due_on)})")


def _consents(client: Client, word: SheetWords) -> list[Block]:
    given = client.consents.filter(state=ConsentState.GIVEN).order_by("decided_on", "id")
    rows = [(_act(row.act, word), day(row.decided_on)) for row in given]
    return [Heading(word("you_agreed"), 2), KeyValues(tuple(rows), columns=1)] if rows else []


def _act(act: str, word: SheetWords) -> Text:
    return word("health_data" if act == "health_data" else act, "client_text")
