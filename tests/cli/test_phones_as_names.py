"""What is shown whole, an id or the name of somebody at work, should be no phone: it is warned of, or refused."""

import pytest

from workbench.domain import masks
from workbench.domain.text import gist

HEAD = "编号,投诉内容,来电时间"


def suggested(wb, home, ids):
    rows = [f"{number},厨房漏水,2026-11-20 10:0{place}" for place, number in enumerate(ids)]
    (home / "calls.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return wb("import", home / "calls.csv", "--suggest")


def test_a_column_of_ids_that_holds_phones_is_warned_of(wb, home):
    done = suggested(wb, home, ["13812348000", "13912348001", "15012348002"])
    assert done.code == 0
    assert "ids are never masked" in done.out
    assert "ids are never masked" in done.err


def test_a_column_of_ids_that_holds_ids_is_not(wb, home):
    done = suggested(wb, home, ["A1", "A2", "20261121001"])
    assert (done.code, "never masked" in done.out + done.err) == (0, False)


@pytest.mark.parametrize(
    "name",
    [
        "13812348000",
        "138-1234-8000",
        "１３８１２３４８０００",
        "李 13812348000",
        "一三八一二三四八〇〇〇",
        "110101199003071234",
    ],
)
def test_a_name_that_is_a_phone_is_refused(wb, name):
    refused = wb("staff", "add", name)
    assert refused.code == 2
    assert refused.err.startswith("NAME:")
    assert "13812348000" not in refused.err
    assert wb("--json", "staff", "list").json == []


@pytest.mark.parametrize("name", ["mei", "李一三", "agent-0042", "li@house.cn", "20261121"])
def test_a_name_is_taken(wb, name):
    assert wb("staff", "add", name).code == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("漏" * 66 + "13812348000请回电" + "漏" * 20, "漏" * 66 + "138****8000..."),
        ("漏" * 70 + "13812348000请回电" + "漏" * 20, "漏" * 70 + "138****..."),
        ("漏" * 68 + "138-1234-8000" + "漏" * 20, "漏" * 68 + "138-****-..."),
        ("漏" * 72 + "2026年" + "漏" * 20, "漏" * 72 + "2026年..."),
        ("电话13812348000", "电话138****8000"),
    ],
)
def test_a_number_that_is_cut_at_the_end_of_a_line_is_masked_all_the_same(text, shown):
    assert masks.cut("text", gist(text, 80)) == shown
