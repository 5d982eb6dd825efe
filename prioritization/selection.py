"""Which set of ideas gives most for the money and the people there are."""
