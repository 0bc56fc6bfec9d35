"""Build hook: the wheel's dependencies are the lines of requirements/runtime.in, so that they are written once."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text(encoding="utf-8").splitlines()
        stripped = (line.split("#")[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in stripped if line]
