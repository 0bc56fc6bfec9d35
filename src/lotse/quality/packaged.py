"""Catalogues that come with Lotse: released data, which a carrier takes over as rows of its own."""

from functools import cache
from importlib.resources import files

from lotse.core.frozen import FrozenData
from lotse.quality.content import Content
from lotse.quality.files import read_yaml

PACKAGE = files("lotse.quality")
FOLDER = PACKAGE / "data" / "frameworks"
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
EXAMPLE = "awo-migration-1"


@cache
def packaged() -> dict[str, Content]:
    """By the name of the file, in the order of the names."""
    found = sorted(FOLDER.iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".yaml"): read_yaml(path.read_bytes()) for path in found}
