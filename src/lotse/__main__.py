"""The command line: `lotse serve`, `lotse worker`, `lotse demo`, `lotse backup`, `lotse restore`, `lotse audit verify` …"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
