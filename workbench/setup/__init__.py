"""What stands before any case: staff, units, sites, calendars, policies, campaigns."""
