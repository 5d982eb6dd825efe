"""Who the report is written for, and what they may be told of."""

from dataclasses import dataclass

from annual.models import Audience
from benefits.models import Benefit, BenefitQuerySet
from municipality.models import AnnualCycle
from projects.models import Project, ProjectQuerySet


@dataclass(frozen=True)
class Reader:
    """Everybody is told of ideas that are published and projects that are opened, no others."""

    cycle: AnnualCycle
    audience: Audience

    @property
    def year(self) -> int:
        return self.cycle.year

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def projects(self) -> ProjectQuerySet:
        everything = Project.objects.all()
        return everything.opened() if self.is_public else everything

    @property
    def benefits(self) -> BenefitQuerySet:
        opened = Benefit.objects.filter(project__opened_at__isnull=False)
        return opened if self.is_public else Benefit.objects.all()
