"""Mail in: a case, or the customer's word on one; once, and nothing but a word."""

from collections.abc import Iterator
from pathlib import Path
from tracemalloc import get_traced_memory, start, stop

import pytest

from storage.check import check
from tests.exchange.conftest import Importer
from tests.exchange.letter_support import eml, letter, maildir, mbox
from workbench.actions.doing import do
from workbench.exchange import mail_import, mailbox
from workbench.exchange.counts import Counts
from workbench.exchange.notes import Note


@pytest.fixture(autouse=True)
def _the_store_is_sound(importer: Importer) -> Iterator[None]:
    yield
    assert check(importer.bench.store, importer.bench.desk().rules_in).as_dict()["problems"] == []


def taken(importer: Importer, path: Path, person: str = "mei", **more: object) -> Counts:
    desk = importer.bench.desk(person)
    return mail_import.run(mail_import.Job(desk, mailbox.messages(path), **more))


def counted(counts: Counts) -> tuple[int, int, int, int]:
    assert counts.read == counts.added + counts.updated + counts.unchanged + counts.rejected
    return counts.added, counts.updated, counts.unchanged, counts.rejected


def entries(importer: Importer) -> list[tuple[str, str]]:
    """Return the acts of all cases with their words."""
    return importer.all(
        "SELECT act, coalesce(json_extract(data, '$.text'), '') FROM event WHERE case_id > 0 ORDER BY event_no"
    )


def number_of(importer: Importer) -> str:
    [(number,)] = importer.all("SELECT number FROM cases")
    return str(number)


def test_a_letter_becomes_a_case_by_the_rules_of_the_policy(importer: Importer, tmp_path: Path) -> None:
    path = eml(tmp_path, letter("厨房漏水，请尽快", "漏水"))
    assert counted(taken(importer, path)) == (1, 0, 0, 0)
    assert importer.all(
        "SELECT source, external_id, channel, customer, text, received_at, status FROM cases"
    ) == [
        (
            "mail",
            "<a@x>",
            "email",
            "吴一 <wu@example.com>",
            "漏水\n厨房漏水，请尽快",
            "2026-11-02T01:10:00.000000Z",
            "open",
        )
    ]
    assert {"response", "proposal"} <= {clock for (clock,) in importer.all("SELECT clock FROM clock")}
    assert counted(taken(importer, path)) == (0, 0, 1, 0)
    assert len(entries(importer)) == 1


@pytest.mark.parametrize("form", [mbox, maildir])
def test_a_mailbox_and_a_folder_of_mail_are_read(importer: Importer, tmp_path: Path, form) -> None:  # type: ignore[no-untyped-def]
    path = form(tmp_path, *[letter(f"From here: {n}", ident=f"{n}@x") for n in range(5)])
    assert counted(taken(importer, path)) == (5, 0, 0, 0)
    assert counted(taken(importer, path)) == (0, 0, 5, 0)
    assert importer.all("SELECT text FROM cases ORDER BY text")[0] == ("漏水\nFrom here: 0",)


def test_a_word_on_a_case_by_its_number_in_the_subject(importer: Importer, tmp_path: Path) -> None:
    taken(importer, eml(tmp_path, letter()))
    number = number_of(importer)
    path = eml(tmp_path, letter("还在漏", f"Re: [{number.lower()}] 漏水", "b@x", From="zhao@example.com"))
    assert counted(taken(importer, path)) == (0, 1, 0, 0)
    assert entries(importer)[1:] == [("heard", "还在漏")]
    assert importer.all("SELECT unanswered_since IS NOT NULL FROM cases") == [(1,)]
    assert counted(taken(importer, path)) == (0, 0, 1, 0)


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_a_word_on_a_case_by_its_thread(importer: Importer, tmp_path: Path, header: str) -> None:
    taken(importer, eml(tmp_path, letter()))
    path = eml(tmp_path, letter("还在漏", ident="b@x", **{header: "<other@y> <a@x>"}))
    assert counted(taken(importer, path)) == (0, 1, 0, 0)
    assert counted(taken(importer, path)) == (0, 0, 1, 0)


def test_an_answer_that_stands_before_what_it_answers_finds_it(importer: Importer, tmp_path: Path) -> None:
    late = letter("还在漏", ident="b@x", In_Reply_To="<a@x>", Date="Tue, 03 Nov 2026 09:10:00 +0800")
    assert counted(taken(importer, mbox(tmp_path, late, letter()))) == (1, 1, 0, 0)
    assert entries(importer) == [("record", "漏水\n厨房漏水"), ("heard", "还在漏")]


def test_a_number_that_nobody_has_begins_a_case(importer: Importer, tmp_path: Path) -> None:
    assert counted(taken(importer, eml(tmp_path, letter(subject="A261102-00017")))) == (1, 0, 0, 0)


