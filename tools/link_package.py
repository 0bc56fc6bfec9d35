"""Make `lotse` importable in this environment and put its command into `bin`, without network and without a build."""

import os
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = f"""#!{sys.executable}
import sys
from lotse.__main__ import main
sys.exit(main())
"""


def main() -> None:
    Path(sysconfig.get_path("purelib"), "lotse-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = Path(sys.executable).parent / "lotse"
    command.write_text(COMMAND, encoding="utf-8")
    os.chmod(command, 0o755)  # noqa: S103 -- a command must be executable


if __name__ == "__main__":
    main()
