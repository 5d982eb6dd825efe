"""The demo's texts, as the YAML files hold them."""

import zlib
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "demo"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster


def read(name: str) -> Any:
    """What stands in `gjovik_digi/demo/<name>.yaml`."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=LOADER)


def number_from(*words: str) -> int:
    """A large number that looks random and is the same in every run."""
    return zlib.crc32("/".join(words).encode())
