"""The product with the floor beside it, for the load test."""

from django.conf import settings

from lotse.config.wsgi import application

settings.ROOT_URLCONF = "tests.bench.floor"
__all__ = ["application"]
