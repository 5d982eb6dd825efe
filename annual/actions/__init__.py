"""What happens when a year ends: it is closed and frozen, and told about."""
