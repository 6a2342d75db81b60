"""Input that is meant to hurt, for the verbs of a regime: one calm sentence, nothing changed, nothing leaked."""

import os
import re
import shutil
import sys
from contextlib import suppress

import pytest
from processes import DEVNULL, PIPE, WORKBENCH, TimeoutExpired, start

from storage.store import Store

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
EVIL = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e{number}%s\x9b2J\u2028=1"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")  # what no terminal may get
PHONE = "138" + "00138000"
TABLES = (
    "event", "cases", "duty", "notice", "staff", "unit", "site", "policy", "wave", "warning",
    "campaign", "campaign_contact", "campaign_call",
)  # fmt: skip


@pytest.fixture
def firm(wb):
    """A tree, staff whose roles bind, and two cases at the site: N and M."""
    for words in (
        "units add Group --tier group", "units add South --tier company --under Group",
        "units add Estate --tier project --under South", "units add Works --tier department --under South",
        "staff add mei --role head-office --unit Group", "staff add man --role manager --unit South",
        "staff add li --role handler --unit Estate", "staff add bo --role handler --unit Estate",
        "staff add eng --role handler --unit Works", "staff add rd --role reader",
    ):  # fmt: skip
        assert wb(*words.split()).code == 0
    numbers = [
        wb("--json", "record", "--text", "x", "--site", "Estate", "--customer", "王芳", "--phone", PHONE).json
        for _ in range(2)
    ]
    names = {"N": numbers[0]["number"], "M": numbers[1]["number"]}

    def call(*words):
        return wb(*[names.get(str(word), str(word)) for word in words])

    call.number = names["N"]
    return call


def counts(home):
    """Return how many rows there are of everything that somebody may write."""
    store = Store(home / "store.db", read_only=True)
    try:
        with store.reading() as db:
            return {table: db.value(f"SELECT count(*) FROM {table}", {}) for table in TABLES}
    finally:
        store.close()


def ensure_calm(done):
    assert done.code != 1, done.err
    assert "Traceback" not in done.err
    assert not RAW.search(done.out + done.err)
    assert PHONE not in done.out + done.err


WORDS = {  # an act with everything it needs; one value of it is then made hostile
    "dispatch": ["dispatch", "N", "--to", "li", "--text", "x", "--due", "+2h", "--seen", "1"],
    "accept": ["accept", "N", "--id", "1"],
    "refuse": ["refuse", "N", "--id", "1", "--reason", "x"],
    "ask": ["ask", "N", "--of", "Works", "--text", "x", "--due", "+2h"],
    "answer": ["answer", "N", "1", "--text", "x"],
    "press": ["press", "N", "--text", "x", "--due", "+2h"],
    "tell": ["tell", "N", "--to", "li,bo", "--text", "x"],
    "escalate": ["escalate", "N", "--to", "manager", "--reason", "x"],
    "taskforce": ["taskforce", "N", "--head", "man", "--members", "li,bo", "--due", "+2h"],
    "confirm": ["confirm", "N", "--id", "1"],
    "visit": ["visit", "N", "--at", "+2h", "--engineer", "eng"],
    "visited": ["visited", "N", "1", "--text", "x"],
    "engineer": ["engineer", "N", "--to", "eng", "--reason", "x"],
    "tier": ["tier", "N", "--tier", "1", "--to", "li"],
    "handover": ["handover", "--to", "li", "--from", "bo", "--case", "N", "--text", "x", "--due", "+2h"],
    "complainant": ["complainant", "N", "--customer", "x", "--phone", "1", "--unit", "x"],
    "link": ["link", "N", "--to", "M", "--kind", "group"],
    "unlink": ["unlink", "N", "--to", "M"],
    "merge": ["merge", "N", "--into", "M", "--reason", "x"],
    "unmerge": ["unmerge", "N", "--reason", "x"],
    "incident": ["incident", "N", "--building", "3", "--text", "x"],
    "identify": ["identify", "N", "--same-as", "M"],
    "profile": ["profile", "N", "--temperament", "choleric", "--consent", "no"],
    "inspect": ["inspect", "N", "--text", "x", "--within-warranty", "yes", "--warranty-until", "2027-01-01"],
    "account": ["account", "N", "--of", "li", "--text", "x", "--due", "+2h"],
    "verify": ["verify", "N", "--verdict", "founded", "--cause", "design", "--text", "x"],
    "prevent": ["prevent", "N", "--text", "x", "--owner", "li", "--due", "+2h"],
    "compensate": ["compensate", "N", "--amount", "100", "--text", "x"],
    "pay": ["pay", "N", "1", "--text", "x"],
    "approve": ["approve", "N", "1", "--amount", "100"],
    "amend": ["amend", "N", "--people", "3", "--claim", "5", "--about", "li", "--site", "Estate", "--reason", "x"],
    "penalty": ["penalty", "N", "--on", "li", "--text", "x"],
    "plan": ["warning", "plan", "--site", "Estate", "--from", "today", "--to", "2026-12-01", "--reason", "x"],
    "review": ["review", "--sample", "3", "--seed", "x", "--from", "today"],
    "training": ["training", "--from", "today", "--to", "today"],
    "staff add": ["staff", "add", "zed", "--role", "handler", "--unit", "Estate", "--post", "x", "--step", "1"],
    "staff away": ["staff", "away", "li", "--from", "+1h", "--until", "+2h", "--substitute", "bo"],
    "units add": ["units", "add", "u", "--tier", "company", "--under", "Group"],
    "simulate": ["policy", "simulate", "vanke", "--from", "2026-11-01", "--to", "2026-11-30", "--on", "/no"],
}  # fmt: skip
NASTY = [
    "",
    "\u3000",
    "\ud800\0",
    EVIL,
    "x" * 1_000_001,
    "9" * 30,
    "-1",
    "１００．００５",
    "9999-12-31 23:59",
    PHONE,
]


