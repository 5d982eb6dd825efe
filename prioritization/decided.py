"""What has been decided about a memo, beside what it recommended, and what is lacking."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formatting import count_word
from prioritization.models import (
    Decision,
    DecisionMeeting,
    FileStatus,
    Memo,
    MemoFile,
    MemoItem,
)


@dataclass(frozen=True)
class Missing:
    """Something that must be in place before the decisions are made public, and where."""

    text: str
    url: str


def meeting_of(memo: Memo) -> DecisionMeeting | None:
    rows = DecisionMeeting.objects.select_related("published_by", "edited_by")
    return rows.filter(memo=memo).first()


def final_file(memo: Memo) -> MemoFile | None:
    """The PDF that was decided on; None until the worker is done with it."""
    ready = memo.files.filter(is_draft=False, status=FileStatus.READY)
    return ready.without_content().defer("snapshot", "annex").first()


def missing(memo: Memo) -> list[Missing]:
    lacking = list(_missing_around(memo))
    for item in memo.items.in_order():
        decision = getattr(item, "decision", None)
        if decision is None or not decision.is_published:
            lacking.extend(_missing_in(item, decision))
    return lacking


def _missing_around(memo: Memo) -> Iterator[Missing]:
    if meeting_of(memo) is None:
        yield Missing(
            _("Skriv når møtet var, og hvem som vedtok."),
            reverse("decisions:meeting", args=[memo.pk]),
        )
    if final_file(memo) is None:
        yield Missing(
            _("Vent til den endelige PDF-en av notatet er ferdig."), memo.get_absolute_url()
        )


def _missing_in(item: MemoItem, decision: Decision | None) -> Iterator[Missing]:
    idea, url = item.entry.idea, reverse("decisions:record", args=[item.memo_id, item.pk])
    if decision is None:
        yield Missing(_("Før vedtak om «{title}».").format(title=idea.title), url)
        return
    if not decision.public_reason:
        yield Missing(
            _("Skriv begrunnelsen for «{title}» i én setning.").format(title=idea.title), url
        )
    if decision.is_approval and idea.sector_id is None:
        yield Missing(
            _("Legg til sektor på «{title}».").format(title=idea.title),
            reverse("ideas:handle", args=[idea.code]),
        )


@dataclass(frozen=True)
class Following:
    """How far the executive group followed the memo."""

    total: int
    against: int

    def sentence(self, group: str) -> str:
        """«Rådmannens ledergruppe fulgte anbefalingen for 10 av 12.» Empty when none is decided."""
        if not self.total:
            return ""
        if not self.against:
            return ngettext(
                "{group} fulgte anbefalingen for ideen.",
                "{group} fulgte anbefalingen for alle {total}.",
                self.total,
            ).format(group=group, total=count_word(self.total))
        return _("{group} fulgte anbefalingen for {followed} av {total}.").format(
            group=group, followed=self.total - self.against, total=self.total
        )


def following(memo: Memo) -> Following:
    return Following(**Decision.objects.filter(item__memo=memo).told_counts())


def difference(*, is_recommended: bool, outcome_words: str) -> str:
    """What a decision against the recommendation is, as a sentence."""
    if is_recommended:
        return _("Notatet anbefalte ideen. Vedtaket ble: {decision}.").format(
            decision=outcome_words.lower()
        )
    return _("Notatet anbefalte ikke ideen. Den ble likevel godkjent.")
