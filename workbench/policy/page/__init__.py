"""A policy read aloud, in the language in use."""
