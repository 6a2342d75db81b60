"""What may be done, and what follows: shared by all acts."""
