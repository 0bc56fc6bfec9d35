"""The pattern of the week, the weeks made from it, single duties, and who is away."""

from datetime import date, timedelta
from typing import Any

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.actions.asking import ask_newcomers
from lotse.quality.models import Duty, DutyAbsence, DutyTemplate

WHO_PLANS = "Das plant, wer die Qualität dieses Trägers plant und sichert."
ELSEWHERE = "Bitte jemanden wählen, der hier arbeitet."
NOT_OURS = "Bitte eine Beratungsstelle dieses Trägers wählen."
TOO_MANY = "Bitte 1 bis 26 Wochen angeben."
NOTHING_NEW = "In diesen Wochen ist schon alles angelegt."
NO_PATTERN = "Es gibt noch kein Muster, das in diesen Wochen gilt."
MOST_WEEKS = 26
WEEK = timedelta(days=7)


def planned(by: Actor, house: Organisation) -> None:
    require(rules.plans_duty(by, house), WHO_PLANS)


def of_house(house: Organisation, **chosen: Any) -> None:
    """Who is planned works here, and where."""
    for name, row in chosen.items():
        wrong = row is not None and row.organisation_id != house.pk
        refuse_if(wrong, NOT_OURS if name == "site" else ELSEWHERE, name)


@action("duty_template.added", "hat ein Muster der Woche angelegt")
def add_template(*, by: Actor, organisation: Organisation, **values: Any) -> DutyTemplate:
    planned(by, organisation)
    of_house(organisation, site=values.get("site"), person=values.get("person"))
    made = save_checked(DutyTemplate(organisation=organisation, **values))
    record(made, weekday=made.weekday)
    return made


@action("duty_template.changed", "hat ein Muster der Woche geändert")
def change_template(*, by: Actor, template: DutyTemplate, revision: int | None = None, **values: Any) -> DutyTemplate:
    """For weeks that are made from now on."""
    planned(by, template.organisation)
    of_house(template.organisation, site=values.get("site"), person=values.get("person"))
    fresh = locked(template)
    record(fresh, fields=revise(fresh, values, revision))
    return fresh


@action("duty.weeks_made", "hat Wochen im Dienstplan angelegt")
def make_weeks(*, by: Actor, organisation: Organisation, first_on: date, weeks: int) -> int:
    """From the patterns that hold on each day; what is there stays as it is. How many duties it were."""
    planned(by, organisation)
    refuse_if(not 1 <= weeks <= MOST_WEEKS, TOO_MANY, "weeks")
    house = locked(organisation)
    monday = first_on - timedelta(days=first_on.weekday())
    wanted = _from_patterns(house, monday, weeks)
    refuse_if(not wanted, NO_PATTERN)
    known = set(
        Duty.objects.filter(organisation=house).between(monday, monday + weeks * WEEK - timedelta(days=1))
        .exclude(template=None).values_list("template_id", "day", "place")
    )  # fmt: skip
    new = [duty for duty in wanted if (duty.template_id, duty.day, duty.place) not in known]
    refuse_if(not new, NOTHING_NEW)
    Duty.objects.bulk_create(new)
    ask_newcomers(house, new)
    record(house, organisation_id=house.pk, on=monday, weeks=weeks, duties=len(new))
    return len(new)


def _from_patterns(house: Organisation, monday: date, weeks: int) -> list[Duty]:
    patterns = list(DutyTemplate.objects.filter(organisation=house).select_related("person"))
    return [
        _duty(pattern, day, place)
        for pattern in patterns
        for number in range(weeks)
        if pattern.is_valid_on(day := monday + number * WEEK + timedelta(days=pattern.weekday))
        for place in range(1, pattern.needs + 1)
    ]


def _duty(pattern: DutyTemplate, day: date, place: int) -> Duty:
    """The usual person in the first place, as long as she works here."""
    usual = pattern.person if place == 1 else None
    return Duty(
        organisation_id=pattern.organisation_id, template=pattern, place=place, site_id=pattern.site_id, day=day,
        begins=pattern.begins, ends=pattern.ends, kind=pattern.kind,
        person=usual if usual and usual.is_at_work_on(day) else None,
    )  # fmt: skip


@action("duty.added", "hat einen Dienst eingetragen")
def add_duty(*, by: Actor, organisation: Organisation, **values: Any) -> Duty:
    planned(by, organisation)
    of_house(organisation, **{name: values.get(name) for name in ("site", "person", "deputy")})
    made = save_checked(Duty(organisation=organisation, **values))
    ask_newcomers(organisation, [made])
    record(made, on=made.day)
    return made


@action("duty.changed", "hat einen Dienst geändert")
def change_duty(*, by: Actor, duty: Duty, revision: int | None = None, **values: Any) -> Duty:
    planned(by, duty.organisation)
    of_house(duty.organisation, **{name: values.get(name) for name in ("site", "person", "deputy")})
    fresh = locked(duty)
    changed = revise(fresh, values, revision)
    ask_newcomers(duty.organisation, [fresh])
    record(fresh, fields=changed)
    return fresh


@action("duty_absence.entered", "hat eine Abwesenheit im Dienstplan eingetragen")
def enter_absence(*, by: Actor, organisation: Organisation, **values: Any) -> DutyAbsence:
    planned(by, organisation)
    of_house(organisation, person=values["person"])
    made = save_checked(DutyAbsence(organisation=organisation, **values))
    record(made, first_on=made.first_on, last_on=made.last_on)
    return made


@action("duty_absence.removed", "hat eine Abwesenheit aus dem Dienstplan genommen")
def remove_absence(*, by: Actor, absence: DutyAbsence) -> None:
    planned(by, absence.organisation)
    record(absence)
    absence.delete()
