"""Closing an account, and deleting a person: what they did stays and is counted.

Whoever is closed out keeps their name in it. Of whoever is deleted, nothing tells who they were.
"""

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.models import PortfolioFile as BenefitsPortfolioFile
from core import roles
from core.errors import ActionRefused
from core.models import OutgoingMail, StagedImport, record
from ideas.models import Idea, IdeaContact, IdeaStatus, SavedFilter, StatusChange, Subscription
from maturity.models import Respondent
from municipality.closing import account_blockers
from municipality.models import User
from projects.models import CalendarFeed, PortfolioFile, SavedView

NOBODYS = "slettet.invalid"  # a domain that never receives mail (RFC 2606)


def is_forgotten(user: User) -> bool:
    return user.email.endswith(f"@{NOBODYS}")


def _is_last_administrator(user: User) -> bool:
    others = User.objects.filter(groups__name=roles.ADMINISTRATOR, is_active=True)
    return roles.ADMINISTRATOR in user.roles and not others.exclude(pk=user.pk).exists()


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Take away the way in. Refused while the person has what somebody must take over."""
    person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not person.is_active:
        raise ActionRefused(_("Kontoen er allerede stengt."))
    if person.pk == by.pk:
        raise ActionRefused(
            _("Du kan ikke stenge kontoen til deg selv. Be en annen administrator om det.")
        )
    _require_nothing_left(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _log_out(person)
    record("account closed", person, by=by)


@transaction.atomic
def forget(user: User, *, by: User) -> None:
    """Take away the name, the address and the way in. Refused while the person answers for much."""
    person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _require_free(person, by=by)
    _forget_elsewhere(person)
    person.email = f"person-{person.pk}@{NOBODYS}"
    person.name = _("Tidligere ansatt")
    person.sector = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
    record("person forgotten", person, by=by)


def _require_free(person: User, *, by: User) -> None:
    if is_forgotten(person):
        raise ActionRefused(_("Personen er allerede slettet."))
    if person.pk == by.pk:
        raise ActionRefused(_("Du kan ikke slette deg selv. Be en annen administrator om det."))
    _require_nothing_left(person)


def _require_nothing_left(person: User) -> None:
    if _is_last_administrator(person):
        raise ActionRefused(_("Det må være minst én administrator. Gi rollen til en annen først."))
    reasons = [found.reason for found in account_blockers(person)]
    if reasons:
        raise ActionRefused(" ".join(reasons))


def _forget_elsewhere(person: User) -> None:
    Idea.objects.filter(submitted_by=person).update(submitted_by=None)
    StatusChange.objects.filter(by=person, status=IdeaStatus.RECEIVED).update(by=None)
    Respondent.objects.filter(user=person).update(
        user=None, name="", email="", nonce="", forgotten_at=timezone.now()
    )
    for model, column in ((IdeaContact, "email"), (Subscription, "email"), (OutgoingMail, "to")):
        model._default_manager.filter(**{f"{column}__iexact": person.email}).delete()
    CalendarFeed.objects.filter(person=person).delete()
    PortfolioFile.objects.filter(requested_by=person).delete()
    BenefitsPortfolioFile.objects.filter(requested_by=person).delete()
    SavedView.objects.filter(person=person).delete()
    SavedFilter.objects.filter(user=person).delete()
    StagedImport.objects.filter(by=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    _log_out(person)


def _log_out(person: User) -> None:
    """Sessions do not say whose they are until they are read."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
