"""A misspelt tag in a page that no test opens would be found by a user. This finds it first."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compile every template in templates/, without rendering any."

    def handle(self, *args, **options) -> None:
        faults = [
            fault
            for folder in self._folders()
            for path in sorted(folder.rglob("*.*"))
            if path.suffix in {".html", ".txt"}
            and (fault := self._fault_in(path.relative_to(folder)))
        ]
        if faults:
            raise CommandError("\n".join(faults))

    def _folders(self) -> list[Path]:
        return [Path(folder) for engine in engines.all() for folder in engine.dirs]

    def _fault_in(self, template: Path) -> str:
        try:
            get_template(str(template))
        except TemplateSyntaxError as error:
            return f"templates/{template}: {error}"
        return ""
