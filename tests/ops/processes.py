"""Lotse as a process of its own, with its own data folder."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
POSTGRES = os.environ.get("LOTSE_DATABASE_URL", "")


def clean_environment():
    """Without what the test run has set for itself."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("LOTSE_", "DJANGO_"))}


def lotse(home, *arguments, database="", mode="demo", check=True):
    environment = clean_environment()
    environment |= {
        "LOTSE_HOME": str(home),
        "LOTSE_MODE": mode,
        "PYTHONPATH": str(SOURCE),
        "LOTSE_DATABASE_URL": database,
    }
    if not database:
        del environment["LOTSE_DATABASE_URL"]
    command = [sys.executable, "-m", "lotse", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=check, timeout=120)
