"""Rows to measure with, in a database of their own."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gjovik_digi.seeding import emptying, volume
from municipality.models import User


class Command(BaseCommand):
    help = "Fill an empty database with many ideas, scored, to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ideas", type=int, required=True)
        parser.add_argument("--scorers", type=int, default=6)
        parser.add_argument(
            "--fresh", action="store_true", help="throw away everything in the database first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fresh"]:
            emptying.empty()
        elif User.objects.exists():
            raise CommandError("Databasen er ikke tom. Bruk --fresh for å tømme den.")
        volume.fill(ideas=options["ideas"], scorers=options["scorers"], today=timezone.localdate())
        self.stdout.write(f"{options['ideas']} ideer er lagt inn.")
