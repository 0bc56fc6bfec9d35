"""The product's own settings in test mode, with a data folder that goes away."""

import os
import tempfile

os.environ["LOTSE_MODE"] = "test"
os.environ["LOTSE_HOME"] = tempfile.mkdtemp(prefix="lotse-test-")
DATABASE_FOLDER = tempfile.mkdtemp(prefix="lotse-test-")  # beside the stored files, not among them
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the test's own thread

from lotse.config.settings import *

STATIC_ROOT.mkdir(parents=True)
# A file, as in the product: in memory all threads of the test server would share one connection and its transactions.
# Who runs pytest often names one for `--reuse-db` and migrates once (tools/mutants.py).
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("LOTSE_KEPT_DATABASE", f"{DATABASE_FOLDER}/lotse.sqlite3")}
