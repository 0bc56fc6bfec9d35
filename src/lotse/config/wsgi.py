"""The web application. It does not start when a system check says that it must not: gunicorn alone would not ask."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.config.settings")

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
call_command("check", fail_level="ERROR", verbosity=0)
