"""What Lotse says when it refuses."""

import pytest
from django.core.exceptions import ValidationError


def refused(act, **values) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        act(**values)
    return caught.value.messages
