"""Deleting a person: what they did stays and is counted, and nothing tells who they were."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.models import Benefit
from core import roles
from core.errors import ActionRefused
from core.formatting import listed
from core.models import OutgoingMail, StagedImport, record
from ideas.models import Idea, IdeaContact, IdeaStatus, SavedFilter, StatusChange, Subscription
from maturity.models import Respondent
from municipality.models import Sector, User
from projects.models import CalendarFeed, PortfolioFile, Project, SavedView

NOBODYS = "slettet.invalid"  # a domain that never receives mail (RFC 2606)


def is_forgotten(user: User) -> bool:
    return user.email.endswith(f"@{NOBODYS}")


def answers_for(user: User) -> Iterator[str]:
    """What somebody else must take over first, in words."""
    for sector in Sector.objects.filter(leader=user):
        yield _("leder for {sector}").format(sector=sector.name)
    for project in Project.objects.running().led_by(user).order_by("name", "pk"):
        yield _("prosjektet «{name}»").format(name=project.name)
    for benefit in Benefit.objects.filter(owner=user).order_by("name", "pk"):
        yield _("gevinsten «{name}»").format(name=benefit.name)


def _is_last_administrator(user: User) -> bool:
    others = User.objects.filter(groups__name=roles.ADMINISTRATOR, is_active=True)
    return roles.ADMINISTRATOR in user.roles and not others.exclude(pk=user.pk).exists()


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
    if _is_last_administrator(person):
        raise ActionRefused(_("Det må være minst én administrator. Gi rollen til en annen først."))
    kept = list(answers_for(person))
    if kept:
        raise ActionRefused(
            _("{name} svarer fortsatt for {things}. Gi det til en annen først.").format(
                name=person.name, things=listed(kept)
            )
        )


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
