"""What a person sets once: the file of settings, and what holds of it beside options and environment."""
