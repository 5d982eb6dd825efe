from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gjovik_digi import forgetting
from gjovik_digi.privacy import KINDS


class Command(BaseCommand):
    help = "Removes personal data whose time is up. The schedule does it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Only tell how much of each kind would go."
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        if dry_run:
            self._tell(forgetting.rehearse(at=at))
            return
        done = forgetting.run(at=at)
        self._tell(done.counts)
        if done.errors:
            raise CommandError(f"Not forgotten: {', '.join(done.errors)}")

    def _tell(self, counts: dict[str, int]) -> None:
        for kind in KINDS:
            if kind.key in counts:
                self.stdout.write(f"{counts[kind.key]:>7}  {kind.key:<14}  {kind.what}")
