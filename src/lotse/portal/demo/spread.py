"""How what was invented is distributed, so that whoever looks at the demo knows what to expect of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lotse.casework.enums import CaseState, PlanStatusValue
from lotse.portal.demo.story import Story

FATES = {"given": "erteilt", "refused": "abgelehnt", "withdrawn": "erteilt und widerrufen", "open": "noch offen"}


@dataclass
class Spread:
    clients: int = 0
    questions: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, story: Story) -> None:
        self.clients += 1
        self._add("Einwilligung", FATES[story.fate])
        self._add("Art der Beratung", story.tiers[-1][0].label if story.tiers else "noch nicht festgelegt")
        self._add("Stand des Falls", story.end.state.label if story.end else "offen")
        self._events(story)
        self._missing(story)

    def _events(self, story: Story) -> None:
        happened = {
            "Wechsel der Beratungsart": len(story.tiers) > 1,
            "Umzug": story.moved_on is not None or (story.end is not None and story.end.reason == "moved"),
            "Ausreise": story.end is not None and story.end.state == CaseState.DEPARTED,
            "Förderplan": story.plan is not None,
        }
        for name, is_so in happened.items():
            if is_so:
                self._add("Ereignisse", name)
        if story.plan and story.plan.statuses:
            self._add("Stand des Plans zum letzten Stichtag", PlanStatusValue(story.plan.statuses[-1][1]).label)

    def _missing(self, story: Story) -> None:
        unknown = [
            name
            for name in ("birth_date", "gender", "country_of_origin", "entered_germany_on")
            if not story.person[name]
        ]
        if story.works and not story.levels:
            unknown.append("german_level")
        for name in unknown:
            self._add("Nicht erhoben", MISSING[name])

    def _add(self, group: str, name: str) -> None:
        self.counts.setdefault(group, Counter())[name] += 1

    def lines(self) -> Iterator[str]:
        yield f"{self.clients} Klient*innen, {self.questions} einmalige Anfragen"
        for group, counts in self.counts.items():
            yield group
            for name, count in counts.most_common():
                yield f"  {name:42} {count:>9} {count / self.clients:>6.1%}".replace(".", ",")


MISSING = {
    "birth_date": "Geburtsdatum",
    "gender": "Geschlecht",
    "country_of_origin": "Herkunftsland",
    "entered_germany_on": "Einreise",
    "german_level": "Sprachniveau Deutsch",
}
