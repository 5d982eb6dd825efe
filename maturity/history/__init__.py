"""Earlier years as a workbook: a sheet per year, a row per sector and area.

`years` is what a file holds, `writing` makes an empty one to fill in, `reading` reads it and
collects what is wrong.
"""
