import pytest
from django.forms import inlineformset_factory
from django.urls import reverse

from municipality.models import User
from prioritization.admin import CriterionFormSet
from prioritization.models import CriteriaSet, Criterion
from tests.factories.prioritization import CriteriaSetFactory, RoundFactory

FIELDS = ["code", "short_name", "name", "weight", "order"]


def formset(criteria_set, weights):
    criteria = list(criteria_set.criteria.all())
    data = {"criteria-TOTAL_FORMS": len(criteria), "criteria-INITIAL_FORMS": len(criteria)}
    for number, (criterion, weight) in enumerate(zip(criteria, weights, strict=True)):
        fields = {name: getattr(criterion, name) for name in FIELDS}
        fields |= {"id": criterion.pk, "weight": weight}
        data |= {f"criteria-{number}-{name}": value for name, value in fields.items()}
    make = inlineformset_factory(CriteriaSet, Criterion, formset=CriterionFormSet, fields=FIELDS)
    return make(data, instance=criteria_set)


@pytest.fixture
def as_superuser(client, db):
    client.force_login(User.objects.create_superuser("sjef@gjovik.example", name="Sjef"))
    return client


@pytest.mark.parametrize(
    ("weights", "errors"),
    [
        ([25, 25, 25, 25], []),
        ([40, 30, 15, 25], ["Vektene blir 110 til sammen. De skal bli 100."]),
    ],
)
@pytest.mark.django_db
def test_weights_sum_to_100_or_are_refused_in_words(weights, errors):
    assert formset(CriteriaSetFactory(), weights).non_form_errors() == errors


@pytest.mark.django_db
def test_a_set_that_a_round_has_used_can_only_be_taken_out_of_use(as_superuser):
    criteria_set = CriteriaSetFactory(is_current=True)
    RoundFactory(criteria_set=criteria_set)
    address = reverse("admin:prioritization_criteriaset_change", args=[criteria_set.pk])

    form = as_superuser.get(address).context["adminform"].form

    assert list(form.fields) == ["is_current"]


@pytest.mark.django_db
def test_a_criterion_that_a_round_has_used_stays_as_it_was(as_superuser):
    criterion = RoundFactory(criteria_set=CriteriaSetFactory()).criteria_set.criteria.first()
    address = reverse("admin:prioritization_criterion_change", args=[criterion.pk])

    assert as_superuser.get(address).status_code == 200
    assert as_superuser.post(address, {}).status_code == 403
