"""An import records cases: whoever may not record does not import."""

import pytest
from organisation_support import furnished

from workbench.domain.errors import RefusedError
from workbench.exchange import importing
from workbench.setup import people


def test_a_role_that_records_no_cases_imports_none(bench):
    house = furnished(bench)
    people.add_person(house.desk("zong"), "pin", {"role": "quality"})
    job = importing.Job(house.desk("pin"), None, None)  # nothing is read before the right is asked
    with pytest.raises(RefusedError, match="pin may not do this"):
        importing.run(job)
