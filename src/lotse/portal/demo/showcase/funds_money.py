"""Money of the district: this part is still to be told."""

from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    pass
