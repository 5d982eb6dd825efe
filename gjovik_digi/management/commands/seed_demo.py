"""A believable municipality to try and to develop with."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gjovik_digi.seeding import demo, people


class Command(BaseCommand):
    help = "Fill an empty database with a fictional municipality, in the middle of its wheel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print the log-ins as JSON")
        parser.add_argument("--fresh", action="store_true", help="empty a demo first")
        parser.add_argument(
            "--force", action="store_true", help="also where there are people already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self.stdout.write(json.dumps(people.logins(), ensure_ascii=False, indent=2))
            return
        try:
            seeded = demo.seed_once(
                timezone.localdate(), fresh=options["fresh"], force=options["force"]
            )
        except demo.NotADemo:
            raise CommandError(
                "Databasen har brukere fra før, og er ikke en demo. Ingenting er lagt inn."
            ) from None
        self.stdout.write("Demokommunen er lagt inn." if seeded else "Demokommunen er her fra før.")
