"""What each role sees at once, over all steps of the wheel: sentences first, then numbers."""
