"""Post offices that do not deliver."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Away(BaseEmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage]) -> Any:
        raise ConnectionRefusedError("the post office is closed")


class Unknown(BaseEmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage]) -> Any:
        raise smtplib.SMTPRecipientsRefused({"petrova@example.com": (550, b"no such user")})
