"""KS' workbook «KommIT gevinstverktøy» filled in: where things stand in it, and reading it."""
