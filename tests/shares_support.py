"""What a clock says of a single cycle in the figures: its numbers, and Wilson's interval of one."""

ONE_MET = {"met": 1, "missed": 0, "of": 1, "rate": 1.0, "low": 0.2065, "high": 1.0}
ONE_MISSED = {"met": 0, "missed": 1, "of": 1, "rate": 0.0, "low": 0.0, "high": 0.7935}
