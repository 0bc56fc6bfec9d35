"""From the address to the question: who asks, what is counted, when and where."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from lotse.casework.outcome_template import INTEGRATION
from lotse.casework.rules import reads_files, sees_capacity
from lotse.core.errors import NotAllowed
from lotse.facts.definitions import Gap, gaps
from lotse.facts.registry import SHEETS, Fact, Period, Places, Question, all_facts
from lotse.facts.rules import reads_targets
from lotse.facts.targets import targets_in_force
from lotse.insight.forms import FilterForm
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.queries import counted_sites
from lotse.programmes.queries.programmes import offered_programmes
from lotse.surveys.scope import sees_rounds

FIRST_SHEET = "work"
EVERYWHERE = "alle"


@dataclass(frozen=True)
class Asked:
    """`question` is None where the form is not valid: a wrong question counts nothing."""

    form: FilterForm
    places: Places
    question: Question | None = None
    site: str = EVERYWHERE
    programme: str = EVERYWHERE
    codes: frozenset[str] = frozenset()

    sheet: str = FIRST_SHEET

    @property
    def offered(self) -> list[Fact]:
        """The figures of what is offered here."""
        return _offered(self.codes, self.form.actor)

    @property
    def facts(self) -> list[Fact]:
        """Those of the chosen sheet."""
        found = (fact for fact in self.offered if sheet_of(fact, self.codes) == self.sheet)
        return sorted(found, key=_place_in_list)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the list of the chosen sheet asks for and nobody records."""
        return gaps(self.sheet)

    @property
    def has_evaluation(self) -> bool:
        """The data set of the Integrationsmanagement, where that is offered, for who reads files."""
        return INTEGRATION in self.codes and reads_files(self.form.actor)

    @property
    def has_strategy(self) -> bool:
        """Where the Integrationsmanagement is offered or a target is set, for who works here."""
        actor = self.form.actor
        return reads_targets(actor) and (INTEGRATION in self.codes or bool(targets_in_force(actor)))

    @property
    def sees_capacity(self) -> bool:
        return sees_capacity(self.form.actor)

    @property
    def sees_surveys(self) -> bool:
        return sees_rounds(self.form.actor)

    @property
    def period(self) -> Period:
        return self.question.period

    @property
    def scope(self) -> str:
        return "Akten, die Sie lesen dürfen" if self.question.own else "alle, mit geschützten kleinen Zahlen"

    @property
    def address(self) -> str:
        return urlencode({name: self.form.data[name] for name in self.form.fields if self.form.data.get(name)})


def counting_actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor
    if not (actor and actor.may(Permission.COUNT_CLIENTS)):
        raise NotAllowed("Zahlen der Beratung sehen Beratung, Leitung und Zuwendungsgeber.")
    return actor


def asked(request: HttpRequest) -> Asked:
    """Only for who reads files; everybody else has released tables and no filter (ST-03)."""
    actor, today = counting_actor(request), timezone.localdate()
    if not reads_files(actor):
        raise Http404
    sites = {row.public_id: row for row in counted_sites(actor)}
    programmes = {row.public_id: row for row in offered_programmes(actor)}
    codes = frozenset(programme.code for programme in programmes.values())
    used = {sheet_of(fact, codes) for fact in _offered(codes, actor)}
    form = FilterForm(
        request.GET,
        sheets=[(key, title) for key, title in SHEETS.items() if key in used],
        actor=actor,
        today=today,
        sites=[(key, site.name) for key, site in sites.items()],
        programmes=[(key, programme.name) for key, programme in programmes.items()],
    )
    places = Places({s.pk: (key, s.name) for key, s in sites.items()}, [p.pk for p in programmes.values()])
    if not form.is_valid():
        return Asked(form, places)
    chosen = sites.get(form.cleaned_data["site"]), programmes.get(form.cleaned_data["programme"])
    ids = (place.pk if place else None for place in chosen)
    question = Question(actor, _period(form.cleaned_data), form.is_own, form.is_latest, *ids)
    names = (place.name if place else EVERYWHERE for place in chosen)
    return Asked(form, places, question, *names, codes, form.cleaned_data["sheet"])


def sheet_of(fact: Fact, codes: Collection[str]) -> str:
    """A figure without a programme stands with those of a programme only where that is offered."""
    programmes = {other.programme for other in all_facts() if other.sheet == fact.sheet and other.programme}
    return fact.sheet if not programmes or programmes & set(codes) else FIRST_SHEET


def _place_in_list(fact: Fact) -> tuple[str, int]:
    """By the number that the list gives: N1 before O2, 2 before 10."""
    letters, digits = re.fullmatch(r"(\D*)(\d*).*", fact.number).groups()  # type: ignore[union-attr]
    return letters, int(digits or 0)


def _offered(codes: frozenset[str], actor: Actor) -> list[Fact]:
    """Of what is offered here, what she may be asked about."""
    return [
        fact
        for fact in all_facts()
        if (not fact.programme or fact.programme in codes) and fact.population.is_for(actor)
    ]


def _period(given: dict[str, Any]) -> Period:
    if given.get("year"):
        return Period(date(int(given["year"]), 1, 1), date(int(given["year"]), 12, 31))
    return Period(given["start"], given["end"])
