"""Trials of the whole: faults are brought about, and what was acknowledged is compared with what is there."""

NAMES = (
    "kills",
    "powercut",
    "ioerror",
    "claims",
    "backups",
    "migrations",
    "jumps",
    "fuzz",
    "walreset",
    "soak",
    "hostile",
    "permissions",
    "commands",
    "monkey",
    "tampering",
    "tampering_house",
    "calls",
)
