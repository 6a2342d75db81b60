"""The tables, in SQL that SQLite and PostgreSQL both read where they can.

``event`` is the truth; ``cases`` ``clock`` ``duty`` ``notice`` ``search_doc`` are what folding it gives.
The case 0 is the house itself: its timeline tells what befell lists, policies and calendars.
Every table and every key carries ``site_id``; ``case_id`` and ``event_no`` are 64-bit integers. In
SQLite a lone integer key is the row's own address, so it leads nothing and costs nothing.
"""

from workbench.domain.tokens import TOKENIZER

TABLES = (
    "CREATE TABLE setting (site_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (site_id, key))",
    "CREATE TABLE policy (site_id INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,"
    " text TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, grammar INTEGER,"
    " PRIMARY KEY (site_id, version))",
    "CREATE TABLE calendar_day (site_id INTEGER NOT NULL, calendar TEXT NOT NULL, day TEXT NOT NULL,"
    " works INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
    " PRIMARY KEY (site_id, calendar, day))",
    "CREATE TABLE staff (site_id INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,"
    " active INTEGER NOT NULL, unit TEXT NOT NULL, post TEXT NOT NULL, step INTEGER,"
    " away_from TEXT, away_until TEXT, substitute TEXT NOT NULL, login TEXT,"
    " PRIMARY KEY (site_id, name))",
    "CREATE TABLE unit (site_id INTEGER NOT NULL, name TEXT NOT NULL, tier TEXT NOT NULL,"
    " parent TEXT NOT NULL, PRIMARY KEY (site_id, name))",
    # a unit of the lowest tier: the place of a case
    "CREATE TABLE site (site_id INTEGER NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL,"
    " PRIMARY KEY (site_id, name))",
    "CREATE TABLE counter (site_id INTEGER NOT NULL, day TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (site_id, day))",
    """CREATE TABLE event (
        event_no INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, case_id INTEGER NOT NULL,
        seq INTEGER NOT NULL, op_id BLOB NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
        hash BLOB NOT NULL, seal BLOB, data TEXT, salt BLOB, digest BLOB,
        typed_by TEXT, read_at TEXT, timed TEXT)""",
    """CREATE TABLE cases (
        case_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL, number TEXT NOT NULL, ending TEXT NOT NULL,
        source TEXT NOT NULL, external_id TEXT, policy INTEGER NOT NULL,
        kind TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL, text TEXT NOT NULL,
        customer TEXT NOT NULL, phone TEXT NOT NULL, phone_key TEXT NOT NULL, site TEXT NOT NULL,
        unit TEXT NOT NULL, people INTEGER, claim TEXT, impact TEXT, flags TEXT NOT NULL, fault TEXT NOT NULL,
        mood INTEGER, remedy_sought TEXT, about TEXT, outcome TEXT, resolution TEXT, accepted TEXT,
        verdict TEXT, severity INTEGER NOT NULL, hot INTEGER NOT NULL, status TEXT NOT NULL,
        stage TEXT NOT NULL,
        first_asked TEXT NOT NULL, handler TEXT, handoffs INTEGER NOT NULL, repeat INTEGER NOT NULL,
        received_at TEXT NOT NULL, closed_at TEXT, done_at TEXT, last_told_at TEXT,
        standard TEXT, cause TEXT, verified_at TEXT, compensation TEXT, engineer TEXT, person INTEGER,
        part_of TEXT, incident TEXT, csi INTEGER, nps INTEGER, mood_after INTEGER, callback_again_at TEXT,
        pause_until TEXT, next_due_at TEXT, next_clock TEXT NOT NULL, due_key TEXT NOT NULL,
        promise_due_at TEXT,
        watch_at TEXT, hot_at TEXT, version INTEGER NOT NULL"""
    ", unanswered_since TEXT, waits_since TEXT, repeat_of TEXT, passes INTEGER, head BLOB"
    ", restricted_at TEXT)",
    """CREATE TABLE clock (
        site_id INTEGER NOT NULL, case_id INTEGER NOT NULL, clock TEXT NOT NULL, cycle INTEGER NOT NULL,
        state TEXT NOT NULL, calendar TEXT NOT NULL, due_at TEXT, stopped_at TEXT, holder TEXT, PRIMARY KEY (site_id, case_id, clock, cycle)) WITHOUT ROWID""",  # noqa: E501 (as SQLite adds it)
    """CREATE TABLE duty (
        site_id INTEGER NOT NULL, case_id INTEGER NOT NULL, kind TEXT NOT NULL, duty INTEGER NOT NULL,
        owner TEXT NOT NULL, actor TEXT NOT NULL, text TEXT NOT NULL, started_at TEXT NOT NULL,
        due_at TEXT NOT NULL, state TEXT NOT NULL, ended_at TEXT, answer TEXT NOT NULL,
        PRIMARY KEY (site_id, case_id, kind, duty)) WITHOUT ROWID""",
    """CREATE TABLE notice (
        site_id INTEGER NOT NULL, case_id INTEGER NOT NULL, notice INTEGER NOT NULL, person TEXT NOT NULL,
        what TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, seen_at TEXT,
        PRIMARY KEY (site_id, case_id, notice)) WITHOUT ROWID""",
    # early warnings; those about a case follow from its entries seq and decided_seq
    """CREATE TABLE warning (
        site_id INTEGER NOT NULL, warning INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        case_id INTEGER, seq INTEGER, site TEXT NOT NULL, category TEXT NOT NULL, fact TEXT NOT NULL,
        at TEXT NOT NULL, state TEXT NOT NULL, decided_at TEXT, decided_by TEXT, reason TEXT,
        decided_seq INTEGER, over INTEGER NOT NULL"""
    """, owner TEXT, due_at TEXT, answered_at TEXT, answered_by TEXT, answer TEXT,
        PRIMARY KEY (site_id, warning), UNIQUE (site_id, kind, subject)) WITHOUT ROWID""",
    """CREATE TABLE wave (
        site_id INTEGER NOT NULL, wave INTEGER NOT NULL, site TEXT NOT NULL, category TEXT NOT NULL,
        since TEXT NOT NULL, until TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
        actor TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT,
        PRIMARY KEY (site_id, wave)) WITHOUT ROWID""",
    # customers whom we call by ourselves; campaign_call is the truth, what a contact is follows from it
    "CREATE TABLE campaign (site_id INTEGER NOT NULL, campaign INTEGER NOT NULL, name TEXT NOT NULL,"
    " kind TEXT NOT NULL, by_day TEXT, at TEXT NOT NULL, actor TEXT NOT NULL, closed_at TEXT, closed_by TEXT,"
    " PRIMARY KEY (site_id, campaign)) WITHOUT ROWID",
    """CREATE TABLE campaign_contact (
        site_id INTEGER NOT NULL, campaign INTEGER NOT NULL, contact INTEGER NOT NULL,
        identity TEXT NOT NULL, customer TEXT NOT NULL, phone TEXT NOT NULL, site TEXT NOT NULL,
        unit TEXT NOT NULL, consent INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
        entries INTEGER NOT NULL, calls INTEGER NOT NULL, last_call INTEGER NOT NULL, state TEXT NOT NULL,
        next_at TEXT, case_id INTEGER"""
    ", restricted_at TEXT, PRIMARY KEY (site_id, campaign, contact)) WITHOUT ROWID",
    """CREATE TABLE campaign_call (
        site_id INTEGER NOT NULL, campaign INTEGER NOT NULL, contact INTEGER NOT NULL, entry INTEGER NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, reached INTEGER, csi INTEGER, nps INTEGER,
        mood INTEGER, text TEXT NOT NULL, again_at TEXT, case_id INTEGER,
        PRIMARY KEY (site_id, campaign, contact, entry)) WITHOUT ROWID""",
    # pages of nights as they were printed: head is the last entry that a page knew of; digest covers the
    # row and last, the digest of the night kept before it
    """CREATE TABLE night (
        site_id INTEGER NOT NULL, day TEXT NOT NULL, made_at TEXT NOT NULL, actor TEXT NOT NULL,
        head INTEGER NOT NULL, printed TEXT NOT NULL, last BLOB NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (site_id, day))""",
    # the events with words in them; doc_id is the event's number
    "CREATE TABLE search_doc (doc_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL)",
    f"CREATE VIRTUAL TABLE search_token USING fts5(tokens, content='', tokenize=\"{TOKENIZER}\")",
)

