"""Which days figures are about, and those that they are compared with."""

from datetime import date

import pytest

from workbench.reports.scope import Scope


@pytest.mark.parametrize(
    ("first", "last", "before", "a_year_ago"),
    [
        ("2026-11-21", "2026-11-21", ("2026-11-20", "2026-11-20"), ("2025-11-21", "2025-11-21")),
        ("2026-11-16", "2026-11-22", ("2026-11-09", "2026-11-15"), ("2025-11-16", "2025-11-22")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
        ("2028-02-01", "2028-02-29", ("2028-01-01", "2028-01-31"), ("2027-02-01", "2027-02-28")),
        ("2028-02-29", "2028-02-29", ("2028-02-28", "2028-02-28"), ("2027-02-28", "2027-02-28")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31")),
    ],
)
def test_the_days_before_and_those_of_last_year(
    first: str, last: str, before: tuple[str, str], a_year_ago: tuple[str, str]
) -> None:
    scope = Scope(date.fromisoformat(first), date.fromisoformat(last))
    assert tuple(map(str, scope.before()[:2])) == before
    assert tuple(map(str, scope.a_year_ago()[:2])) == a_year_ago
