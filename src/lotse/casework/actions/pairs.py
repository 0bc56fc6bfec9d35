"""Two files side by side: they belong together, or they do not. Nothing moves; both can be taken back."""

from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.enums import PairKind
from lotse.casework.models import Client, PairDecision
from lotse.organisations.actor import Actor


@action("pair.decided", "hat über zwei Akten entschieden, die zusammengehören könnten")
def decide_pair(*, by: Actor, client: Client, other: Client, kind: PairKind) -> PairDecision:
    """The decision before it, if there is one, ends."""
    first, second = lock_both(by, client, other)
    _end_earlier(first, second, by)
    decision = PairDecision(
        organisation_id=first.organisation_id,
        first=first,
        second=second,
        kind=kind,
        decided_on=timezone.localdate(),
        by_label=by.label,
    )
    save_checked(decision)
    record(decision, file=client, kind=str(kind), number=other.number)
    record(decision, file=other, kind=str(kind), number=client.number)
    return decision


@action("pair.taken_back", "hat eine Entscheidung über zwei Akten zurückgenommen")
def take_back_decision(*, by: Actor, client: Client, other: Client) -> None:
    first, second = lock_both(by, client, other)
    refuse_if(not _end_earlier(first, second, by), "Über diese beiden Akten ist nichts entschieden.")
    record(client, file=client, number=other.number)
    record(other, file=other, number=client.number)


def _end_earlier(first: Client, second: Client, by: Actor) -> int:
    in_force = PairDecision.objects.filter(first=first, second=second, ended_on=None)
    return in_force.update(ended_on=timezone.localdate(), ended_by_label=by.label)


def lock_both(by: Actor, client: Client, other: Client) -> tuple[Client, Client]:
    """Both rows in the order of their ids, so that two people at once wait for each other and never in a circle."""
    if not rules.can_merge(by):
        raise NotAllowed("Akten vergleicht nur, wer beide lesen darf.")
    files = Client.objects.visible_to(by).filter(pk__in=[client.pk, other.pk])
    locked = list(files.select_for_update(of=("self",)).order_by("pk"))
    refuse_if(client.pk == other.pk, "Das ist dieselbe Akte.")
    if len(locked) != 2:
        raise NotAllowed("Eine der beiden Akten ist für Sie nicht geöffnet oder schon zusammengeführt.")
    return locked[0], locked[1]
