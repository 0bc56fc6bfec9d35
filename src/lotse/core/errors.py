"""Errors that every floor may raise and the pages know how to show."""


class NotAllowed(Exception):
    """The actor may see the thing but not do this with it; becomes 403."""
