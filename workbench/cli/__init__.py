"""The command line: parse, call an action or a report, print. One file a noun."""
