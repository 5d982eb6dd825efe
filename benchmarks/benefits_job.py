"""`python -m benchmarks.benefits_job N`: fills a database with N benefits, and one who sees all."""

import sys

import django

django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import volume  # noqa: E402
from benchmarks.benefits import LOGIN  # noqa: E402
from core import roles  # noqa: E402
from gjovik_digi.seeding import volume_benefits  # noqa: E402
from ideas.models import Idea  # noqa: E402
from municipality.models import User  # noqa: E402


def main() -> None:
    count = int(sys.argv[1])
    volume.fill(-(-count // volume_benefits.IN_EACH_PROJECT))
    ideas = list(Idea.objects.order_by("pk"))
    volume_benefits.fill(count, ideas=ideas, today=timezone.localdate())
    person = User.objects.create_user(LOGIN.email, LOGIN.password, name="Benk")
    person.groups.add(Group.objects.get_or_create(name=roles.DIGITALISATION_TEAM)[0])


if __name__ == "__main__":
    main()
