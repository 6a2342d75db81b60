"""A pause above the limit is the supervisor's to decide, in every regime, whoever decides on sums there."""

import pytest
from desks import Bench
from duty_support import told

from workbench.domain.errors import RefusedError
from workbench.policy import loading
from workbench.setup import people, units

REGIMES = ["default", "leyoujia", "mingyuan", "vanke", "hopson", "iso10002"]
LONG = {"reason": "等配件", "for": "parts", "until": "+40d"}


def house(regime, folder, clock):
    bench = Bench(folder / "own.db", clock, loading.load(regime)[1])
    for name, tier, parent in (("A", "group", ""), ("B", "company", "A"), ("C", "project", "B")):
        units.add_unit(bench.desk("zong"), name, {"tier": tier, "under": parent})
    for name, role, unit in (
        ("zong", "head-office", "A"), ("tou", "manager", "B"), ("jin", "supervisor", "C"), ("mei", "handler", "C"),
        ("bo", "handler", "C"),
    ):  # fmt: skip
        people.add_person(bench.desk("zong"), name, {"role": role, "unit": unit})
    return bench


@pytest.mark.parametrize("regime", REGIMES)
def test_the_supervisor_is_asked_and_decides(regime, tmp_path, clock):
    bench = house(regime, tmp_path, clock)
    case = bench.act(bench.record("mei", site="C"), "take", "mei")
    case = bench.act(case, "pause", "mei", **LONG)
    assert (case.owed("approval")[0].owner, told(case, "request-approval")) == ("jin", ["jin"])
    with pytest.raises(RefusedError):
        bench.act(case, "approve", "bo")
    case = bench.act(case, "approve", "jin")
    assert (case.pause is not None, bench.desk().timeline(case.case_id)[-1].by) == (True, "jin")


def test_what_the_centre_alone_decides_stays_its_own_beside_a_pause(tmp_path, clock):
    bench = house("hopson", tmp_path, clock)
    case = bench.act(bench.record("mei", site="C", people="12"), "take", "mei")
    case = bench.act(case, "compensate", "mei", amount="1", text="补偿")
    for person in ("jin", "tou"):
        with pytest.raises(
            RefusedError, match=f"{person} may not do this; it is for: Customer service centre"
        ):
            bench.act(case, "approve", person)
    case = bench.act(case, "pause", "mei", **LONG)
    sum_, pause = (str(duty.id) for duty in case.owed("approval"))
    with pytest.raises(RefusedError, match="above the authority of jin"):
        bench.act(case, "approve", "jin", id=sum_)
    assert bench.act(case, "approve", "jin", id=pause).pause is not None
    assert [duty.owner for duty in bench.now(case).owed("approval")] == ["zong"]
