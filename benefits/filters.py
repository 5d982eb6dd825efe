import django_filters
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit, BenefitState
from core.filters import ListFilter
from municipality.models import Sector


class BenefitFilter(ListFilter):
    """What everybody narrows the benefits down by."""

    sector = django_filters.ModelChoiceFilter(
        label=_("Sektor"),
        field_name="project__sector",
        to_field_name="code",
        queryset=Sector.objects.all(),
        empty_label=_("Alle sektorer"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Sett mot planen"),
        field_name="main__state",
        choices=BenefitState.choices,
        empty_label=_("Alle"),
    )

    class Meta:
        model = Benefit
        fields: list[str] = []
