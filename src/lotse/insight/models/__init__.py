from lotse.insight.models.area_map import AreaMap
from lotse.insight.models.snapshot import Snapshot

__all__ = ["AreaMap", "Snapshot"]
