"""How fast the pages and the memo are, beside the least that the same machine must do for a page.

`python -m benchmarks` starts its own servers, fills its own databases, and prints a table; see
docs/benchmarks.md.
"""
