"""One idea, as those who answer for it see it: completing, answering, noting, showing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import get_permitted
from ideas import actions, inbox_filter, notifications
from ideas.forms import TAGS_LIST, HandleForm, NoteForm, ReasonForm, ReplyForm
from ideas.models import OUTCOMES, Idea, Merge, Split, Tag
from municipality.models import User

SIMILAR_SHOWN = 5


@transaction.atomic
def idea_handle(request: HttpRequest, code: str) -> HttpResponse:
    """All about one idea. Those whose sector it only touches read it, and may note."""
    ideas = Idea.objects.for_handling()
    idea = get_permitted(request.user, "ideas.read_idea_inside", ideas, code=code)
    may_handle = request.user.has_perm("ideas.handle_idea", idea)
    if request.method == "POST" and not may_handle:
        raise PermissionDenied
    form = HandleForm(request.POST or None, instance=idea)
    if form.is_valid():
        actions.handle(
            idea,
            goals=form.cleaned_data["goals"],
            also_touches=form.cleaned_data["also_touches"],
            tags=form.cleaned_data["tags"],
            by=request.user,
        )
        messages.success(request, _("Lagret."))
        return redirect("ideas:handle", code=idea.code)
    context = {
        "idea": idea,
        "form": form,
        "may_handle": may_handle,
        "reply_form": ReplyForm(auto_id="id_reply_%s"),
        "note_form": NoteForm(auto_id="id_note_%s"),
        "has_own_outcome": idea.status in OUTCOMES,
        "files": idea.attachments.without_content(),
        "similar": _similar(idea, request.user) if may_handle and idea.can_be_merged else [],
        "today": timezone.localdate(),
        **_tags(),
        **_joined(idea),
    }
    return render(request, "ideas/idea_handle.html", context)


def _tags() -> dict[str, Any]:
    return {"tags": Tag.objects.all(), "tags_list": TAGS_LIST}


def _joined(idea: Idea) -> dict[str, Any]:
    """What the idea has been joined with or parted in, as far as it stands."""
    standing = Merge.objects.standing()
    return {
        "merged_into": standing.filter(source=idea).select_related("target").first(),
        "merged_here": standing.filter(target=idea).select_related("source"),
        "parted": Split.objects.filter(source=idea, undone_at=None).first(),
        "parts": idea.parts.order_by("pk"),
    }


def _similar(idea: Idea, user: User) -> list[Idea]:
    others = inbox_filter.to_merge_with(idea, user)
    return list(others.similar_to(f"{idea.title}. {idea.problem}")[:SIMILAR_SHOWN])


def idea_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Look once more at the words that everybody will read, and then show them."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    if "take-out" in request.POST:
        actions.take_out_personal_data(idea, by=request.user)
        messages.success(request, _("Det er tatt bort. Les gjennom en gang til."))
        return redirect("ideas:publish", code=idea.code)
    if request.method == "POST":
        actions.publish(idea, by=request.user, at=timezone.now(), has_read=True)
        messages.success(request, _("«{title}» vises for alle.").format(title=idea.title))
        return redirect("ideas:handle", code=idea.code)
    context = {"idea": idea, "findings": actions.personal_findings(idea)}
    return render(request, "ideas/idea_publish.html", context)


def idea_hold_back(request: HttpRequest, code: str) -> HttpResponse:
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    if request.method == "POST":
        actions.hold_back(idea, by=request.user)
        messages.success(
            request, _("«{title}» vises bare for innsenderen og oss.").format(title=idea.title)
        )
        return redirect("ideas:handle", code=idea.code)
    return render(request, "ideas/idea_hold_back.html", {"idea": idea})


def idea_reply(request: HttpRequest, code: str) -> HttpResponse:
    """The official reply: written, read once more as it will be sent, and sent."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReplyForm(request.POST or None)
    context: dict[str, Any] = {"idea": idea, "form": form}
    if form.is_valid() and "edit" not in request.POST:
        text = form.cleaned_data["reply_text"]
        if "confirm" in request.POST:
            key = form.cleaned_data["submission_key"]
            actions.reply(idea, text=text, submission_key=key, by=request.user)
            messages.success(request, _("Svaret er sendt, og står på ideens side."))
            return redirect("ideas:handle", code=idea.code)
        letter = notifications.reply_letter(idea, text=text)
        context |= {"text": text, "preview": notifications.preview(idea, letter)}
    return render(request, "ideas/idea_reply.html", context)


def idea_note(request: HttpRequest, code: str) -> HttpResponse:
    """A note among us. Those whose sector the idea touches may write one too."""
    idea = get_permitted(request.user, "ideas.read_idea_inside", Idea, code=code)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        actions.add_note(
            idea,
            text=form.cleaned_data["note_text"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
        messages.success(request, _("Notatet er lagret. Det vises bare internt."))
        return redirect("ideas:handle", code=idea.code)
    return render(request, "ideas/idea_note.html", {"idea": idea, "form": form})


def idea_forward(request: HttpRequest, code: str) -> HttpResponse:
    """Pass an idea on to prioritisation, with a reason."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.forward(idea, reason=reason, by=request.user, at=timezone.now())
        messages.success(
            request, _("«{title}» er sendt videre til prioritering.").format(title=idea.title)
        )
        return redirect("ideas:inbox")
    return render(request, "ideas/idea_forward.html", {"idea": idea, "form": form})


def idea_take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a passing on, before anybody has scored the idea."""
    idea = get_permitted(request.user, "ideas.handle_idea", Idea, code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.take_back(idea, reason=reason, by=request.user, at=timezone.now())
        messages.success(
            request, _("«{title}» er tatt tilbake til innboksen.").format(title=idea.title)
        )
        return redirect("ideas:handle", code=idea.code)
    return render(request, "ideas/idea_take_back.html", {"idea": idea, "form": form})
