"""What every municipality begins with: strategy, sectors, instrument, criteria and method."""

from django.db import transaction

from maturity import reference as maturity
from municipality import reference as municipality
from prioritization import reference as prioritization
from projects import reference as projects


@transaction.atomic
def load() -> None:
    """Safe to run again: what is there already is left as it is."""
    municipality.load_reference()
    maturity.load_reference()
    prioritization.load_reference()
    projects.load_reference()
