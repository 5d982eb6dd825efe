"""What happens to ideas, from the moment somebody sends one until it is decided."""

from ideas.actions.attachments import (
    check_waiting_files,
    forget_staged,
    show_attachment,
    stage,
    unstage,
)
from ideas.actions.bulk import Done, add_tags, do_with_each, rehearse, set_sector
from ideas.actions.contacts import forget_contacts
from ideas.actions.counting import recount_supporters, supporters_together
from ideas.actions.handling import (
    add_note,
    change_status,
    decide,
    forward,
    handle,
    reply,
    take_back,
    write_status,
)
from ideas.actions.joining import Part, merge, refuse_merge, split, undo_merge, undo_split
from ideas.actions.outcomes import (
    decline,
    give_to_line,
    ideas_without_outcome,
    park,
    reopen,
    return_parked,
    take_into_project,
)
from ideas.actions.publishing import (
    hold_back,
    personal_findings,
    publish,
    take_out_personal_data,
)
from ideas.actions.sending import submit

__all__ = [
    "Done",
    "Part",
    "add_note",
    "add_tags",
    "change_status",
    "check_waiting_files",
    "decide",
    "decline",
    "do_with_each",
    "forget_contacts",
    "forget_staged",
    "forward",
    "give_to_line",
    "handle",
    "hold_back",
    "ideas_without_outcome",
    "merge",
    "park",
    "personal_findings",
    "publish",
    "recount_supporters",
    "refuse_merge",
    "rehearse",
    "reopen",
    "reply",
    "return_parked",
    "set_sector",
    "split",
    "show_attachment",
    "stage",
    "submit",
    "supporters_together",
    "take_back",
    "take_into_project",
    "take_out_personal_data",
    "undo_merge",
    "undo_split",
    "write_status",
    "unstage",
]
