"""Ideas from a spreadsheet: paper notes, or what stood in another system.

`rows` is what a file holds, `writing` makes an empty one to fill in, `reading` reads it and
collects what is wrong, `likeness` tells which ideas we seem to have already.
"""
