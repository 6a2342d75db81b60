"""The demonstration: fictional people and cases, played by the same acts."""
