"""What goes on in the next year, for the pages of the wheel."""

from django import template
from django.template import Context

from annual.carrying import CarriedOver
from annual.carrying import carried_over as read
from municipality.models import AnnualCycle

register = template.Library()


@register.simple_tag(takes_context=True)
def carried_over(context: Context, cycle: AnnualCycle) -> CarriedOver:
    """`{% carried_over cycle as carried %}`: from the year and those before it."""
    return read(cycle, user=context["request"].user)
