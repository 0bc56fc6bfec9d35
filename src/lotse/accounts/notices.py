"""Every mail about an account leaves here."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from lotse.accounts.models import User

log = logging.getLogger("lotse.accounts")


def notify(user_or_email: User | str, subject: str, template: str, **context: Any) -> None:
    """Send a plain text mail. A post office that is down is logged and never breaks what has been done."""
    address = user_or_email.email if isinstance(user_or_email, User) else user_or_email
    values = {"name": str(user_or_email), "base_url": settings.BASE_URL.rstrip("/"), **context}
    text = render_to_string(template, values).strip() + "\n"
    message = EmailMessage(" ".join(strip_tags(subject).split()), text, settings.DEFAULT_FROM_EMAIL, [address])
    try:
        message.send()
    except OSError as error:  # smtplib's errors are among them
        log.error("mail not sent: %s (%s)", template, type(error).__name__)
