"""A policy: from a TOML file to rules that can be computed with."""
