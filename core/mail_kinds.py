"""What a kind of mail is. Each app tells its own, beside the functions that write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LINK_MARK = "{lenke}"  # in a stored mail: where its receiver's own link is put when it goes

_NAME = re.compile(r"( ?)\{([a-zæøå_]+)\}")


@dataclass(frozen=True)
class Placeholder:
    """A word in braces that a value stands in for: `{tittel}`."""

    name: str
    meaning: Any
    example: Any
    is_required: bool = False

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class MailKind:
    """A kind of mail, and the text it has until the municipality writes its own.

    Without a `body` the text is put together by the code, and cannot be edited as a template.
    `frame`: the kind whose text is put around this one. A secret mail lets whoever reads it act
    as its receiver, so nobody else is shown it.
    """

    key: str
    name: Any
    group: Any
    subject: Any = ""
    body: Any = ""
    placeholders: tuple[Placeholder, ...] = ()
    frame: "MailKind | None" = None
    read_first: bool = False
    is_secret: bool = False
    is_frame: bool = False

    @property
    def has_template(self) -> bool:
        return bool(self.body)

    @property
    def examples(self) -> dict[str, str]:
        return {each.name: str(each.example) for each in self.placeholders}

    def unknown_names(self, text: str) -> list[str]:
        """Words in braces that no value stands in for."""
        known = {each.name for each in self.placeholders}
        return [name for name in names_in(text) if name not in known]

    def missing_names(self, text: str) -> list[str]:
        """Those that the mail would be of no use without."""
        used = names_in(text)
        return [
            each.name for each in self.placeholders if each.is_required and each.name not in used
        ]


def names_in(text: str) -> list[str]:
    return list(dict.fromkeys(name for _space, name in _NAME.findall(text)))


def filled_in(text: str, values: Mapping[str, Any]) -> str:
    """`text` with a value for every word in braces. Nothing is run, and no value is read again.

    A word that nobody knows stays as it was written, and nothing leaves no space behind.
    """

    def value(found: re.Match[str]) -> str:
        space, name = found.groups()
        if name not in values:
            return found[0]
        text = str(values[name])
        return f"{space}{text}" if text else ""

    return _NAME.sub(value, text)


OTHER = MailKind("other", _("Annet"), group=_("Annet"))
