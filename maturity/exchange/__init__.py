"""How municipalities exchange their results: version 1 of the format, out and in.

Described for others in docs/exchange-format.md and on the page it is downloaded from.
"""
