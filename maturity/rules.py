"""Who may answer for a sector, who may see, who looks after the measurement."""

import rules

from core.rules import is_administrator, is_sector_leader, is_team
from maturity.models import Area, Assessment, Characteristic, Instrument, LevelGuidance
from municipality.models import User


@rules.predicate
def leads_the_sector(user: User, assessment: Assessment) -> bool:
    return user.pk is not None and assessment.sector.leader_id == user.pk


@rules.predicate
def belongs_to_the_sector(user: User, assessment: Assessment) -> bool:
    return user.sector_id is not None and user.sector_id == assessment.sector_id


@rules.predicate
def leads_a_sector(user: User) -> bool:
    return user.is_authenticated and user.led_sectors.exists()


@rules.predicate
def is_asked(user: User, assessment: Assessment) -> bool:
    """Is the person, by account, a member of the group that answers alone first?"""
    if user.pk is None or assessment.pk is None:
        return False
    return assessment.respondents.filter(user=user).exists()


answers_for_the_sector = leads_the_sector | (is_sector_leader & belongs_to_the_sector)

rules.add_perm("maturity.answer_assessment", answers_for_the_sector)
rules.add_perm("maturity.answer_alone", is_asked)
rules.add_perm("maturity.view_consensus", answers_for_the_sector | is_asked)
rules.add_perm("maturity.view_assessment", answers_for_the_sector | is_team)
rules.add_perm("maturity.enter_assessments", is_team | is_sector_leader | leads_a_sector)
rules.add_perm("maturity.manage_assessments", is_team)
rules.add_perm("maturity.manage_instruments", is_team)

# The admin asks for Django's own permission names.
rules.add_perm("maturity", is_administrator)
for _model in (Instrument, Area, LevelGuidance, Characteristic):
    for _act in ("view", "add", "change", "delete"):
        rules.add_perm(f"maturity.{_act}_{_model._meta.model_name}", is_administrator)
