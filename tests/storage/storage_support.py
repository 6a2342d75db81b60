"""A store in which everything has happened, and ways to tamper with it."""

from contextlib import closing, contextmanager

from storage import events, migrate_3, search
from storage.engine import Db, connect


def a_full_store(bench):
    """Cases with every act, an undo, a pause that ended by itself, a cluster, and a sweep."""
    from workbench.watch.sweep import sweep

    first = bench.record(
        customer="王芳", phone="13800138000", site="金色家园", unit="3-502", claim="9999.99", mood="2"
    )
    bench.clock.pass_(minutes=5)
    for action, given in (
        ("take", {}),
        ("acknowledge", {"text": "已收到"}),
        ("heard", {"text": "又打来一次"}),
        ("promise", {"text": "明天上门", "due": "tomorrow 9:00"}),
        ("keep", {"id": "1"}),
        ("note", {"text": "老李说阀门坏了"}),
        ("propose", {"text": "更换水管"}),
        ("pause", {"reason": "等待配件", "for": "parts", "until": "+2h"}),
    ):
        bench.act(first, action, **given)
    bench.clock.pass_(hours=3)
    bench.act(first, "reply", text="配件到了")
    bench.act(first, "regrade", level="1", reason="老人在家")
    bench.act(first, "close", outcome="修好了")
    bench.act(first, "callback", reached="yes", csi="2", mood="3", still_a_problem=True)
    bench.act(first, "undo")
    bench.act(first, "callback", reached="yes", csi="5", nps="9", mood="4")
    bench.act(first, "reopen", reason="又漏了")
    others = [
        bench.record(customer=name, phone=f"1380013800{n}", site="金色家园", text="厨房又漏水")
        for n, name in enumerate(("李雷", "韩梅"), 1)
    ]
    bench.act(others[0], "promise", text="周五前答复", due="+2d")
    bench.act(others[1], "assign", to="lao-li")
    bench.act(others[1], "pause", reason="等客户回电", **{"for": "customer"}, until="+1d")
    bench.record(kind="inquiry", text="停车费怎么算？", close=True, outcome="已答复")
    bench.clock.pass_(days=9)
    sweep(bench.desk())
    bench.store.write(search.catch_up)
    bench.clock.pass_(days=1)
    return first, *others


@contextmanager
def raw(path):
    """The file without any of our rules, as anybody with a SQLite tool has it."""
    db = connect(path)
    with closing(db.connection):
        yield db


def rehash(db: Db, site_id: int, case_id: int) -> None:
    """Make chain, head and all seals anew, as a forger who knows the code would."""
    last = events.NO_HASH
    rows = db.all(
        "SELECT event_no, seq, op_id, at, actor, act, typed_by, read_at, timed, data, salt, digest FROM event"
        " WHERE case_id = ? ORDER BY seq",
        (case_id,),
    )
    for event_no, seq, op_id, at, by, act, typed_by, read_at, timed, data, salt, digest in rows:
        body = events.body_of(site_id, case_id, seq, op_id, at, by, act, typed_by, read_at, timed)
        if salt is not None:  # of what was erased nobody can tell
            digest = events.digest_of(salt, data)
        last = events.chained(last, body, digest)
        db.run("UPDATE event SET hash = ? WHERE event_no = ?", (last, event_no))
    db.run("UPDATE cases SET head = ? WHERE case_id = ?", (last, case_id))
    reseal(db)


def reseal(db: Db) -> None:
    seal = events.NO_HASH
    for event_no, digest in db.all("SELECT event_no, hash FROM event ORDER BY event_no"):
        seal = events.sealed(seal, digest)
        kept = None if event_no % events.SEAL_EVERY else seal
        db.run("UPDATE event SET seal = ? WHERE event_no = ?", (kept, event_no))


def fill_as_schema_3(db: Db) -> None:
    """Write what the upgrade to schema 3 writes into older rows; the policy here is of today."""
    for statement in migrate_3.FILLED:
        if not statement.startswith("UPDATE policy"):
            db.run(statement)
