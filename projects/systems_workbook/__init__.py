"""The register of systems as a workbook: out, and in again."""

from projects.systems_workbook.reading import read_systems
from projects.systems_workbook.writing import systems_workbook

__all__ = ["read_systems", "systems_workbook"]
