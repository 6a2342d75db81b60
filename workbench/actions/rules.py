"""The rules in force: a policy version of the store, with what the store knows: days, staff and units."""

from storage import organisation, settings
from storage.engine import Db
from workbench import policy
from workbench.domain.policies import Policy, Rules


def rules_of(db: Db, site_id: int, version: int) -> Rules:
    """Return policy ``version`` of the store, ready to compute with."""
    name, text = settings.policy(db, site_id, version)
    parsed = policy.parse(text, name)
    calendars = policy.with_days(parsed, settings.calendar_days(db, site_id))
    return Rules(version, parsed, calendars, organisation.load(db, site_id, lowest_tier(parsed)))


def lowest_tier(parsed: Policy) -> str:
    """Return the id of the tier that sites are of; empty where the policy has no tiers."""
    return next(iter(parsed.regime.tiers), "")
