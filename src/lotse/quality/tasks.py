from django.db import transaction
from django_tasks import task


@task()
def read(public_id: str) -> None:
    """Harmless when run twice: what was read is written anew, or left alone."""
    from lotse.organisations.actor import SystemActor  # noqa: PLC0415 -- the actions queue this task
    from lotse.organisations.models import Organisation  # noqa: PLC0415
    from lotse.quality.actions.evidence import read_evidence  # noqa: PLC0415

    house = Organisation.objects.get(public_id=public_id)
    read_evidence(by=SystemActor("Kennzahlen lesen", organisation_id=house.pk), organisation=house)


def queue(public_id: str) -> None:
    transaction.on_commit(lambda: read.enqueue(public_id), robust=True)
