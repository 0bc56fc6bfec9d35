"""`python -m tools.freeze`: write the checksum of every released file that has none yet; never change a line."""

from lotse.agency import controlling, support
from lotse.catalogues import loader
from lotse.facts import definitions
from lotse.funding import packaged as funding
from lotse.network import guides, packaged
from lotse.partners import classes
from lotse.programmes import packaged as deadlines
from lotse.quality import packaged as criteria
from lotse.surveys import questionnaires
from lotse.wayup import closed_lists

FROZEN = (
    loader.FROZEN, definitions.FROZEN, classes.FROZEN, questionnaires.FROZEN, closed_lists.FROZEN, packaged.FROZEN, guides.FROZEN, support.FROZEN,
    deadlines.FROZEN,
    controlling.FROZEN,
    funding.FROZEN,
    criteria.FROZEN,
)  # fmt: skip

if __name__ == "__main__":
    for data in FROZEN:
        for name in data.freeze():
            print(name)
