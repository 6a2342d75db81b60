"""Everything that is drawn with Textual, and nothing else."""
