import factory
from django.db import transaction
from django.utils import timezone

from prioritization.models import (
    CriteriaSet,
    Criterion,
    Entry,
    FileStatus,
    Memo,
    MemoItem,
    Need,
    Question,
    RobustnessRun,
    Round,
    Scenario,
    Score,
    Stage,
)
from tests.factories.ideas import IdeaFactory
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory

SCREENING_WEIGHTS = {"strategi": 40, "gevinst": 30, "eier": 15, "nytt": 15}


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    code = factory.Sequence(lambda n: f"sporsmal-{n}")
    text = "I hvilken grad?"


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    code = factory.Sequence(lambda n: f"kriterium-{n}")
    short_name = factory.SelfAttribute("code")
    name = factory.SelfAttribute("code")
    weight = 100


class CriteriaSetFactory(factory.django.DjangoModelFactory):
    """The screening's four criteria, 40/30/15/15, one question each."""

    class Meta:
        model = CriteriaSet
        skip_postgeneration_save = True

    stage = Stage.SCREENING
    name = "Grovscreening"
    version = factory.Sequence(lambda n: f"test-{n}")

    @classmethod
    def _generate(cls, strategy, params):
        with transaction.atomic():  # the database sums the weights at commit
            return super()._generate(strategy, params)

    @factory.post_generation
    def criteria_rows(self, create, extracted, **kwargs):
        for order, (code, weight) in enumerate(SCREENING_WEIGHTS.items()):
            criterion = CriterionFactory(criteria_set=self, code=code, weight=weight, order=order)
            QuestionFactory(criterion=criterion, code=code)


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round
        skip_postgeneration_save = True

    cycle = factory.SubFactory(CycleFactory)
    criteria_set = factory.SubFactory(CriteriaSetFactory)
    stage = Stage.SCREENING
    closes_on = factory.LazyFunction(timezone.localdate)


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    round = factory.SubFactory(RoundFactory)
    idea = factory.SubFactory(IdeaFactory, cycle=factory.SelfAttribute("..round.cycle"))


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    entry = factory.SubFactory(EntryFactory)
    scorer = factory.SubFactory(UserFactory)


class MemoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Memo

    round = factory.SubFactory(RoundFactory)
    title = "Digitaliseringsprosjekter"
    dated_on = factory.LazyFunction(timezone.localdate)


class MemoItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MemoItem

    memo = factory.SubFactory(MemoFactory)
    entry = factory.SubFactory(EntryFactory, round=factory.SelfAttribute("..memo.round"))


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    entry = factory.SubFactory(EntryFactory)
    year = factory.SelfAttribute("entry.round.cycle.budget_year")
    sector = factory.SubFactory(SectorFactory)


class RobustnessRunFactory(factory.django.DjangoModelFactory):
    """Ready, of no ideas."""

    class Meta:
        model = RobustnessRun

    round = factory.SubFactory(RoundFactory)
    top = 1
    status = FileStatus.READY
    content = b'{"ideas": [], "flips": [], "seed": 1, "scorers": 1}'
    sha256 = "0" * 64
    finished_at = factory.LazyFunction(timezone.now)


class ScenarioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scenario

    round = factory.SubFactory(RoundFactory)
    name = factory.Sequence(lambda n: f"Scenario {n}")
    made_by = factory.SubFactory(UserFactory)
