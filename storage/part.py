"""The part of the house that figures are asked of: places, somebody's cases, or both."""

import json
from typing import Any, NamedTuple

from storage.engine import Db
from workbench.domain.cases import Case

AT_SITES = " AND {cases}.site IN (SELECT value FROM json_each(:part_sites))"
OF_HANDLER = " AND {cases}.handler = :part_handler"
OF_CASE = " AND EXISTS (SELECT 1 FROM cases part WHERE part.case_id = {key}{conditions})"


class Part(NamedTuple):
    """Which cases count: those at one of ``sites`` and those of ``handler``; None counts every one.

    Both are what the case says now. Statements take ``given`` beside their own parameters.
    """

    sites: tuple[str, ...] | None = None
    handler: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every case counts."""
        return self.sites is None and self.handler is None

    def holds(self, case: Case) -> bool:
        """Say whether ``case`` counts, as it is now."""
        at_sites = self.sites is None or case.site in self.sites
        return at_sites and self.handler in (None, case.handler)

    @property
    def given(self) -> dict[str, Any]:
        """The parameters of both conditions."""
        sites = json.dumps(self.sites or (), ensure_ascii=False)
        return {} if self.is_whole else {"part_sites": sites, "part_handler": self.handler}

    def on_cases(self, cases: str = "cases") -> str:
        """Return `` AND …`` for a statement that reads the table of cases under the name ``cases``."""
        at_sites = "" if self.sites is None else AT_SITES
        return (at_sites + ("" if self.handler is None else OF_HANDLER)).format(cases=cases)

    def on_keys(self, key: str) -> str:
        """Return `` AND …`` for a statement whose column ``key`` names a case: entries, clocks, duties.

        ``key`` is named with its table (``clock.case_id``): cases have such a column too.
        """
        return "" if self.is_whole else OF_CASE.format(key=key, conditions=self.on_cases("part"))


WHOLE = Part()
AT_SITE = "SELECT 1 FROM cases WHERE site_id = ? AND site = ? AND site <> '' LIMIT 1"
HELD = "SELECT 1 FROM cases WHERE site_id = ? AND handler = ? AND status <> 'done' LIMIT 1"
EVER_HELD = "SELECT 1 FROM cases WHERE site_id = ? AND handler = ? LIMIT 1"


def has_site(db: Db, site_id: int, site: str) -> bool:
    """Say whether a case is at ``site``."""
    return db.value(AT_SITE, (site_id, site)) is not None


def has_handler(db: Db, site_id: int, handler: str) -> bool:
    """Say whether ``handler`` holds a case, or held one last; where nobody does, every case is read."""
    return any(db.value(sql, (site_id, handler)) is not None for sql in (HELD, EVER_HELD))
