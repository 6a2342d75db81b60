"""The rules in force: a policy version of the store, with the calendar days that the store knows."""

from storage import settings
from storage.engine import Db
from workbench import policy
from workbench.domain.policies import Rules


def rules_of(db: Db, site_id: int, version: int) -> Rules:
    """Return policy ``version`` of the store, ready to compute with."""
    name, text = settings.policy(db, site_id, version)
    parsed = policy.parse(text, name)
    return Rules(version, parsed, policy.with_days(parsed, settings.calendar_days(db, site_id)))
