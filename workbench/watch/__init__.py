"""What time alone brings: written down by the sweep, for cron and for the open program."""