@pytest.mark.parametrize("name", WORDS)
def test_each_value_made_hostile_is_taken_or_refused_calmly_and_a_refusal_changes_nothing(firm, home, name):
    words = WORDS[name]
    places = [at for at in range(1, len(words)) if not words[at].startswith("--") and words[at - 1] not in (
        "warning", "policy", "staff", "units")]  # fmt: skip
    before = counts(home)
    lists = words[0] in ("staff", "units")  # names in lists are shown as they are
    for at in places:
        for nasty in NASTY[:-1] if lists else NASTY:
            done = firm(*words[:at], nasty, *words[at + 1 :])
            ensure_calm(done)
            assert done.code in (0, 2, 3, 4, 5, 7)
            if done.code:
                assert (done.out, done.err.count("\n"), counts(home)) == ("", 1, before)
                assert len(done.err) < 700
            else:
                before = counts(home)
    assert firm("--json", "check").json["problems"] == []


@pytest.mark.parametrize("name", [name for name in WORDS if name not in ("review", "training", "simulate")])
def test_nothing_is_written_where_only_reading_is_allowed(firm, home, name):
    before = counts(home)
    done = firm("--read-only", *WORDS[name])
    assert (done.code, done.out, counts(home)) == (7, "", before)


@pytest.mark.parametrize(
    ("before", "words", "code", "said"),
    [
        ([], "merge N --into N --reason x", 2, "--into"),
        ([], "link N --to N", 2, "--to"),
        ([], "identify N --same-as N", 2, "--same-as"),
        (["merge N --into M --reason x"], "merge M --into N --reason x", 3, "merged into"),
        (["link N --to M --kind group"], "link M --to N --kind group", 3, "already"),
        (["link N --to M --kind incident"], "link M --to N --kind incident", 3, "part of"),
        ([], "units add Group --tier group --under Estate", 2, "under itself"),
        ([], "units remove South", 3, "there is still"),
        ([], "staff away li --substitute li", 2, "--substitute"),
        (["staff away bo --substitute li"], "staff away li --substitute bo", 2, "each for the other"),
        ([], "dispatch N --to rd", 3, "may read only"),
        ([], "compensate N --amount 0", 2, "--amount"),
        ([], "compensate N --amount 1e3", 2, "--amount"),
        ([], "compensate N --amount 0.005", 2, "--amount"),
        (["note N --text x"], "merge N --into M --reason x --seen 1", 5, "changed by"),
        ([], "pay N 7", 3, "no sum"),
    ],
)  # fmt: skip
def test_circles_and_wrong_turns_are_refused_and_named(firm, home, before, words, code, said):
    for each in before:
        assert firm(*each.split()).code in (0, 3)
    rows = counts(home)
    done = firm(*words.split())
    assert (done.code, done.out, counts(home)) == (code, "", rows), done.err
    assert said in done.err or code == 3
    ensure_calm(done)


