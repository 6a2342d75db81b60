"""What the analyses of a span read, a file an analysis; counted by the store, never a case at a time."""
