"""An organisation that several tests walk through: a group, two companies, three places, a department."""

from desks import Bench

from storage import organisation
from storage.organisation import Change
from workbench.domain.organisation import Member
from workbench.setup import people, units

REGIME = """
[tiers]
project = { zh = "项目", en = "Project" }
company = { zh = "公司", en = "Company" }
group = { zh = "集团", en = "Group" }
[roles]
reader = { zh = "只读", en = "Reader", may = [] }
handler = { zh = "经办人", en = "Handler", may_not = ["policy", "staff", "calendar"] }
supervisor = { zh = "主管", en = "Supervisor", may_not = ["policy", "staff"] }
manager = { zh = "经理", en = "Manager", may_not = ["policy"] }
head-office = { zh = "总部", en = "Head office" }
"""
TIERS = ("project", "company", "group")
TREE = (
    ("集团", "group", ""),
    ("深圳公司", "company", "集团"),
    ("杭州公司", "company", "集团"),
    ("工程部", "department", "深圳公司"),
    ("金色家园", "project", "深圳公司"),
    ("云栖花园", "project", "深圳公司"),
    ("湖畔", "project", "杭州公司"),
)
# name, role, unit, step
PEOPLE = (
    ("zong", "head-office", "集团", 1),
    ("shen", "manager", "深圳公司", 2),
    ("hang", "manager", "杭州公司", None),
    ("gong", "supervisor", "工程部", None),
    ("jin", "supervisor", "金色家园", None),
    ("mei", "handler", "金色家园", 3),
    ("bo", "handler", "金色家园", None),
    ("yun", "handler", "云栖花园", None),
)


def furnished(bench: Bench) -> Bench:
    """Put the tree and the people into a store and return it."""
    for name, tier, parent in TREE:
        units.add_unit(bench.desk("zong"), name, {"tier": tier, "under": parent})
    for name, role, unit, step in PEOPLE:
        facts = {"role": role, "unit": unit} | ({"step": str(step)} if step else {})
        people.add_person(bench.desk("zong"), name, facts)
    return bench


def listed(bench: Bench, name: str) -> Member | None:
    """Return somebody as every desk knows them."""
    return bench.desk().rules().organisation.members.get(name)


def changes(bench: Bench) -> list[Change]:
    """Return the log of the lists."""
    with bench.store.reading() as db:
        return organisation.changes(db, bench.store.site_id)
