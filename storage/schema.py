"""The tables, in SQL that SQLite and PostgreSQL both read where they can.

``event`` is the truth; ``cases``, ``clock``, ``promise`` and ``search_doc`` are what folding it gives.
Every table and every key carries ``site_id``; ``case_id`` and ``event_no`` are 64-bit integers. In
SQLite a lone integer key is the row's own address, so it leads nothing and costs nothing.
"""

from workbench.domain.tokens import TOKENIZER

TABLES = (
    "CREATE TABLE setting (site_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (site_id, key))",
    "CREATE TABLE policy (site_id INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,"
    " text TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (site_id, version))",
    "CREATE TABLE calendar_day (site_id INTEGER NOT NULL, calendar TEXT NOT NULL, day TEXT NOT NULL,"
    " works INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
    " PRIMARY KEY (site_id, calendar, day))",
    # every edit of a calendar, for ever; calendar_day has what holds
    "CREATE TABLE calendar_log (log_no INTEGER PRIMARY KEY, site_id INTEGER NOT NULL,"
    " calendar TEXT NOT NULL, day TEXT NOT NULL, works INTEGER NOT NULL, name TEXT NOT NULL,"
    " at TEXT NOT NULL, actor TEXT NOT NULL)",
    "CREATE TABLE staff (site_id INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,"
    " active INTEGER NOT NULL, PRIMARY KEY (site_id, name))",
    "CREATE TABLE site (site_id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (site_id, name))",
    "CREATE TABLE counter (site_id INTEGER NOT NULL, day TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (site_id, day))",
    """CREATE TABLE event (
        event_no INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, case_id INTEGER NOT NULL,
        seq INTEGER NOT NULL, op_id TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
        data TEXT, salt TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL, seal TEXT NOT NULL)""",
    """CREATE TABLE cases (
        case_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, number TEXT NOT NULL, ending TEXT NOT NULL,
        source TEXT NOT NULL, external_id TEXT, policy INTEGER NOT NULL,
        kind TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL, text TEXT NOT NULL,
        customer TEXT NOT NULL, phone TEXT NOT NULL, phone_key TEXT NOT NULL, site TEXT NOT NULL,
        unit TEXT NOT NULL, people INTEGER, claim TEXT, impact TEXT, flags TEXT NOT NULL, fault TEXT NOT NULL,
        mood INTEGER, remedy_sought TEXT, outcome TEXT, resolution TEXT, accepted TEXT, verdict TEXT,
        severity INTEGER NOT NULL, hot INTEGER NOT NULL, status TEXT NOT NULL, stage TEXT NOT NULL,
        first_asked TEXT NOT NULL, handler TEXT, handoffs INTEGER NOT NULL, repeat INTEGER NOT NULL,
        received_at TEXT NOT NULL, closed_at TEXT, done_at TEXT, last_told_at TEXT,
        csi INTEGER, nps INTEGER, mood_after INTEGER, callback_again_at TEXT, pause_until TEXT,
        next_due_at TEXT, next_clock TEXT NOT NULL, due_key TEXT NOT NULL, promise_due_at TEXT,
        watch_at TEXT, hot_at TEXT, gist TEXT NOT NULL, version INTEGER NOT NULL, head TEXT NOT NULL)""",
    """CREATE TABLE clock (
        site_id INTEGER NOT NULL, case_id INTEGER NOT NULL, clock TEXT NOT NULL, cycle INTEGER NOT NULL,
        state TEXT NOT NULL, calendar TEXT NOT NULL, target_seconds INTEGER, started_at TEXT NOT NULL,
        due_at TEXT, stopped_at TEXT, PRIMARY KEY (site_id, case_id, clock, cycle)) WITHOUT ROWID""",
    """CREATE TABLE promise (
        site_id INTEGER NOT NULL, case_id INTEGER NOT NULL, promise INTEGER NOT NULL, text TEXT NOT NULL,
        due_at TEXT NOT NULL, state TEXT NOT NULL, ended_at TEXT,
        PRIMARY KEY (site_id, case_id, promise)) WITHOUT ROWID""",
    # one document for every event with words in it; doc_id is the event's number
    "CREATE TABLE search_doc (doc_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL,"
    " case_id INTEGER NOT NULL, folded TEXT NOT NULL)",
    f"CREATE VIRTUAL TABLE search_token USING fts5(tokens, content='', tokenize=\"{TOKENIZER}\")",
)

INDEXES = (
    "CREATE UNIQUE INDEX event_of_case ON event (site_id, case_id, seq)",
    "CREATE UNIQUE INDEX event_op ON event (op_id)",
    "CREATE INDEX event_at ON event (site_id, at, act)",
    # the number backwards: one index finds it whole or by its end, and keeps it unique
    "CREATE UNIQUE INDEX case_ending ON cases (site_id, ending)",
    "CREATE UNIQUE INDEX case_external ON cases (site_id, source, external_id) WHERE external_id IS NOT NULL",
    # the queues, each in its order; NULLs cannot arise in due_key
    "CREATE INDEX queue_live ON cases (site_id, due_key, severity, received_at, case_id)"
    " WHERE status <> 'done'",
    "CREATE INDEX queue_handler ON cases (site_id, handler, due_key, severity, received_at, case_id, status)"
    " WHERE status <> 'done'",
    "CREATE INDEX queue_callbacks ON cases (site_id, due_key, severity, received_at, case_id)"
    " WHERE status = 'closed'",
    "CREATE INDEX queue_waiting ON cases (site_id, pause_until, severity, received_at, case_id)"
    " WHERE status = 'waiting'",
    "CREATE INDEX queue_hot ON cases (site_id, due_key, severity, received_at, case_id)"
    " WHERE status <> 'done' AND hot = 1",
    "CREATE INDEX queue_will_be_hot ON cases (site_id, hot_at, case_id) WHERE hot_at IS NOT NULL",
    "CREATE INDEX queue_promises ON cases (site_id, promise_due_at, severity, received_at, case_id)"
    " WHERE promise_due_at IS NOT NULL",
    "CREATE INDEX case_done ON cases (site_id, done_at, case_id) WHERE status = 'done'",
    "CREATE INDEX case_received ON cases (site_id, received_at)",
    "CREATE INDEX case_closed ON cases (site_id, closed_at) WHERE closed_at IS NOT NULL",
    "CREATE INDEX case_watch ON cases (site_id, watch_at, case_id, received_at, pause_until)"
    " WHERE watch_at IS NOT NULL",
    "CREATE INDEX case_phone ON cases (site_id, phone_key, case_id) WHERE phone_key <> ''",
    "CREATE INDEX case_place ON cases (site_id, site, unit, case_id) WHERE unit <> ''",
    "CREATE INDEX case_cluster ON cases (site_id, site, category, received_at) WHERE site <> ''",
    "CREATE INDEX clock_stopped ON clock (site_id, stopped_at, clock, state) WHERE stopped_at IS NOT NULL",
    # time counts alike on every day of the calendar "always", so nobody asks which of its clocks run
    "CREATE INDEX clock_running ON clock (site_id, calendar, due_at)"
    " WHERE stopped_at IS NULL AND calendar <> 'always'",
    "CREATE INDEX promise_open ON promise (site_id, due_at) WHERE state = 'open'",
    "CREATE INDEX promise_ended ON promise (site_id, ended_at, state) WHERE ended_at IS NOT NULL",
    "CREATE INDEX doc_of_case ON search_doc (site_id, case_id)",
)
