"""What happens to ideas, from the moment somebody sends one until it is decided."""

from ideas.actions.attachments import (
    check_waiting_files,
    forget_staged,
    show_attachment,
    stage,
    unstage,
)
from ideas.actions.bulk import Done, add_tags, do_with_each, rehearse, set_sector
from ideas.actions.commenting import (
    comment,
    publish_comment,
    refuse_comment,
    refuse_to_publish,
    take_out_of_comment,
)
from ideas.actions.contacts import forget_contacts
from ideas.actions.counting import recount_supporters, supporters_together
from ideas.actions.following import (
    ask_to_follow,
    confirm_following,
    forget_followers,
    stop_following,
)
from ideas.actions.handling import (
    add_note,
    change_status,
    correct_decision,
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
from ideas.actions.sender import (
    add_words,
    delete_address,
    forget_sender,
    refuse_addition,
    refuse_withdrawal,
    send_own_link,
    withdraw,
)
from ideas.actions.sending import submit
from ideas.actions.supporting import support, take_back_support

__all__ = [
    "Done",
    "Part",
    "add_note",
    "add_tags",
    "add_words",
    "ask_to_follow",
    "change_status",
    "check_waiting_files",
    "comment",
    "confirm_following",
    "correct_decision",
    "decide",
    "decline",
    "delete_address",
    "do_with_each",
    "forget_contacts",
    "forget_followers",
    "forget_sender",
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
    "publish_comment",
    "recount_supporters",
    "refuse_addition",
    "refuse_comment",
    "refuse_merge",
    "refuse_to_publish",
    "refuse_withdrawal",
    "rehearse",
    "reopen",
    "reply",
    "return_parked",
    "send_own_link",
    "set_sector",
    "show_attachment",
    "split",
    "stage",
    "stop_following",
    "submit",
    "support",
    "supporters_together",
    "take_back",
    "take_back_support",
    "take_into_project",
    "take_out_of_comment",
    "take_out_personal_data",
    "undo_merge",
    "undo_split",
    "unstage",
    "withdraw",
    "write_status",
]
