"""`python -m benchmarks.wall_job <clients>`: opens a workshop and prints the way in for so many."""

import json
import sys
import uuid

import django


def main(clients: int) -> dict:
    django.setup()
    from django.db import transaction  # noqa: PLC0415  after the settings are read
    from django.utils import timezone  # noqa: PLC0415

    from municipality.models import User  # noqa: PLC0415
    from workshops import actions, codes  # noqa: PLC0415
    from workshops.models import Participant, Workshop  # noqa: PLC0415

    by, at = User.objects.earliest("pk"), timezone.now()
    with transaction.atomic():
        workshop = actions.plan(
            Workshop(name="Måling"), goals=[], questions=["Hva tar tid?"], by=by
        )
        actions.open_room(workshop, by=by, at=at)
        keys = [uuid.uuid4().hex for _client in range(clients)]
        Participant.objects.bulk_create(
            Participant(workshop=workshop, key_hash=codes.fingerprint(key), joined_at=at)
            for key in keys
        )
    workshop.refresh_from_db()
    return {
        "path": f"/v/{workshop.code}/",
        "question": workshop.current_question_id,
        "keys": keys,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
