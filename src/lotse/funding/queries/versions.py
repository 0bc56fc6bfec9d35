"""A kept version, read again."""

import json

from lotse.funding.models import ApplicationVersion
from lotse.funding.queries.applications import content_of, whole_of
from lotse.funding.queries.part_content import WholeContent
from lotse.funding.queries.snapshots import from_data


def as_submitted(version: ApplicationVersion) -> WholeContent:
    return from_data(json.loads(version.content))


def now_of(version: ApplicationVersion) -> WholeContent:
    """The same carrier's part, or the whole, as it stands today."""
    if version.part is None:
        return whole_of(version.application)
    content = content_of(version.part)
    return WholeContent(content.frame, (content,))
