"""What a message says, whatever it is made of; hostile ones end in a sentence and never in a traceback."""

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.exchange.letter_support import letter
from workbench.exchange import html_text, letters
from workbench.exchange.letters import Letter, Written, unquoted
from workbench.exchange.mime import DEEPEST, LetterError


def lines(raw: bytes) -> Iterator[bytes]:
    file = io.BytesIO(raw)
    return iter(lambda: file.readline(64 * 1024), b"")


def read(message: EmailMessage | bytes, ours: str = "") -> Letter:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return letters.read(lines(raw), ours)


def test_a_letter_says_who_when_and_what() -> None:
    found = read(
        letter("厨房漏水\n请尽快", "水管 [A261102-00017]", In_Reply_To="<b@x>", References="<r@x> <b@x>")
    )
    assert (found.message_id, found.name, found.address) == ("<a@x>", "吴一", "wu@example.com")
    assert found.at == datetime(2026, 11, 2, 1, 10, tzinfo=UTC)
    assert (found.subject, found.text) == ("水管 [A261102-00017]", "厨房漏水\n请尽快")
    assert found.answers == ("<b@x>", "<r@x>")
    assert found.written is Written.PERSON


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
def test_words_are_read_in_their_charset(charset: str, coding: str) -> None:
    message = letter()
    message.set_content("廚房漏水 so far", charset=charset, cte=coding)
    assert read(message).text == "廚房漏水 so far"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("gb2312", "gb18030"),
        ("us-ascii", "utf-8"),
        ("no-such-charset", "gb18030"),
        ("punycode", "utf-8"),
        ("rot13", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "utf-8"),
    ],
)
def test_a_charset_that_is_wrong_gives_way_to_one_that_fits(declared: str, written: str) -> None:
    kind = f'text/plain; charset="{declared}"' if declared else "text/plain"
    raw = f"From: a@b\nMessage-ID: <1@x>\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    assert read(raw + "电梯停运了两天".encode(written)).text == "电梯停运了两天"


def test_a_page_of_markup_is_read_without_it_and_plain_words_come_first() -> None:
    message = letter()
    message.set_content(
        "<html><head><style>p{}</style></head><p>漏水&amp;停电<br>三天<script>x()</script></p>",
        subtype="html",
    )
    assert read(message).text == "漏水&停电\n三天"
    both = letter("plain words")
    both.add_alternative("<p>markup</p>", subtype="html")
    assert read(both).text == "plain words"


def test_what_came_along_is_named_with_its_size_and_not_read() -> None:
    message = letter("see photos")
    message.add_attachment(b"x" * 3000, maintype="image", subtype="jpeg", filename="厨房.jpg")
    message.add_attachment("a note", filename="note.txt")
    assert read(message).text == "see photos\nWith it: 厨房.jpg (3 KB), note.txt (1 KB)"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("thanks\n\nOn Mon, 2 Nov 2026, Service wrote:\n> we come\n> tomorrow", "thanks"),
        ("谢谢\n------------------ 原始邮件 ------------------\n发件人: x", "谢谢"),
        ("好的\n在 2026年11月2日，客服 写道：\n> 明天来", "好的"),
        ("no\n> we come\ntoo late", "no\n> we come\ntoo late"),
        ("> only a quote", "> only a quote"),
        ("on the whole, he wrote: nothing", "on the whole, he wrote: nothing"),
    ],
)
def test_what_is_quoted_below_is_left_out(text: str, kept: str) -> None:
    assert unquoted(text) == kept


@pytest.mark.parametrize(
    ("headers", "written"),
    [
        ({}, Written.PERSON),
        ({"Auto_Submitted": "auto-replied (vacation)"}, Written.AUTOMATIC),
        ({"Auto_Submitted": "no"}, Written.PERSON),
        ({"X_Autoreply": "yes"}, Written.AUTOMATIC),
        ({"Precedence": "auto_reply"}, Written.AUTOMATIC),
        ({"Precedence": "bulk"}, Written.PERSON),
        ({"From": "MAILER-DAEMON@mx.example.com"}, Written.BOUNCE),
        ({"X_Failed_Recipients": "wu@example.com"}, Written.BOUNCE),
        ({"From": "Us <service@example.org>"}, Written.LOOP),
    ],
)
def test_who_wrote_it_is_told_apart(headers: dict[str, str], written: Written) -> None:
    assert read(letter(**headers), ours="Service@example.org").written is written


@pytest.mark.parametrize("subject", ["自动回复: 漏水", "Automatic reply: leak", "Out of Office"])
def test_an_absence_is_known_by_its_subject(subject: str) -> None:
    assert read(letter(subject=subject)).written is Written.AUTOMATIC


def test_a_letter_about_an_absence_is_a_letter() -> None:
    assert read(letter(subject="Your automatic reply was no help")).written is Written.PERSON


def test_a_message_that_goes_in_circles_is_known() -> None:
    raw = b"Received: from a by b\n" * 51 + letter().as_bytes()
    assert read(raw).written is Written.LOOP


