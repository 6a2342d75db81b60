"""Who may write at a given time where people really work: the right ``replay``."""

from storage.engine import Db
from workbench.desk import Desk
from workbench.rules import permissions

RIGHT = "replay"


def ensure_may(desk: Desk, db: Db) -> None:
    """Refuse whoever has no role that allows ``RIGHT``.

    Raises:
        UsageError: nobody of the staff list.
        RefusedError: the role does not allow it.
    """
    permissions.ensure_may_act(desk, db)