# an act does not merge the index: see storage/search.py
KEPT_SETTINGS = ("INSERT INTO search_token (search_token, rank) VALUES ('automerge', 0)",)

INDEXES = (
    "CREATE UNIQUE INDEX event_of_case ON event (site_id, case_id, seq)",
    "CREATE INDEX event_at ON event (site_id, at, act)",
    # of every other act its case is known, and asked
    "CREATE UNIQUE INDEX event_recorded ON event (site_id, op_id) WHERE act = 'record'",
    "CREATE INDEX event_in_doubt ON event (site_id, event_no) WHERE timed = 'doubt' OR read_at IS NOT NULL",
    # the number backwards: one index finds it whole or by its end, and keeps it unique
    "CREATE UNIQUE INDEX case_ending ON cases (site_id, ending)",
    "CREATE UNIQUE INDEX case_external ON cases (site_id, source, external_id) WHERE external_id IS NOT NULL",
    # the queues, each in its order, of which the key of the case is the end (SQLite has it there by itself);
    # NULLs cannot arise in due_key
    "CREATE INDEX queue_live ON cases (site_id, due_key, severity, received_at) WHERE status <> 'done'",
    "CREATE INDEX queue_handler ON cases (site_id, handler, due_key, severity, received_at, case_id, status,"
    " first_asked)"
    " WHERE status <> 'done'",
    "CREATE INDEX queue_callbacks ON cases (site_id, due_key, severity, received_at) WHERE status = 'closed'",
    "CREATE INDEX queue_waiting ON cases (site_id, pause_until, severity, received_at)"
    " WHERE status = 'waiting'",
    "CREATE INDEX queue_hot ON cases (site_id, due_key, severity, received_at)"
    " WHERE status <> 'done' AND hot = 1",
    "CREATE INDEX queue_will_be_hot ON cases (site_id, hot_at) WHERE hot_at IS NOT NULL",
    "CREATE INDEX queue_promises ON cases (site_id, promise_due_at, severity, received_at)"
    " WHERE promise_due_at IS NOT NULL",
    "CREATE INDEX queue_waiting_for_us ON cases (site_id, waits_since, severity, received_at)"
    " WHERE waits_since IS NOT NULL",
    "CREATE INDEX case_done ON cases (site_id, done_at) WHERE status = 'done'",
    "CREATE INDEX case_received ON cases (site_id, received_at)",
    "CREATE INDEX case_closed ON cases (site_id, closed_at) WHERE closed_at IS NOT NULL",
    "CREATE INDEX case_watch ON cases (site_id, watch_at, case_id, received_at, pause_until)"
    " WHERE watch_at IS NOT NULL",
    "CREATE INDEX case_phone ON cases (site_id, phone_key) WHERE phone_key <> ''",
    "CREATE INDEX case_place ON cases (site_id, site, unit) WHERE unit <> ''",
    # whoever records asks for the month's cases of a place and category: from the index alone
    "CREATE INDEX case_cluster ON cases (site_id, site, category, received_at, kind, status, severity, hot,"
    " phone_key, customer, unit) WHERE site <> ''",
    "CREATE INDEX clock_stopped ON clock (site_id, stopped_at, clock, state) WHERE stopped_at IS NOT NULL",
    # time counts alike on every day of the calendar "always", so nobody asks which of its clocks run
    "CREATE INDEX clock_running ON clock (site_id, calendar, due_at)"
    " WHERE stopped_at IS NULL AND calendar <> 'always'",
    "CREATE INDEX duty_open ON duty (site_id, kind, due_at) WHERE state = 'open'",
    "CREATE INDEX duty_of ON duty (site_id, owner, due_at) WHERE state = 'open'",
    "CREATE INDEX duty_ended ON duty (site_id, ended_at, kind, state, due_at) WHERE ended_at IS NOT NULL",
    "CREATE INDEX notice_unseen ON notice (site_id, person, at) WHERE seen_at IS NULL",
    "CREATE INDEX case_person ON cases (site_id, person) WHERE person IS NOT NULL",
    "CREATE INDEX case_verified ON cases (site_id, verified_at) WHERE verified_at IS NOT NULL",
    "CREATE INDEX case_restricted ON cases (site_id, phone_key) WHERE restricted_at IS NOT NULL",
    "CREATE INDEX case_part ON cases (site_id, part_of) WHERE part_of IS NOT NULL",
    "CREATE INDEX case_incident ON cases (site_id, site) WHERE incident IS NOT NULL",
    "CREATE UNIQUE INDEX campaign_name ON campaign (site_id, name)",
    "CREATE UNIQUE INDEX campaign_identity ON campaign_contact (site_id, campaign, identity)",
    "CREATE INDEX campaign_to_call ON campaign_contact (site_id, campaign, state, next_at, contact)"
    " WHERE consent = 1",
    "CREATE INDEX warning_open ON warning (site_id, kind, at) WHERE state = 'open' AND over = 0",
    "CREATE INDEX warning_of_case ON warning (site_id, case_id, seq) WHERE case_id IS NOT NULL",
    "CREATE INDEX wave_at ON wave (site_id, site, since)",
)
