"""The first thing a new installation needs, after `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand

from gjovik_digi.seeding import reference


class Command(BaseCommand):
    help = "Load the strategy's goals, the sectors, the maturity instrument and the criteria."

    def handle(self, *args: Any, **options: Any) -> None:
        reference.load()
        self.stdout.write("Mål, sektorer, måleinstrument og kriterier er på plass.")
