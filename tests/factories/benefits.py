import datetime as dt
import uuid
from decimal import Decimal

import factory
from django.utils import timezone

from benefits import actions
from benefits.models import (
    Benefit,
    BenefitYear,
    Evidence,
    Indicator,
    Measurement,
    MeasurementFile,
    MeasuringRequest,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    """One more indicator of a benefit. The benefit's first one comes with the benefit."""

    class Meta:
        model = Indicator

    benefit = factory.SubFactory("tests.factories.benefits.BenefitFactory")
    name = "Familier som ikke møter til timen"
    unit = "%"
    baseline = Decimal("9.4")
    baseline_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=300))
    target = Decimal("5")
    target_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=60))


OF_MAIN = {
    "unit",
    "method",
    "baseline",
    "baseline_on",
    "target",
    "target_on",
    "next_measurement_on",
    "latest_value",
    "latest_on",
    "latest_evidence",
    "state",
}


class BenefitFactory(factory.django.DjangoModelFactory):
    """With its main indicator, whose fields may be given here. `main=None` leaves it out."""

    class Meta:
        model = Benefit

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda count: count + 1)
    name = "Familier som ikke møter til timen"
    owner = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        about_main = {name: kwargs.pop(name) for name in OF_MAIN & set(kwargs)}
        without_main = "main" in kwargs and kwargs.pop("main") is None
        benefit = super()._create(model_class, *args, **kwargs)
        if not without_main:
            if about_main.get("latest_value") is not None:
                about_main.setdefault("latest_evidence", Evidence.MEASURED)
            benefit.main = IndicatorFactory(benefit=benefit, name=benefit.name, **about_main)
            benefit.save(update_fields=["main"])
        return benefit


class BenefitYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BenefitYear

    benefit = factory.SubFactory(BenefitFactory, kind="direct")
    year = 2026
    plan = Decimal("100000")


class MeasurementFactory(factory.django.DjangoModelFactory):
    """Of a benefit's main indicator, when `benefit` is given instead of `indicator`."""

    class Meta:
        model = Measurement
        skip_postgeneration_save = True

    indicator = factory.SubFactory(IndicatorFactory)
    submission_key = factory.LazyFunction(uuid.uuid4)
    value = Decimal("5.8")
    measured_on = factory.LazyFunction(timezone.localdate)
    measured_by = factory.SubFactory(UserFactory)

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        benefit = kwargs.pop("benefit", None)
        if benefit is not None:
            kwargs["indicator"] = benefit.main
        return kwargs

    @factory.post_generation
    def kept_on_indicator(self, create, extracted, **kwargs):
        actions.restate(self.indicator)


class MeasurementFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeasurementFile

    measurement = factory.SubFactory(MeasurementFactory)
    name = "teller.pdf"
    kind = "application/pdf"
    size = 4
    sha256 = "0" * 64
    content = b"%PDF"
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


class MeasuringRequestFactory(factory.django.DjangoModelFactory):
    """Sent to whoever measures, and open for two more weeks."""

    class Meta:
        model = MeasuringRequest

    indicator = factory.SubFactory(IndicatorFactory)
    due_on = factory.LazyFunction(timezone.localdate)
    to = factory.LazyAttribute(lambda request: request.indicator.measured_by)
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))
    asked_at = factory.LazyFunction(timezone.now)
