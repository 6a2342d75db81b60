"""The table of cases and the page of facts: neither has what the other does not know of."""

from storage import cases, filters, schema
from storage.engine import scratch
from workbench.domain import facts


def columns_of(tables):
    db = scratch()
    try:
        for sql in tables:
            if sql.startswith("CREATE TABLE"):
                db.run(sql)
        return [row[1] for row in db.all("PRAGMA table_info(cases)")]
    finally:
        db.connection.close()


def unknown(columns):
    """The columns that are no fact and not storage's own, and those that ought to be there."""
    return set(columns) ^ {*cases.OWN, *facts.where(lambda fact: fact.stored)}


def test_every_stored_fact_has_a_column_and_every_column_a_record_or_a_use_of_its_own():
    assert unknown(columns_of(schema.TABLES)) == set()
    assert set(cases.OWN) & set(cases.FACTS) == set()


def test_the_comparison_sees_a_column_too_many_and_one_too_few():
    columns = columns_of(schema.TABLES)
    assert unknown([*columns, "floor"]) == {"floor"}
    assert unknown(set(columns) - {"mood"}) == {"mood"}


def test_a_row_is_written_whole():
    assert sorted(cases.COLUMNS) == sorted(columns_of(schema.TABLES))


def test_a_list_can_be_narrowed_by_what_is_stored_and_by_overdue_which_its_own_column_tells():
    assert [name for name in filters.FIELDS if name not in cases.FACTS] == ["overdue"]
