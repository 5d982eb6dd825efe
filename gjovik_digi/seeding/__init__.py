"""The demo municipality, built from the texts in `gjovik_digi/demo/`, step by step of the year.

Rows are written directly, not through the actions: what they tell happened long ago, on dates that
count from today, and nobody is to get mail about it.
"""
