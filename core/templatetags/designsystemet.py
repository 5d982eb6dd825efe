"""What the crispy template pack `designsystemet` needs to know about a form and its fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def kind(field: BoundField) -> str:
    """Which of the shapes in field.html a field takes."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return getattr(widget, "variant", "options")
    return "control"


@register.filter
def limit(field: BoundField) -> int | None:
    """How many characters a longer text may have, for its counter.

    None beside another fault than the length: the counter would take the mark of the fault away.
    """
    longest = getattr(field.field, "max_length", None)
    if longest is None or not isinstance(field.field.widget, forms.Textarea):
        return None
    return None if field.errors and len(field.value() or "") <= longest else longest


def _described_by(field: BoundField) -> str:
    parts = [field.field.widget.attrs.get("aria-describedby")]
    if field.errors:
        parts.append(f"{field.auto_id}_error")
    if field.help_text:
        parts.append(f"{field.auto_id}_helptext")
    if limit(field):
        parts.append(f"{field.auto_id}_counter")
    return " ".join(part for part in parts if part)


def _attributes(field: BoundField) -> dict[str, Any]:
    """Attributes of an input. Without `required`: the browser's own message would hide ours."""
    attributes: dict[str, Any] = {
        "id": field.auto_id,
        "class": "ds-input",
        "placeholder": False,  # gone when it is needed most; the description stays
    }
    own_class = field.field.widget.attrs.get("class")
    if own_class:
        attributes["class"] = f"ds-input {own_class}"
    if field.errors:
        attributes["aria-invalid"] = "true"
    if field.field.disabled:
        attributes["disabled"] = True
    return attributes


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input, select or textarea itself, tied to its description and its error."""
    widget = field.field.widget
    attributes = _attributes(field)
    described_by = _described_by(field)
    if described_by:
        attributes["aria-describedby"] = described_by
    if isinstance(widget, forms.Textarea):
        attributes["maxlength"] = False  # what is too long is kept, counted and explained
    if field.field.required and not isinstance(widget, forms.CheckboxInput | forms.FileInput):
        attributes["aria-required"] = "true"
    return widget.render(field.html_name, field.value(), attributes, field.form.renderer)


@dataclass(frozen=True)
class Option:
    id: str
    label: str
    value: Any
    input: SafeString


@register.filter
def options(field: BoundField) -> Iterator[Option]:
    """The radio buttons or check boxes of a group, one by one."""
    widget = field.field.widget
    renderer = field.form.renderer
    for data in widget.subwidgets(field.html_name, field.value(), _attributes(field)):
        yield Option(
            id=data["attrs"]["id"],
            label=data["label"],
            value=data["value"],
            input=mark_safe(
                renderer.render(data["template_name"], {"widget": {**data, "wrap_label": False}})
            ),
        )


@dataclass(frozen=True)
class Fault:
    message: str
    target: str = ""


@register.filter
def faults(form: forms.BaseForm) -> list[Fault]:
    """All that must be put right, in the order of the page, each with the field it leads to."""
    found = [Fault(str(message)) for message in form.non_field_errors()]
    for field in form:
        # A hidden field cannot be put right by the reader, nor be the target of a link.
        target = "" if field.is_hidden else _first_input(field)
        found += [Fault(str(message), target) for message in field.errors]
    return found


def _first_input(field: BoundField) -> str:
    """The id to send the reader to: in a group that of its first option."""
    if kind(field) in ("hidden", "control", "checkbox"):
        return str(field.auto_id)
    return next((option.id for option in options(field)), str(field.auto_id))
