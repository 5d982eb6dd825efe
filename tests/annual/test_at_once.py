import threading

import pytest
from django.db import connection
from django.utils import timezone

from annual import closing
from annual.actions import closing as actions
from annual.models import ClosedYear
from core.errors import ActionRefused
from municipality.calendar import PhaseKind
from tests.factories.municipality import CycleFactory, PhaseFactory, UserFactory

NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_close_it_once():
    cycle = CycleFactory()
    for kind in PhaseKind:
        PhaseFactory(cycle=cycle, kind=kind, opens_on=TODAY, closes_on=TODAY)
    by = UserFactory()
    reasons = {check.key: "Ja." for check in closing.blockers(cycle)}
    answers: list[str] = []

    def close() -> None:
        try:
            actions.close_year(cycle, reasons=reasons, by=by, at=NOW, on=TODAY)
            answers.append("closed")
        except ActionRefused as refused:
            answers.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=close) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == sorted(["closed", f"{cycle.year} er lukket allerede."])
    assert ClosedYear.objects.count() == 1
