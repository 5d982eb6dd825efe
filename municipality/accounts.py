"""Log-in through allauth, in our own words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from core.notifications import queue_mail
from municipality.mail_kinds import ACCOUNT
from municipality.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; mail goes through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        queue_mail(to=email, subject=message.subject, body=message.body, kind=ACCOUNT)


class AccountBackend(AuthenticationBackend):
    """Log-in by e-mail. Django's own permissions are the admin's, which is for staff alone.

    Others are not asked about them: who may do what stands in the apps' rules.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return user_obj.is_staff and super().has_perm(user_obj, perm, obj)


def display_name(user: User) -> str:
    return str(user)
