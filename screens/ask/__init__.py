"""Questions to the person at the keyboard: forms, choices, the filter, the palette."""
