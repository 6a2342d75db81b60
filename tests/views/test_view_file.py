"""The file of views: what it says, its faults with their lines, and what a change leaves of it."""

import stat

import processes
import pytest

from storage.orders import ORDERS
from storage.queues import QUEUES
from workbench import words
from workbench.domain.errors import RefusedError, StoreBusyError, UsageError
from workbench.views import keeping
from workbench.views.editing import with_view, without
from workbench.views.file import ViewFile
from workbench.views.reading import ViewFaults, parse, read
from workbench.views.view import COLUMNS, SavedView, asked, faults, orders_of

WRITTEN = """\
# who needs what
[view."漏水 一期"]   # for the morning
queue = "next-due"
where = "site:碧水湾 漏水"
# asked for by the night shift
digit = 3

# everything new
[view.new]
queue = "all"
order = "-received_at"
columns = [
  "number",  # always
  "received_at", "text",
]
"""
LEAKS = SavedView("漏水 一期", "next-due", "site:碧水湾 漏水", digit=3)
NEW = SavedView("new", "all", order="-received_at", columns=("number", "received_at", "text"))


@pytest.fixture(autouse=True)
def english():
    words.use("en")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "views.toml"
    path.write_text(WRITTEN, "utf-8")
    return path


def said(path):
    with pytest.raises(ViewFaults) as refused:
        read(path)
    return [str(fault).removeprefix(str(path)) for fault in refused.value.faults]


def test_a_file_gives_its_views(file, tmp_path):
    assert read(file) == (LEAKS, NEW)
    assert read(tmp_path / "none.toml") == ()
    assert read(tmp_path / "no-folder" / "none.toml") == ()


def test_every_fault_is_told_with_its_line(file):
    file.write_text(
        '[view.a]\nqueue = 7\nwhere = "x"\n[view.b]\ndigit = 12\nsort = "x"\n'
        '[view.c]\ndigit = 1\ncolumns = "text"\n[view.d]\ndigit = 1\n',
        "utf-8",
    )
    assert said(file) == [
        ':2: view.a.queue: must be text in " ", not 7.',
        ":5: view.b.digit: must be a whole number from 0 to 9, not 12.",
        ":6: view.b.sort: is not known here; known are: queue where order columns digit.",
        ":9: view.c.columns: must be a list in [ ], not text.",
        ":11: view.d.digit: 1 stands here twice.",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[view.a\n", ":1: is not TOML here"),
        (b"\xff", ":1: is not UTF-8 text."),
        (b"view = 3\n", ":1: view: must be a table, not 3."),
        (b"[views.a]\n", ":1: views: is not known here; did you mean view?"),
        (b"[view.a]\n[view.a]\n", ":2: this key or table stands in the file twice."),
        (b"#" * 300_000, ": has more than 256 KB."),
        (b'[view."a\\u0007"]\n', ":1: view.a\u2407: has a character that cannot be seen: a\u2407."),
    ],
)
def test_what_is_no_such_file_says_why(file, content, expected):
    file.write_bytes(content)
    assert said(file)[0].startswith(expected), said(file)


def test_a_folder_in_its_place_is_a_fault(tmp_path):
    assert "it is a folder" in said(tmp_path)[0]


def test_a_view_names_what_is_not_there_in_one_sentence(bench):
    policy, now = bench.desk().rules().policy, bench.clock()
    view = SavedView("夜班", "nextdue", "categry:x", columns=("number", "colour"))
    assert [key for key, _ in faults(view, policy, now)] == ["queue", "where", "columns"]
    with pytest.raises(UsageError) as refused:
        asked(view, policy, "mei", now)
    assert str(refused.value).startswith(
        'The view "夜班" cannot be shown: "nextdue" is unknown; did you mean next-due? Possible: next-due, mine'
    )


def test_an_order_that_no_index_has_is_refused_and_the_others_are_named(bench):
    policy, now = bench.desk().rules().policy, bench.clock()
    ((_, why),) = faults(SavedView("a", "all", order="customer"), policy, now)
    assert str(why) == (
        'all is not ordered by "customer": no index has that; '
        "possible: next_due_at, received_at, -received_at."
    )
    for queue in QUEUES:
        for order in orders_of(queue):
            found = asked(SavedView("a", queue, order=order), policy, "mei", now)
            assert (found.ordered is not None) is (order in ORDERS.get(queue, {}))


def test_a_view_of_somebody_who_left_opens(bench):
    found = asked(SavedView("a", "all", "handler:张走了"), bench.desk().rules().policy, "mei", bench.clock())
    assert [tuple(each) for each in found.where] == [("handler", "=", "张走了")]


# ------------------------------------------------------------------ changing it


def test_saving_leaves_what_people_wrote(file):
    keeping.save(file, LEAKS._replace(where="漏水", digit=4))
    assert file.read_text("utf-8") == WRITTEN.replace(
        'queue = "next-due"\nwhere = "site:碧水湾 漏水"\n# asked for by the night shift\ndigit = 3\n',
        '# asked for by the night shift\nqueue = "next-due"\nwhere = "漏水"\ndigit = 4\n',
    )