def test_a_circle_over_several_cases_is_refused(firm):
    third = firm("--json", "record", "--text", "x", "--site", "Estate").json["number"]
    assert firm("link", "N", "--to", "M", "--kind", "group").code == 0
    assert firm("link", "M", "--to", third, "--kind", "incident").code == 0
    done = firm("link", third, "--to", "N", "--kind", "group")
    assert (done.code, "is part of" in done.err) == (3, True)


def test_names_with_controls_are_shown_harmless_everywhere(firm, home):
    firm("take", "N")
    firm("amend", "N", "--customer", EVIL, "--phone", EVIL, "--unit", EVIL, "--about", "li", "--reason", EVIL)
    firm("complainant", "N", "--customer", EVIL, "--phone", PHONE, "--unit", EVIL)
    firm("ask", "N", "--of", "Works", "--text", EVIL)
    firm("taskforce", "M", "--head", "man", "--members", "li", "--text", EVIL)
    firm("link", "M", "--to", "N", "--kind", "group")
    firm("staff", "add", EVIL[:40], "--post", EVIL[:40])
    firm("warning", "plan", "--site", "Estate", "--from", "today", "--to", "today", "--reason", EVIL)
    (home / "c.csv").write_text(f"姓名,电话\n{EVIL.replace(',', '')},{PHONE}\n", "utf-8")
    firm("campaign", "new", "c", home / "c.csv", "--kind", "goodwill")
    for words in (
        ["show", "N"], ["why", "N"], ["receipt", "N"], ["group", "N"], ["customer", "N"], ["inbox", "--all"],
        ["--as", "li", "inbox"], ["handover"], ["staff", "list"], ["staff", "log"], ["units", "list"],
        ["warning", "list", "--planned"], ["campaign", "show", "c"], ["campaign", "next", "c"], ["list"],
    ):  # fmt: skip
        for how in ([], ["--json"]):
            done = firm(*how, *words)
            assert done.code == 0
            ensure_calm(done)
            assert not how or done.json is not None


@POSIX
@pytest.mark.parametrize("what", ["/dev/zero", "pipe", "loop", "folder", "none", "nul\0name", "", "x" * 300])
def test_what_is_no_file_is_not_attached(firm, home, what):
    os.mkfifo(home / "pipe")
    (home / "loop").symlink_to(home / "loop")
    (home / "folder").mkdir()
    before = counts(home)
    done = firm("attach", "N", what and os.path.join(home, what), "--kind", "photo")
    assert (done.code, done.out, counts(home)) == (2, "", before)
    assert done.err.startswith("FILE: ")


@POSIX
def test_a_file_that_looks_regular_and_never_ends_is_not_waited_for(monkeypatch, tmp_path):
    """A read that would wait ends: here a pipe that was put in the place of the file after the first look."""
    from workbench.actions import attach

    os.mkfifo(tmp_path / "pipe")
    writer = os.open(tmp_path / "pipe", os.O_RDWR)
    monkeypatch.setattr(attach.stat, "S_ISREG", lambda mode: True)
    try:
        assert attach.prepare({"file": str(tmp_path / "pipe")})["size"] == 0
    finally:
        os.close(writer)


