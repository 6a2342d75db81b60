"""The queue on the screen: what it reads, how wide its columns are, how a row is drawn."""
