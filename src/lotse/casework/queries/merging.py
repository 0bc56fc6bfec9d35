"""What merging two files would do, what has been merged, and what has changed since."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from lotse.casework.enums import Act, ConsentState, HandoverState, PairKind, PlanState
from lotse.casework.models import Client, Consent, CounsellingCase, GermanLevel, MergeRecord, PairDecision, SupportPlan
from lotse.casework.queries.ownership import columns_by_key, moving_columns, ties_between
from lotse.casework.queries.person_parts import PARTS, Part
from lotse.core.finding import found
from lotse.organisations.actor import Actor

DECIDED_ONCE = tuple(act for act in Act if act != Act.DISCLOSURE)
RUNNING = (PlanState.DRAFT, PlanState.AGREED, PlanState.IN_IMPLEMENTATION)
EARLIER_FIRST = "Danach wurde noch einmal zusammengeführt (Akte {number}). Bitte machen Sie zuerst das rückgängig."


# --- before ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Choice:
    """Both files say something, and not the same."""

    part: Part
    kept: str
    taken: str


@dataclass(frozen=True)
class Clash:
    """Both files have an open case in one programme: one of them goes on."""

    kept: CounsellingCase
    taken: CounsellingCase

    @property
    def key(self) -> str:
        return f"case_{self.kept.programme.public_id}"

    @property
    def label(self) -> str:
        return f"Welcher Fall geht weiter? ({self.kept.programme})"


@dataclass(frozen=True)
class MergePlan:
    """`gains`: parts that only the file that goes has. `stops`: why it is not possible yet."""

    survivor: Client
    absorbed: Client
    choices: list[Choice]
    gains: list[Part]
    clashes: list[Clash]
    doubles: list[Consent]
    moves: list[tuple[str, int]]
    hints: list[str]
    stops: list[str]


def merge_plan(survivor: Client, absorbed: Client) -> MergePlan:
    said = [(part, part.words(survivor), part.words(absorbed)) for part in PARTS]
    clashes = list(_clashes(survivor, absorbed))
    doubles = _doubles(survivor, absorbed)
    return MergePlan(
        survivor,
        absorbed,
        choices=[Choice(part, kept, taken) for part, kept, taken in said if kept and taken and kept != taken],
        gains=[part for part, kept, taken in said if taken and not kept],
        clashes=clashes,
        doubles=doubles,
        moves=list(_moves(absorbed)),
        hints=[
            *_side_by_side(survivor, absorbed, clashes),
            *_hints(doubles),
            *_meetings(survivor, absorbed),
            *_access(survivor, absorbed),
        ],
        stops=[
            *_stops(survivor, absorbed),
            *_stops(absorbed, survivor),
            *_decided(survivor, absorbed),
            *_contradictions(survivor, absorbed),
        ],
    )


def _clashes(survivor: Client, absorbed: Client) -> Iterable[Clash]:
    theirs = {case.programme_id: case for case in _open_cases(absorbed)}
    for case in _open_cases(survivor):
        if other := theirs.get(case.programme_id):
            yield Clash(case, other)


def _open_cases(client: Client) -> QuerySet[CounsellingCase]:
    return client.cases.filter(ended_on=None).select_related("programme", "responsible").order_by("id")


def _doubles(survivor: Client, absorbed: Client) -> list[Consent]:
    """Acts in force in both files: the later of the two, which gives way."""
    given = Consent.objects.filter(client__in=[survivor, absorbed], act__in=DECIDED_ONCE, state=ConsentState.GIVEN)
    by_act: dict[str, list[Consent]] = {}
    for consent in given.order_by("decided_on", "id"):
        by_act.setdefault(consent.act, []).append(consent)
    return [later for _first, *rest in by_act.values() for later in rest]


def _moves(absorbed: Client) -> Iterable[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for column in moving_columns():
        counted[column.label] += column.rows_of(absorbed.pk).count()
    return ((label, count) for label, count in sorted(counted.items()) if count)


def _side_by_side(survivor: Client, absorbed: Client, clashes: list[Clash]) -> Iterable[str]:
    count = _open_cases(survivor).count() + _open_cases(absorbed).count() - len(clashes)
    agreed = Consent.objects.filter(client__in=[survivor, absorbed], act=Act.JOINT, state=ConsentState.GIVEN)
    if count > 1 and not agreed.exists():
        yield "Danach beraten zwei Dienste nebeneinander. Bitte holen Sie dazu die Einwilligung ein."


def _hints(doubles: list[Consent]) -> Iterable[str]:
    if doubles:
        acts = ", ".join(consent.get_act_display() for consent in doubles)
        yield f"In beiden Akten erteilt: {acts}. Es gilt jeweils die frühere Entscheidung, beide bleiben lesbar."


def _meetings(survivor: Client, absorbed: Client) -> Iterable[str]:
    """What stands beside each other afterwards and may surprise."""
    running = SupportPlan.objects.filter(state__in=RUNNING, case__ended_on=None)
    if all(running.filter(client=client).exists() for client in (survivor, absorbed)):
        yield "In beiden Akten läuft ein Plan. Jeder bleibt bei seinem Fall."
    theirs = dict(GermanLevel.objects.filter(client=absorbed).values_list("assessed_on", "level"))
    for day, level in GermanLevel.objects.filter(client=survivor).values_list("assessed_on", "level"):
        if theirs.get(day, level) != level:
            yield f"Zum {day:%d.%m.%Y} stehen zwei verschiedene Deutschniveaus da. Beide bleiben."


def _access(survivor: Client, absorbed: Client) -> Iterable[str]:
    lent = survivor.assignments.filter(
        Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()), confirmed_at__isnull=False
    )
    for row in lent.select_related("person"):
        yield f"{row.person} hat Zugriff auf Akte {survivor.number} und liest dann auch, was dazukommt."
    if absorbed.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())).exists():
        yield f"Zugriffe, die für Akte {absorbed.number} erteilt wurden, gelten in der gemeinsamen Akte nicht."
    if survivor.responsible_id != absorbed.responsible_id:
        yield "Zuständig ist danach eine Person. Die andere erfährt davon und verliert den Zugriff."


def _stops(client: Client, other: Client) -> Iterable[str]:
    if client.members.filter(own_file=other).exists():
        yield f"Akte {other.number} gehört einer Person aus dem Haushalt von Akte {client.number}. Das sind zwei Menschen."
    if client.restricted_on:
        yield f"Akte {client.number} ruht, weil eine Einwilligung widerrufen wurde."
    if client.handovers.filter(state=HandoverState.OFFERED).exists():
        yield f"Akte {client.number} ist gerade zur Übergabe angeboten. Bitte zuerst darüber entscheiden."


def _decided(survivor: Client, absorbed: Client) -> Iterable[str]:
    first, second = sorted((survivor.pk, absorbed.pk))
    different = PairDecision.objects.filter(first=first, second=second, kind=PairKind.DIFFERENT, ended_on=None)
    if decision := different.first():
        yield f"{decision.by_label} hat entschieden: keine Dublette. Nehmen Sie das zuerst zurück, wenn es nicht stimmt."


def _contradictions(survivor: Client, absorbed: Client) -> Iterable[str]:
    """In force in one file, later refused or withdrawn in the other: only the person can say what holds."""
    for act in DECIDED_ONCE:
        newest = [_newest(client, act) for client in (survivor, absorbed)]
        given = [c for c in newest if c and c.state == ConsentState.GIVEN]
        against = [c for c in newest if c and c.state != ConsentState.GIVEN]
        if given and against and _said_on(against[0]) >= _said_on(given[0]):
            yield f"{act.label}: in einer Akte erteilt, in der anderen später nicht. Bitte mit der Person klären."


def _newest(client: Client, act: Act) -> Consent | None:
    decided = client.consents.filter(act=act, decided_on__isnull=False)
    return max(decided, key=lambda consent: (_said_on(consent), consent.pk), default=None)


def _said_on(consent: Consent) -> date:
    return consent.ended_on or consent.decided_on  # type: ignore[return-value]


# --- afterwards --------------------------------------------------------------------------------------------------
def merges_of(client: Client) -> list[MergeRecord]:
    """What went into this file, also by way of another one; newest first."""
    into = MergeRecord.objects.filter(Q(survivor=client) | Q(survivor__merged_into=client))
    return list(into.select_related("absorbed", "survivor", "merged_by", "undone_by"))


def merge_report(actor: Actor) -> QuerySet[MergeRecord]:
    records = MergeRecord.objects.visible_to(actor)
    return records.select_related("absorbed", "survivor__merged_into", "merged_by", "undone_by")


def get_merge(actor: Actor, public_id: str) -> MergeRecord:
    return found(merge_report(actor).select_related("survivor__site", "survivor__responsible"), public_id)


def refs_of(client: Client) -> list[str]:
    """The ids under which the log speaks of this file."""
    return [client.public_id, *Client.objects.filter(merged_into=client).values_list("public_id", flat=True)]


def survivor_of(actor: Actor, public_id: str) -> Client | None:
    """Where an old address leads to: the file that the one asked for has become a part of."""
    return Client.objects.visible_to(actor).filter(merged_from__public_id=public_id).first()


def case_that_came_from(survivor: Client, public_id: str) -> CounsellingCase | None:
    """The open case that the file with this id brought along."""
    records = MergeRecord.objects.filter(absorbed__public_id=public_id, undone_at=None).values_list("moved", flat=True)
    ids = [pk for moved in records for pk in moved.get("casework.counsellingcase.client", [])]
    return survivor.cases.filter(pk__in=ids, ended_on=None).select_related("programme").first() if ids else None


def hindrance(merge: MergeRecord) -> str:
    """Why this merge cannot be undone yet: a later one stands on it."""
    both = (merge.survivor_id, merge.absorbed_id)
    later = MergeRecord.objects.filter(Q(survivor__in=both) | Q(absorbed__in=both), undone_at=None, pk__gt=merge.pk)
    newest = later.select_related("absorbed").first()
    return EARLIER_FIRST.format(number=newest.absorbed.number) if newest else ""


def rows_returning(merge: MergeRecord) -> dict[str, set[int]]:
    """Moved rows that still exist, and rows made since that hang on one of them: a contact goes with its case."""
    going = {key: _still_there(merge, key, ids) for key, ids in merge.moved.items()}
    grew = True
    while grew:
        grew = False
        for tie in ties_between():
            rows, known = tie.column.rows_of(merge.survivor_id), going.setdefault(tie.column.key, set())
            hanging = rows.filter(**{f"{tie.name}__in": going.get(tie.parents, set())})
            fresh = set(hanging.values_list("pk", flat=True)) - known
            known |= fresh
            grew = grew or bool(fresh)
    return going


def _still_there(merge: MergeRecord, key: str, ids: list[int]) -> set[int]:
    column = columns_by_key().get(key)
    rows = column.rows_of(merge.survivor_id).filter(pk__in=ids) if column else Client.objects.none()
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class New:
    """Rows made since the merge, by kind and by the file that has them after undoing."""

    label: str
    count: int
    number: int


def made_since(merge: MergeRecord, returning: dict[str, set[int]]) -> list[New]:
    rows = []
    for column in moving_columns():
        if not any(f.name == "created_at" for f in column.model._meta.concrete_fields):
            continue
        made = column.rows_of(merge.survivor_id).filter(created_at__gte=merge.created_at)
        fresh = set(made.values_list("pk", flat=True)) - set(merge.moved.get(column.key, []))
        going = fresh & returning.get(column.key, set())
        rows += [
            New(column.label, len(going), merge.absorbed.number),
            New(column.label, len(fresh - going), merge.survivor.number),
        ]
    return [row for row in rows if row.count]
