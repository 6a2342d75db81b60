"""What a complaint desk knows: pure rules, no files and no clock."""
