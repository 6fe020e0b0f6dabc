"""What a record is. Frozen values; the standard library only."""