def test_a_word_on_a_closed_case_opens_nothing_and_somebody_decides(
    importer: Importer, tmp_path: Path
) -> None:
    taken(importer, eml(tmp_path, letter()))
    desk = importer.bench.desk("mei")
    do(desk, "close", desk.find(number_of(importer)), {"outcome": "修好了"})
    before = importer.all("SELECT status, severity FROM cases")
    assert counted(taken(importer, eml(tmp_path, letter("又漏了", ident="b@x", In_Reply_To="<a@x>")))) == (
        0,
        1,
        0,
        0,
    )
    assert importer.all("SELECT status, severity FROM cases") == before
    assert importer.all("SELECT kind FROM duty WHERE ended_at IS NULL AND kind = 'word'") == [("word",)]


def test_bounces_absences_and_loops_are_told_apart(importer: Importer, tmp_path: Path) -> None:
    taken(importer, eml(tmp_path, letter()))
    about = {"In_Reply_To": "<a@x>"}
    path = mbox(
        tmp_path,
        letter("away until Monday", "Automatic reply: x", "1@x", Auto_Submitted="auto-replied", **about),
        letter("no such user", "Undelivered", "2@x", From="mailer-daemon@mx.example.com", **about),
        letter("our own", "x", "3@x", From="service@example.org", **about),
        letter("away", "Automatic reply: y", "4@x", Auto_Submitted="auto-replied"),
    )
    counts = taken(importer, path, ours="service@example.org")
    assert counted(counts) == (0, 2, 2, 0)
    assert counts.notes.many == {Note.AUTOMATIC: 2, Note.BOUNCE: 1, Note.LOOP: 1}
    assert counts.notes.told()[0] == (
        "Automatic replies, noted on their cases where these are known: 2 messages (message 1, 4)."
    )
    assert [act for act, _ in entries(importer)] == ["record", "note", "note"]
    assert importer.all("SELECT unanswered_since FROM cases") == [(None,)]
    assert counted(taken(importer, path, ours="service@example.org")) == (0, 0, 4, 0)


def test_one_bad_message_never_stops_the_others(importer: Importer, tmp_path: Path) -> None:
    counts = taken(importer, mbox(tmp_path, letter(ident="1@x"), b"\nno headers", letter(ident="3@x")))
    assert counted(counts) == (2, 0, 0, 1)
    [(place, said)] = counts.faults
    assert (place, str(said)) == (2, "is no message: it has no headers")
    assert "message 2: is no message" in str(counts.error("m.mbox", written=True))


def test_a_dry_run_says_what_would_become_of_them(importer: Importer, tmp_path: Path) -> None:
    path = mbox(tmp_path, letter(), letter(ident="b@x"))
    assert counted(taken(importer, path, dry_run=True)) == (2, 0, 0, 0)
    assert importer.all("SELECT count(*) FROM cases") == [(0,)]
    taken(importer, eml(tmp_path, letter()))
    assert counted(taken(importer, path, dry_run=True)) == (1, 0, 1, 0)


def test_a_message_from_the_future_is_received_now(importer: Importer, tmp_path: Path) -> None:
    taken(importer, eml(tmp_path, letter(Date="Mon, 02 Nov 2099 09:10:00 +0800")))
    [(at,)] = importer.all("SELECT received_at FROM cases")
    assert at[:4] == "2026"


def test_an_import_that_was_stopped_goes_on_where_it_was(importer: Importer, tmp_path: Path) -> None:
    path = mbox(tmp_path, *[letter(ident=f"{n}@x") for n in range(250)])
    counts = taken(importer, path, stop=lambda: True)
    assert (counts.stopped, counts.added) == (True, 100)
    assert counted(taken(importer, path)) == (150, 0, 100, 0)


def test_a_message_of_50_mb_is_never_held(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "large.eml"
    with path.open("wb") as file:
        file.write(b'From: a@b\nMessage-ID: <big@x>\nContent-Type: multipart/mixed; boundary="q"\n\n--q\n\nwords\n--q\n'
                   b'Content-Type: image/jpeg; name="p.jpg"\nContent-Transfer-Encoding: base64\n\n')  # fmt: skip
        for _ in range(50):
            file.write(b"QUJD" * (1 << 18))
        file.write(b"\n--q--\n")
    start()
    try:
        assert counted(taken(importer, path)) == (1, 0, 0, 0)
        assert get_traced_memory()[1] < 8_000_000
    finally:
        stop()
    assert entries(importer) == [("record", "words\nWith it: p.jpg (38400 KB)"), ("attach", "")]


def test_a_message_that_is_too_large_is_refused(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_BYTES", 10_000)
    counts = taken(importer, mbox(tmp_path, letter("x" * 20_000), letter(ident="b@x")))
    assert counted(counts) == (1, 0, 0, 1)
    assert "is larger than" in str(counts.faults[0][1])
