"""What is asked on the page „Wirkung“, as data: what happened with its day, what holds now, and steps before and after.

A filled sheet keeps the name of its template; templates are added here, never changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

MBE, INTEGRATION = "mbe", "intman"
EVENT, YES_NO, CHOICE, STEPS = "event", "yes_no", "choice", "steps"
FIRST, LAST = "_first", "_last"

LIVELIHOOD = {
    "work": "eigene Arbeit",
    "family_work": "Arbeit der Familie",
    "other_income": "anderes Einkommen (Rente, Ausbildungsförderung)",
    "work_and_benefits": "Arbeit und ergänzende Sozialleistungen",
    "benefits": "Sozialleistungen",
    "none": "nicht gesichert",
}
WITHOUT_BENEFITS = ("work", "family_work", "other_income")
BY_WORK = ("work", "family_work")
FIVE_STEPS = {"1": "gar nicht", "2": "wenig", "3": "teils", "4": "gut", "5": "sehr gut"}
BURDEN = {"1": "sehr stark", "2": "stark", "3": "mittel", "4": "wenig", "5": "gar nicht"}


@dataclass(frozen=True)
class Item:
    """`steps` are asked twice: how it was at the beginning and how it is now; a higher step is better."""

    key: str
    label: str
    kind: str
    programmes: tuple[str, ...] = (MBE,)
    words: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.key + FIRST, self.key + LAST) if self.kind == STEPS else (self.key,)


def _steps(key: str, label: str, words: Mapping[str, str] = FIVE_STEPS) -> Item:
    return Item(key, label, STEPS, words=tuple(words.items()))


ITEMS = (
    Item("livelihood", "Wovon lebt die Person vor allem?", CHOICE, (MBE, INTEGRATION), tuple(LIVELIHOOD.items())),
    Item("association", "In Verein, Gemeinde oder Ehrenamt aktiv?", YES_NO, (INTEGRATION,)),
    Item("hobby", "Regelmäßiges Hobby?", YES_NO, (INTEGRATION,)),
    Item("citizenship", "Einbürgerung beantragt", EVENT, (MBE, INTEGRATION)),
    Item("status_secured", "Aufenthalt gesichert oder verfestigt", EVENT),
    Item("plan_done", "Gemeinsamer Plan umgesetzt", EVENT),
    Item("labour_market", "An den Arbeitsmarkt herangeführt", EVENT),
    Item("job_placement", "Nutzt die Arbeitsvermittlung selbst", EVENT),
    Item("careers_advice", "An die Berufsberatung verwiesen", EVENT),
    Item("measure", "In eine berufliche Maßnahme aufgenommen", EVENT, (MBE, INTEGRATION)),
    Item("qualification", "Auf dem Weg zum Berufsabschluss", EVENT),
    Item("applies", "Bewirbt sich selbst", EVENT),
    Item("placed", "In Ausbildung oder Beruf vermittelt", EVENT),
    Item("contract", "Arbeitsvertrag unterschrieben", EVENT),
    Item("subsidised_job", "Geförderte Beschäftigung", EVENT),
    _steps("coping", "Kommt im neuen Umfeld zurecht"),
    _steps("problems", "Probleme belasten das Leben", BURDEN),
    _steps("own_contribution", "Trägt selbst zum Lebensunterhalt bei"),
    _steps("crisis", "Meistert Krisen selbst"),
)
CURRENT = "wirkung-2026-11"
TEMPLATES: Mapping[str, tuple[Item, ...]] = {CURRENT: ITEMS}


def items_for(programme: str) -> list[Item]:
    """What is asked in this programme; elsewhere only what every programme asks."""
    return [item for item in ITEMS if programme in item.programmes or len(item.programmes) > 1]


def columns_of(template: str) -> Iterator[str]:
    return (name for item in TEMPLATES[template] for name in item.columns)


def answers_in_words(template: str, answers: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Key, label and words of everything that was said, in the order of the template."""
    for item in TEMPLATES[template]:
        for name in item.columns:
            if said := answers.get(name):
                yield name, _label(item, name), _words(item, said)


def column_labels() -> dict[str, str]:
    return {name: _label(item, name) for item in ITEMS for name in item.columns}


def _label(item: Item, name: str) -> str:
    when = {FIRST: ", zu Beginn", LAST: ", zuletzt"}
    return item.label + when.get(name.removeprefix(item.key), "")


def _words(item: Item, said: str) -> str:
    if item.kind == EVENT:
        return f"{date.fromisoformat(said):%d.%m.%Y}"
    return dict(item.words).get(said) or {"yes": "ja", "no": "nein"}.get(said, said)
