"""The line mode: whole cases line by line, without colour or screen, for readers, logs and bad lines."""
