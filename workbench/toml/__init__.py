"""TOML files that people write: every fault at once, with its line."""
