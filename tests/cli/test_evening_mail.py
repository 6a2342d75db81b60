"""The evening by mail: to a real server on the loopback, encrypted, with a password that only its owner reads."""

import os
from email import message_from_bytes, policy

import pytest
from smtp_support import Server, certificate

from workbench.exchange.mail_settings import MailFaults, is_address, read

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    found = certificate(tmp_path_factory.mktemp("cert"))
    if found is None:
        print("no openssl here: encrypted mail was not tried")
        pytest.skip("no openssl here")
    return found


@pytest.fixture
def settings(home, monkeypatch):
    """Return a writer of the settings of mail, with a password of its owner's only."""

    def write(server, tls="starttls", ca=None, secret="s3cret", **more):
        given = {
            "host": "127.0.0.1",
            "port": server.port,
            "tls": tls,
            "from": "bench@house.cn",
            "timeout": 5,
        } | more
        if secret:
            (home / "password").write_text(secret + "\n")
            (home / "password").chmod(0o600)
            given |= {"user": "bench", "password_file": "password"}
        if ca:
            given["ca_file"] = str(ca)
        lines = [
            f"{key} = {value if isinstance(value, int) else repr(value)}" for key, value in given.items()
        ]
        (home / "mail.toml").write_text("\n".join(lines))
        monkeypatch.setenv("WORKBENCH_MAIL", str(home / "mail.toml"))

    return write


def test_the_page_goes_out_by_starttls_as_text_and_as_page(wb, recorded, pair, settings):
    with Server(pair, password="s3cret") as server:
        settings(server, ca=pair[0])
        done = wb("summary", "--mail-to", "chef@house.cn", "--mail-to", "bo@house.cn")
    assert (done.code, done.err.count("Sent to: chef@house.cn, bo@house.cn")) == (0, 1)
    [mail] = server.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "chef@house.cn, bo@house.cn", "bench@house.cn", "Summary of 2026-11-21")  # fmt: skip
    text, page = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert text.startswith("Summary of 2026-11-21")
    assert page.startswith("<!doctype html>")
    seal = wb("--json", "summary").json["seal"]
    assert seal in text
    assert seal in page
    assert "13800138000" not in text + page
    assert b"STARTTLS" in server.in_clear
    assert not any(word.startswith((b"AUTH", b"MAIL")) for word in server.in_clear)


def test_the_page_goes_out_by_tls_from_the_first_byte(wb, pair, settings):
    with Server(pair, tls_at_once=True, password="s3cret") as server:
        settings(server, tls="tls", ca=pair[0])
        assert wb("summary", "--mail-to", "chef@house.cn").code == 0
    assert len(server.mails) == 1
    assert server.in_clear == []


def test_in_chinese_the_mail_is_chinese(wb, settings):
    with Server() as server:
        settings(server, tls="none", secret="")
        assert wb("--lang", "zh", "summary", "--mail-to", "chef@house.cn").code == 0
    [mail] = server.mails
    assert "日报" in mail["Subject"]
    assert 'lang="zh"' in mail.get_body(("html",)).get_content()


def failing(wb, home, *words):
    """Return the call: it ends with the code for mail, has said why, and the page is there all the same."""
    done = wb("summary", "--html", home / "page.html", "--mail-to", "chef@house.cn", *words)
    assert (home / "page.html").read_text().startswith("<!doctype html>")
    assert done.out.startswith("Summary of")
    assert "Traceback" not in done.err
    assert "workbench summary --date 2026-11-21 --mail-to" in done.err
    return done


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_said(
    wb, home, pair, settings
):
    with Server(pair, password="s3cret") as server:
        settings(server)
        done = failing(wb, home)
    assert done.code == 7
    assert "certificate" in done.err.lower()
    assert (server.mails, [word for word in server.said if word.startswith(b"AUTH")]) == ([], [])