def test_a_new_view_comes_last_and_a_first_one_makes_the_file(file, tmp_path):
    keeping.save(file, SavedView("b c", "mine", 'site:"A B"'))
    assert file.read_text("utf-8") == WRITTEN + '\n[view."b c"]\nqueue = "mine"\nwhere = "site:\\"A B\\""\n'
    first = tmp_path / "new" / "views.toml"
    keeping.save(first, NEW)
    assert read(first) == (NEW,)
    assert first.read_text("utf-8").startswith("# Views of Workbench")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_removing_takes_the_view_and_no_other_remark(file):
    keeping.remove(file, "漏水 一期")
    assert file.read_text("utf-8") == "# who needs what\n" + WRITTEN[WRITTEN.index("# everything new") :]
    with pytest.raises(UsageError, match="did you mean new"):
        keeping.remove(file, "now")


def test_whose_digit_is_taken_loses_it(file):
    loser = keeping.save(file, NEW._replace(digit=3))
    assert loser == LEAKS
    assert read(file) == (LEAKS._replace(digit=None), NEW._replace(digit=3))


def test_the_rights_of_a_shared_file_stay(file):
    file.chmod(0o664)
    keeping.save(file, NEW._replace(where="x"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


@pytest.mark.parametrize(
    "text",
    [
        'view = { a = { queue = "mine" } }\n',
        'view.a = { queue = "mine" }\n',
        '[view]\na = { queue = "mine" }\n[view.b]\nqueue = "all"\n',
        '[view]\na.queue = "mine"\na.digit = 3\n',
    ],
)
def test_what_cannot_be_changed_safely_is_refused_and_stays(file, text):
    file.write_text(text, "utf-8")
    with pytest.raises((RefusedError, ViewFaults)):
        keeping.save(file, SavedView("a", "hot"))
    assert file.read_text("utf-8") == text


def test_a_faulty_file_is_never_written_over(file):
    file.write_text(WRITTEN + "[view.x]\ndigit = 30\n", "utf-8")
    before = file.read_bytes()
    with pytest.raises(ViewFaults):
        keeping.save(file, NEW)
    assert file.read_bytes() == before


def test_what_would_be_a_fault_is_not_saved(file):
    with pytest.raises(ViewFaults, match="has more than 40 characters"):
        keeping.save(file, SavedView("x" * 41))
    assert read(file) == (LEAKS, NEW)


@pytest.mark.parametrize("name", ["a", "a.b", 'q"u"o', "back\\slash", "漏水", "[x]", "# no remark", " "])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_view_of_any_name_goes_in_and_out(name, ends):
    text = WRITTEN.replace("\n", ends)
    view = SavedView(name, "hot", "x", columns=COLUMNS[:2], digit=0)
    there = with_view(text, view)
    if name.strip():
        assert parse(there, "f") == (LEAKS, NEW, view)
        assert parse(with_view(there, view._replace(where="")), "f")[2].where == ""
    assert without(there, name).rstrip() == text.rstrip()
    assert ("\r" in there) is ("\r" in ends)


def test_who_writes_is_waited_for(file, monkeypatch):
    monkeypatch.setattr(keeping, "WAIT_SECONDS", 0.1)
    with keeping.alone(file, "save"), pytest.raises(StoreBusyError):
        keeping.save(file, NEW)
    keeping.save(file, NEW)


SAVES = """
import sys
from pathlib import Path
from workbench.views import keeping
from workbench.views.view import SavedView
for number in range(25):
    keeping.save(Path(sys.argv[1]), SavedView(f"{sys.argv[2]}{number}", "all", f"x{number}"))
"""


def test_two_processes_that_save_at_once_lose_nothing(file):
    both = [processes.start(processes.python(SAVES, file, name)) for name in "ab"]
    for _ in range(40):
        read(file)  # never half a file
    assert [each.wait(60) for each in both] == [0, 0]
    assert {view.name for view in read(file)} == {
        *(f"{who}{number}" for who in "ab" for number in range(25)), LEAKS.name, NEW.name,
    }  # fmt: skip


# ------------------------------------------------------------------ a window that looks at it


def test_a_window_that_opens_on_a_broken_file_has_the_views_of_before(file, tmp_path):
    kept = tmp_path / "state" / "views" / "x.toml"
    assert ViewFile(file, kept).look()
    file.write_text("[view.a]\nqueue = 3\n", "utf-8")
    other = ViewFile(file, kept)
    assert (other.look(), other.views) == (True, (LEAKS, NEW))
    assert ":2: view.a.queue" in str(other.faults)
    without_a_copy = ViewFile(file, tmp_path / "none.toml")
    assert (without_a_copy.look(), without_a_copy.views) == (True, ())
    kept.write_text("nonsense", "utf-8")
    damaged = ViewFile(file, kept)
    assert (damaged.look(), damaged.views) == (True, ())


def test_a_window_reads_it_again_when_it_changed_and_keeps_the_last_good_one(file):
    known = ViewFile(file)
    assert (known.look(), known.views, known.faults) == (True, (LEAKS, NEW), None)
    assert known.look() is False
    keeping.remove(file, "new")
    assert (known.look(), known.views) == (True, (LEAKS,))
    file.write_text("[view.a]\nqueue = 3\n", "utf-8")
    assert (known.look(), known.views) == (True, (LEAKS,))
    assert ":2: view.a.queue" in str(known.faults)
    file.write_text(WRITTEN, "utf-8")
    assert (known.look(), known.views, known.faults) == (True, (LEAKS, NEW), None)
    file.unlink()
    assert (known.look(), known.views, known.faults) == (True, (), None)
