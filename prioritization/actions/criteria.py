"""A new version of a set of criteria: copied, written, taken into use, or thrown away."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import ActionRefused
from core.models import record
from municipality.models import User
from prioritization.models import CriteriaSet, Criterion, Question

SUM_OF_WEIGHTS = 100


@dataclass(frozen=True)
class CriterionText:
    """A criterion as it is to stand. Without `pk` it is a new one."""

    name: str
    short_name: str
    weight: int
    pk: int | None = None


@dataclass(frozen=True)
class QuestionText:
    """A question as it is to stand. Without `pk` it is a new one."""

    text: str
    direction: str
    is_direction_chosen: bool
    guidance_low: str
    guidance_medium: str
    guidance_high: str
    pk: int | None = None


def _draft(pk: int) -> CriteriaSet:
    """The set, locked until the transaction ends; refused when a round uses it."""
    locked = CriteriaSet.objects.select_for_update().get(pk=pk)
    if locked.is_frozen:
        raise ActionRefused(
            _("Versjon {version} er låst, fordi en runde bruker den. Lag en ny versjon.").format(
                version=locked.version
            )
        )
    return locked


def _require_free(stage: str, version: str, *, but: CriteriaSet | None = None) -> None:
    taken = CriteriaSet.objects.filter(stage=stage, version=version)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise ActionRefused(
            _("Det finnes allerede en versjon som heter {version}.").format(version=version)
        )


@transaction.atomic
def copy_criteria(criteria_set: CriteriaSet, *, version: str, by: User) -> CriteriaSet:
    """A draft of the same stage, with all criteria, weights, questions and guidance of this one."""
    _require_free(criteria_set.stage, version)
    made = CriteriaSet.objects.create(
        stage=criteria_set.stage,
        name=criteria_set.name,
        version=version,
        source=criteria_set.source,
        based_on=criteria_set,
    )
    for criterion in criteria_set.criteria.prefetch_related("questions"):
        questions = list(criterion.questions.all())
        criterion.pk, criterion.criteria_set = None, made
        criterion.save(force_insert=True)
        for question in questions:
            question.pk, question.criterion = None, criterion
        Question.objects.bulk_create(questions)
    record("criteria copied", made, by=by, version=version, based_on=criteria_set.version)
    return made


@transaction.atomic
def write_criteria(
    criteria_set: CriteriaSet,
    *,
    name: str,
    version: str,
    source: str,
    criteria: Sequence[CriterionText],
    by: User,
) -> None:
    """Replace names and weights. Criteria that are not among `criteria` go, with their questions.

    A new criterion begins with one question, its own name.
    """
    draft = _draft(criteria_set.pk)
    _require_free(draft.stage, version, but=draft)
    total = sum(each.weight for each in criteria)
    if total != SUM_OF_WEIGHTS:
        raise ActionRefused(
            _("Vektene blir {total} til sammen. De skal bli 100.").format(total=total)
        )
    draft.name, draft.version, draft.source = name, version, source
    draft.save(update_fields=["name", "version", "source"])
    stored = {each.pk: each for each in draft.criteria.all()}
    kept = {each.pk for each in criteria if each.pk is not None}
    if not kept <= stored.keys():
        raise ActionRefused(_("Noen har tatt bort et kriterium du endret. Last siden på nytt."))
    draft.criteria.exclude(pk__in=kept).delete()
    codes = {stored[pk].code for pk in kept}
    for order, text in enumerate(criteria):
        if text.pk is None:
            _add_criterion(draft, text, order=order, code=_free_code(text.short_name, codes))
        else:
            criterion = stored[text.pk]
            criterion.name, criterion.short_name = text.name, text.short_name
            criterion.weight, criterion.order = text.weight, order
            criterion.save()
    record("criteria written", draft, by=by, weights=[each.weight for each in criteria])


def _add_criterion(draft: CriteriaSet, text: CriterionText, *, order: int, code: str) -> None:
    criterion = Criterion.objects.create(
        criteria_set=draft,
        code=code,
        name=text.name,
        short_name=text.short_name,
        weight=text.weight,
        order=order,
    )
    Question.objects.create(criterion=criterion, code=code, text=text.name)


def _free_code(words: str, taken: set[str]) -> str:
    """A code nobody in `taken` has; it is added to them."""
    base = slugify(words)[:40] or "x"
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    code = next(each for each in numbered if each not in taken)
    taken.add(code)
    return code


@transaction.atomic
def write_questions(criterion: Criterion, questions: Sequence[QuestionText], *, by: User) -> None:
    """Replace what is asked about a criterion. Questions that are not among `questions` go."""
    draft = _draft(criterion.criteria_set_id)
    if not questions:
        raise ActionRefused(_("Et kriterium må ha minst ett spørsmål."))
    stored = {each.pk: each for each in criterion.questions.all()}
    kept = {each.pk for each in questions if each.pk is not None}
    if not kept <= stored.keys():
        raise ActionRefused(_("Noen har tatt bort et spørsmål du endret. Last siden på nytt."))
    criterion.questions.exclude(pk__in=kept).delete()
    codes = {stored[pk].code for pk in kept}
    for order, text in enumerate(questions):
        question = stored.get(text.pk) if text.pk else None
        if question is None:
            question = Question(criterion=criterion, code=_free_code(text.text, codes))
        for name, value in asdict(text).items():
            if name != "pk":
                setattr(question, name, value)
        question.order = order
        question.save()
    record("questions written", draft, by=by, criterion=criterion.code, questions=len(questions))


@transaction.atomic
def take_criteria_into_use(criteria_set: CriteriaSet, *, by: User) -> CriteriaSet:
    """Let new rounds of its stage use this set instead of the one in use."""
    same_stage = CriteriaSet.objects.select_for_update().filter(stage=criteria_set.stage)
    chosen = {each.pk: each for each in same_stage.order_by("pk")}[criteria_set.pk]
    without = chosen.criteria.filter(questions=None).first()
    if without is not None or not chosen.criteria.exists():
        raise ActionRefused(_("Hvert kriterium må ha minst ett spørsmål først."))
    if chosen.is_current:
        return chosen
    same_stage.filter(is_current=True).update(is_current=False)
    chosen.is_current = True
    chosen.save(update_fields=["is_current"])
    record("criteria taken into use", chosen, by=by, version=chosen.version)
    return chosen


@transaction.atomic
def delete_criteria(criteria_set: CriteriaSet, *, by: User) -> None:
    """Throw a draft away."""
    draft = _draft(criteria_set.pk)
    if draft.is_current:
        raise ActionRefused(_("Versjonen brukes i nye runder. Ta en annen i bruk først."))
    record("criteria deleted", draft, by=by, version=draft.version)
    draft.delete()
