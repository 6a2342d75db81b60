"""Cases in and out: CSV, JSON lines and workbooks, and the mappings that say what a column means."""
