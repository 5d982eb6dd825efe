"""What happens in a workshop. Every change of what the room sees counts the revision up."""

from workshops.actions.choosing import choose
from workshops.actions.leading import (
    end,
    go_on,
    hide,
    move_to_phase,
    next_question,
    open_room,
    pause,
    restore,
    start_timer,
    stop_timer,
)
from workshops.actions.planning import change_plan, discard, plan
from workshops.actions.sorting import (
    add_cluster,
    merge_clusters,
    move_cluster,
    move_note,
    remove_cluster,
    rename_cluster,
)
from workshops.actions.taking_part import (
    change_note,
    forget_keys,
    hang_up,
    join,
    put_dots,
    take_down,
)

__all__ = [
    "add_cluster",
    "change_note",
    "change_plan",
    "choose",
    "discard",
    "end",
    "forget_keys",
    "go_on",
    "hang_up",
    "hide",
    "join",
    "merge_clusters",
    "move_cluster",
    "move_note",
    "move_to_phase",
    "next_question",
    "open_room",
    "pause",
    "plan",
    "put_dots",
    "remove_cluster",
    "rename_cluster",
    "restore",
    "start_timer",
    "stop_timer",
    "take_down",
]
