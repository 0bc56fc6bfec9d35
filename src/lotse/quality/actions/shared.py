"""What every act on the quality of a carrier begins with."""

from lotse.auditlog.door import require
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules

WHO_KEEPS = "Das macht, wer die Qualität dieses Trägers plant und sichert."


def kept(by: Actor, house: Organisation) -> None:
    require(rules.keeps_quality_of(by, house), WHO_KEEPS)