def test_a_report_names_what_it_is_about() -> None:
    raw = (
        b"From: postmaster@mx\nSubject: Undelivered\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="q"\n\n'
        b"--q\nContent-Type: text/plain\n\nno such user\n--q\nContent-Type: message/rfc822\n\n"
        b"From: service@example.org\nSubject: About [A261102-00017]\nMessage-ID: <out@us>\n\nour answer\n--q--\n"
    )
    found = read(raw)
    assert (found.written, found.about, found.answers) == (
        Written.BOUNCE,
        ("About [A261102-00017]",),
        ("<out@us>",),
    )
    assert "our answer" not in found.text


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("wu@example.com", "", "wu@example.com"),
        ('"Wu, Yi" <wu@example.com>', "Wu, Yi", "wu@example.com"),
        ("=?utf-8?b?5ZC0LCDkuIA=?= <wu@example.com>", "吴, 一", "wu@example.com"),
        ("=?gb2312?B?zuI=?= <wu@example.com>, x@y", "吴", "wu@example.com"),
        ("Wu (at home)", "", ""),
        ("(" * 3000, "", ""),
        ("", "", ""),
    ],
)
def test_who_wrote_is_read_by_name_and_address(header: str, name: str, address: str) -> None:
    found = read(b"From: " + header.encode() + b"\nSubject: x\n\ny\n")
    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_header_that_nobody_has_coded_is_read_as_words_are(encoding: str) -> None:
    found = read("From: 吴一 <wu@example.com>\nSubject: 厨房漏水了\n\nx\n".encode(encoding))
    assert (found.subject, found.name) == ("厨房漏水了", "吴一")


def test_lines_may_end_as_the_net_ends_them() -> None:
    message = letter("plain\nwords")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    assert read(message.as_bytes(policy=SMTP)).text == "plain\nwords\nWith it: a.png (1 KB)"


def test_a_letter_without_an_id_or_a_date_has_an_id_of_its_own() -> None:
    first, again = (read(b"From: a@b\nSubject: x\n\ny\n") for _ in range(2))
    assert first.message_id == again.message_id
    assert first.message_id.startswith("sha256:")
    assert first.at is None
    for other in (b"From: a@b\nSubject: z\n\ny\n", b"From: a@b\nSubject: x\n\nanother complaint\n"):
        assert read(other).message_id != first.message_id


def test_when_our_own_server_took_it_counts_before_what_its_sender_says() -> None:
    raw = b"Received: from x by y; Tue, 03 Nov 2026 10:00:00 +0800\nFrom: a@b\nDate: Mon, 01 Jan 1990 00:00:00 +0000\n\ny\n"
    assert read(raw).at == datetime(2026, 11, 3, 2, tzinfo=UTC)
    assert read(raw.partition(b"\n")[2]).at == datetime(1990, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("markup", ['<a x="' * 3000, "<!--" * 5000, "<" * 19_000, "<!-- a --" * 900])
def test_of_tags_without_an_end_the_parser_sees_none(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[str] = []
    monkeypatch.setattr(html_text._Words, "feed", lambda _self, text: fed.append(text))
    html_text.plain_of(markup)
    assert "<" not in fed[0]
    html_text.plain_of("<p>a")
    assert "<p>" in fed[1]


def test_a_header_of_a_thousand_parameters_is_not_taken_apart() -> None:
    raw = b"From: a@b\nContent-Type: text/plain; x=" + b";" * 100_000 + b"\n\nwords\n"
    assert read(raw).text == "words"


def deep(levels: int) -> bytes:
    """Return parts inside parts, the words in the innermost."""
    raw = b"Content-Type: text/plain\n\nwords inside\n"
    for level in range(levels):
        mark = b"b%d" % level
        raw = b"Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n" % (mark, mark, raw, mark)
    return b"From: a@b\n" + raw


def test_parts_inside_parts_are_read_as_deep_as_anybody_means_them() -> None:
    assert read(deep(DEEPEST)).text == "words inside"
    assert "words inside" not in read(deep(DEEPEST + 1)).text
    assert read(deep(3_000)).written is Written.PERSON


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"", "no headers"), (b"\n\nwords", "no headers"), (b"\0\0\0\0", "no headers"),
     (b"A: " + b"x" * 300_000, "headers of more than 256 KB")],
    ids=["empty", "no head", "NUL", "long head"],
)  # fmt: skip
def test_what_is_no_message_is_refused_in_a_sentence(raw: bytes, why: str) -> None:
    with pytest.raises(LetterError, match=why):
        read(raw)


def test_hostile_bytes_never_end_in_a_traceback() -> None:
    """Each message is cut, doubled, shuffled and spoilt at random; it is read or refused."""
    dice = random.Random(15)
    seeds = [
        letter().as_bytes(),
        deep(3),
        b"Content-Type: multipart/mixed\n\n--\n",
        b"From: =?utf-8?b?=====?=\n\n",
    ]
    seeds += [b"Content-Type: text/html\n\n<p>x<![y[&#xd800;&#99999999;<!--<a b='c</p><script>"]
    seeds += [b"Content-Type: text/plain; charset*=''%ff; name*0*=x''%zz\nSubject: =?x?q?=A?=\n\n=A\n"]
    taken = refused = 0
    for _ in range(5_000):
        raw = bytearray(dice.choice(seeds))
        for _ in range(dice.randrange(8)):
            at = dice.randrange(len(raw) + 1)
            piece = dice.choice(
                [b"\n", b"--b1\n", b"\0", b"=?", b"\xff\xfe", b'"', b"(" * 500, b"; boundary=", b"<>", b"\r"]
            )
            raw[at : at + dice.randrange(3)] = piece
        try:
            read(bytes(raw))
            taken += 1
        except LetterError:
            refused += 1
    assert taken + refused == 5_000
    assert taken > 1_000
