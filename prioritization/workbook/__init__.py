"""A scorer's answers as a workbook: out with what is answered, back in as changes to confirm.

`layout` says where everything stands, `writing` makes the file, `reading` reads it and collects
what is wrong, `changes` compares it with what is stored.
"""
