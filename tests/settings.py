"""The product's own settings in test mode, with a data folder that goes away."""

import os
import tempfile

os.environ["LOTSE_MODE"] = "test"
os.environ["LOTSE_HOME"] = tempfile.mkdtemp(prefix="lotse-test-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the test's own thread

from lotse.config.settings import *

STATIC_ROOT.mkdir(parents=True)
if kept := os.environ.get(
    "LOTSE_KEPT_DATABASE"
):  # a file for `--reuse-db`: who runs pytest often migrates once (tools/mutants.py)
    DATABASES["default"]["TEST"] = {"NAME": kept}
