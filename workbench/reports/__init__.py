"""Rows in, figures and documents out; nothing here writes to the store."""
