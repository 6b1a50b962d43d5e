"""What Django's Chinese leaves in English about passwords."""

from __future__ import annotations

from django.contrib.auth import password_validation as django


class MinimumLengthValidator(django.MinimumLengthValidator):
    """Says in Chinese how long a password must be."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要 {self.min_length} 位。"
