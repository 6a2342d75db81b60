"""The audits of a day stand on its page, by question and by month."""

from datetime import date

from workbench.reports.evening import more
from workbench.reports.evening.given import Given
from workbench.reports.scope import Scope
from workbench.reports.summary import summary

DAY = date(2026, 11, 21)


def test_audits_stand_on_the_page_by_question_and_by_month(bench):
    case = bench.record(close=True, outcome="x")
    bench.act(case, "audit", "lan", met="acknowledged,on-record", failed="learned", text="x", owner="bo")
    found = summary(bench.desk(), Scope(DAY, DAY))
    tables = {table.title: table.rows for table in more.tables(Given(found, bench.desk().rules()))}
    assert ("Learned from", "0", "1", "0.0 %") in tables["Audits by question"]
    assert tables["Audits by month"] == [("2026-11", "1", "66.7 %")]


def test_without_an_audit_nothing_is_said_of_them(bench):
    bench.record()
    found = summary(bench.desk(), Scope(DAY, DAY))
    assert found["audits"]["n"] == 0
    titles = [table.title for table in more.tables(Given(found, bench.desk().rules()))]
    assert not any("Audits" in title for title in titles)