def test_a_server_without_encryption_gets_neither_password_nor_mail(wb, home, settings):
    with Server() as server:
        settings(server)
        assert failing(wb, home).code == 7
    assert server.mails == []
    assert not any(word.startswith((b"AUTH", b"MAIL")) for word in server.said)


def test_a_wrong_password_and_an_unknown_receiver_are_said(wb, home, pair, settings):
    with Server(pair, password="other") as server:
        settings(server, ca=pair[0])
        done = failing(wb, home)
    assert (done.code, "535 wrong password" in done.err) == (7, True)
    with Server(refuse=b"550 nobody of that name") as server:
        settings(server, tls="none", secret="")
        done = failing(wb, home)
    assert (done.code, "550 nobody of that name" in done.err) == (7, True)


def test_a_server_that_is_not_there_is_said(wb, home, settings):
    with Server() as server:
        settings(server, tls="none", secret="")
    done = failing(wb, home)
    assert (done.code, "127.0.0.1" in done.err) == (7, True)


@POSIX
@pytest.mark.parametrize("rights", [0o644, 0o640, 0o604, 0o620])
def test_a_password_that_others_can_reach_is_refused(wb, home, settings, rights):
    with Server(password="s3cret") as server:
        settings(server, tls="starttls")
        (home / "password").chmod(rights)
        done = failing(wb, home)
    assert done.code == 3
    assert "chmod 600" in done.err
    assert "s3cret" not in done.err + done.out
    assert server.said == []


def test_without_settings_it_says_which_file_is_missing(wb, home, monkeypatch):
    monkeypatch.setenv("WORKBENCH_MAIL", str(home / "none.toml"))
    done = failing(wb, home)
    assert (done.code, "none.toml" in done.err) == (2, True)


def test_every_fault_of_the_settings_is_told_with_its_line(tmp_path):
    file = tmp_path / "mail.toml"
    file.write_text('hots = "x"\nport = 70000\ntls = "ssl"\nfrom = "nobody"\nuser = "u"\n')
    with pytest.raises(MailFaults) as found:
        read(file)
    told = str(found.value)
    assert [fault.line for fault in found.value.faults if fault.line] == [1, 1, 2, 3, 4, 5]
    assert "did you mean" in told
    assert "password_file" in told


def test_a_password_goes_nowhere_in_clear(tmp_path):
    file = tmp_path / "mail.toml"
    file.write_text(
        'host = "mail.house.cn"\nfrom = "a@house.cn"\ntls = "none"\nuser = "u"\npassword_file = "p"\n'
    )
    with pytest.raises(MailFaults, match="without encryption"):
        read(file)
    file.write_text(file.read_text().replace("mail.house.cn", "localhost"))
    assert read(file).user == "u"


@pytest.mark.parametrize(
    "address", ["", "x", "@y", "a@b\nBcc: c@d", "a@b, c@d", "A <a@b>", "a b@c", "a@b@c", "é@b"]
)
def test_what_is_no_address_is_refused_before_anything_is_made(wb, home, address):
    done = wb("summary", "--html", home / "page.html", "--mail-to", address)
    assert (done.code, done.out, (home / "page.html").exists()) == (2, "", False)
    assert done.err.startswith("--mail-to")
    assert not is_address(address)
    assert is_address("li.mei+x@mail.house.cn")


def test_a_draft_is_a_mail_that_a_mail_program_opens(wb, home, recorded):
    assert wb("summary", "--eml", home / "draft.eml").code == 0
    mail = message_from_bytes((home / "draft.eml").read_bytes(), policy=policy.default)
    assert (mail["X-Unsent"], mail["Subject"], mail["From"]) == ("1", "Summary of 2026-11-21", None)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.defects == []
    assert all(len(each) <= 998 for each in (home / "draft.eml").read_bytes().split(b"\r\n"))
    if os.name == "posix":
        assert (home / "draft.eml").stat().st_mode & 0o077 == 0
