"""What must come before what: circles among milestones and among projects. Knows no Django."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def circle(edges: Iterable[tuple[T, T]]) -> list[T] | None:
    """One round of things that wait for each other, as [a, b, c, a]; None when there is none.

    An edge is (first, then). Walks depth first without recursion, so that a long chain costs no
    more than its length.
    """
    after: dict[T, list[T]] = defaultdict(list)
    for first, then in edges:
        after[first].append(then)
    done: set[T] = set()
    for start in list(after):
        found = _circle_from(start, after, done)
        if found:
            return found
    return None


def _circle_from(start: T, after: dict[T, list[T]], done: set[T]) -> list[T] | None:
    """`done` are those that lead to no circle. It grows as the walk leaves them."""
    if start in done:
        return None
    path, on_path = [start], {start}
    ways = [iter(after.get(start, []))]
    while ways:
        for following in ways[-1]:
            if following in on_path:
                return [*path[path.index(following) :], following]
            if following not in done:
                path.append(following)
                on_path.add(following)
                ways.append(iter(after.get(following, [])))
                break
        else:
            ways.pop()
            on_path.remove(path[-1])
            done.add(path.pop())
    return None
