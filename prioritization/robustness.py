"""How sure a ranking is: what becomes of it when the weights or the scorers are others."""
