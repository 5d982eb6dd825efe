"""What happens to ideas, from the moment somebody sends one until it is decided."""

from ideas.actions.contacts import forget_contacts
from ideas.actions.counting import recount_supporters
from ideas.actions.handling import change_status, decide, forward, handle, take_back
from ideas.actions.sending import submit

__all__ = [
    "change_status",
    "decide",
    "forget_contacts",
    "forward",
    "handle",
    "recount_supporters",
    "submit",
    "take_back",
]