ROW = f"王,{PHONE}\n"
CALM_TABLES = {  # content: (exit code, a word of what is said)
    "broken": (b"\xff\xfe\x80\n" * 3, 2, "FILE"),
    "not text": (f"姓名,电话\n{ROW}".encode() + b"\xff\x80\n", 2, "--encoding"),
    "empty": (b"", 2, "headline"),
    "no headline": (ROW.encode() * 2, 2, "Headlines"),
    "headline twice": (f"电话,电话\n{PHONE},{PHONE}\n".encode(), 0, "phone = 电话"),
    "open quote": (f'姓名,电话\n"王,{PHONE}\n{ROW}'.encode(), 6, "never closed"),
    "huge cell": (f"姓名,电话\n{'王' * 1_200_000},{PHONE}\n".encode(), 6, "longer than"),
    "NUL": (f"姓名,电话\n王\0,{PHONE}\n".encode(), 6, "NUL"),
    "spoilt": ("姓名,电话\n王,1.38E+10\n".encode(), 6, "spoilt"),
    "wrong site": (f"电话,楼盘\n{PHONE},Nowhere\n".encode(), 6, "registered site"),
    "100 columns": ((",".join(map(str, range(100))) + f",电话\n{'x,' * 100}{PHONE}\n").encode(), 0, ""),
    "formulas": (f"姓名,电话\n=cmd|' /C calc'!A0,{PHONE}\n".encode(), 0, ""),
    "two marks": (b"\xef\xbb\xbf" * 2 + f"姓名,电话\n{ROW}".encode(), 0, ""),
    "GB18030": (f"姓名,电话\n{ROW}".encode("gb18030"), 0, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CALM_TABLES)
def test_a_hostile_list_of_customers_is_refused_whole_or_taken(firm, home, name):
    data, code, said = CALM_TABLES[name]
    (home / "c.csv").write_bytes(data)
    before = counts(home)
    done = firm("campaign", "new", "c", home / "c.csv", "--kind", "goodwill")
    assert (done.code, said in done.err) == (code, True), done.err
    ensure_calm(done)
    assert code == 0 or counts(home) == before
    if code == 0:
        assert firm("campaign", "export", "c", home / "o.csv").code == 0
        assert not re.search(r"(?m)^[=+@]|,[=+@]", (home / "o.csv").read_text("utf-8-sig"))


OURS = 'extends = "hopson"\n'
MANY = "".join(
    f'[phrases.p{n}]\nsays = ["p{n}x"]\ninstead = {{zh = "好", en = "ok"}}\n' for n in range(10_000)
)
POLICIES = {
    "deep list": "x = " + "[" * 20_000 + "]" * 20_000,
    "deep key": OURS + "[" + ".".join("a" * 20_000) + "]\n",
    "10,000 phrases": OURS + MANY,
    "10,000 nodes": OURS + MANY.replace("phrases", "nodes"),
    "1,000 nodes": OURS + "".join(f'[nodes.n{n}]\nuntil = "handler"\n' for n in range(1_000)),
    "ids": OURS + '[standards."不准\\u202e"]\nzh = "x"\nen = "x"\nbreach = true\n',
    "huge number": OURS + "[warnings]\nrepeats = 1" + "0" * 400 + "\n",
    "a date": OURS + "[duties.promise]\ntarget = 2026-11-21\n",
    "no number": OURS + "[warnings.surge]\ndays = nan\npast = inf\nleast = true\nfalse_alarms = 0\n",
    "wrong types": OURS
    + "[roles.handler]\nmay = 1\ncompensates = 1.5\ncloses = []\n[nodes]\ninspection = 1\n",
    "fields": OURS + '[templates.ack]\nzh = "{customer.__class__} {0}"\nen = "{number:>9999999999}"\n',
    "empty phrase": OURS + '[phrases.x]\nsays = ["", " "]\ninstead = {zh = "x", en = "x"}\n',
    "a device": 'extends = "/dev/zero"\n',
    "not UTF-8": b"\xff\xfe\x80",
}


@pytest.mark.parametrize("name", POLICIES)
def test_a_hostile_policy_is_refused_and_the_one_in_force_stays(firm, home, name):
    text = POLICIES[name]
    (home / "p.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    before = counts(home)
    for verb in ("check", "show", "simulate", "use"):
        done = firm("policy", verb, home / "p.toml")
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") <= 101
        ensure_calm(done)
    assert counts(home) == before
    assert firm("record", "--text", "x", "--site", "Estate").code == 0


def test_phrases_are_words_and_never_patterns(firm, home):
    """As a pattern the first would not come to an end, and the second would find all."""
    text = (
        OURS
        + '[phrases.x]\nsays = ["(a+)+$", ".*"]\npatterns = ["(b+)+$ ~ .*"]\ninstead = {zh = "x", en = "x"}\n'
    )
    (home / "p.toml").write_text(text, "utf-8")
    assert firm("policy", "use", home / "p.toml").code == 0
    assert firm("--json", "phrases", "check", "a" * 5_000 + "!").json == []


@pytest.mark.parametrize("now", ["2000-01-01T00:00:00Z", "2026-11-21T12:00:00+08:00", "2199-12-31T00:00:00Z"])
def test_a_clock_that_stands_still_or_goes_back_never_breaks_a_timeline(firm, now):
    for words in ("take N", "press N --text x", "dispatch N --to li", "taskforce M --head man --members li",
                  "merge M --into N --reason x", "unmerge M --reason x", "compensate N --amount 5", "sweep"):  # fmt: skip
        done = firm("--now", now, *words.split())
        assert done.code in (0, 3), done.err
    times = [entry["at"] for entry in firm("--json", "show", "N").json["timeline"]]
    assert times == sorted(times)
    assert firm("--json", "check").json["problems"] == []


@pytest.mark.parametrize(
    "lost", ["DROP TABLE duty", "DROP TABLE notice", "ALTER TABLE staff DROP COLUMN post"]
)
@pytest.mark.parametrize("words", ["show N", "take N", "inbox", "staff list", "sweep", "dispatch N --to li"])
def test_a_store_without_the_new_tables_says_what_it_lacks_and_what_to_do(firm, home, lost, words):
    store = Store(home / "store.db")
    store.write(lambda db: db.run(lost))
    store.close()
    done = firm(*words.split())
    assert done.code in (0, 3, 7)  # what needs none of it goes on
    ensure_calm(done)
    assert done.code != 7 or ("lacks" in done.err and "restore" in done.err)


def program(home, *words):
    """Start the program in a process of its own."""
    return start([*WORKBENCH, "--db", str(home / "store.db"), *words], stdout=DEVNULL, stderr=PIPE)


@POSIX
def test_a_handover_that_is_killed_has_happened_whole_or_not_at_all(firm, home):
    for _ in range(40):
        number = firm("--json", "record", "--text", "x", "--site", "Estate").json["number"]
        firm("--as", "bo", "take", number)
    shutil.copy(home / "store.db", home / "before.db")
    before, found = counts(home)["event"], set()
    for wait in (0.15, 0.25, 0.3, 0.35, 0.45):
        shutil.copy(home / "before.db", home / "store.db")
        for side in ("-wal", "-shm"):
            (home / f"store.db{side}").unlink(missing_ok=True)
        running = program(home, "handover", "--from", "bo", "--to", "li")
        with suppress(TimeoutExpired):
            running.communicate(timeout=wait)
        running.kill()
        running.communicate()
        found.add(counts(home)["event"] - before)
        assert firm("--json", "check").json["problems"] == []
    assert found <= {0, 40}


def test_processes_that_act_on_the_same_cases_at_once_leave_a_clean_store(firm, home):
    acts = ["dispatch N --to li", "dispatch N --to bo", "merge N --into M --reason x", "sweep", "press N --text x",
            "merge M --into N --reason x"]  # fmt: skip
    numbers = {"N": firm.number, "M": firm("--json", "list", "all").json[-1]["number"]}
    running = [program(home, *(numbers.get(word, word) for word in act.split())) for act in acts]
    for each in running:
        said = each.communicate()[1].decode()
        assert each.returncode in (0, 3, 4, 5, 7), said
        assert "Traceback" not in said
    assert firm("--json", "check").json["problems"] == []
