"""The tour: says what to try next, and watches what was done."""
