"""What a case, a clock or an event looks like in words: no widget, no store."""
