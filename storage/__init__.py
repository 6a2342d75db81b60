"""Every line of SQL, and nothing else. Times in tables are UTC text of fixed width."""
