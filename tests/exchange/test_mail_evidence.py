"""What comes along with a mail is evidence on its case: kept once, byte for byte."""

from pathlib import Path

import pytest

from storage import evidence
from storage.check import check
from tests.exchange.conftest import Importer
from tests.exchange.letter_support import eml, letter
from tests.exchange.test_mail_import import counted, number_of, taken
from workbench.domain.erasing import ERASED
from workbench.domain.errors import StoreFullError
from workbench.exchange import attached, mail_import, mailbox

PHOTO = bytes(range(256)) * 9


def kept(importer: Importer) -> list[bytes]:
    desk = importer.bench.desk()
    case = desk.case(desk.find(number_of(importer)))
    return [evidence.path_of(desk.store.path, each.sha256).read_bytes() for each in case.evidence]


def wrong(importer: Importer) -> list[object]:
    return list(check(importer.bench.store, importer.bench.desk().rules_in).problems)


@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_files_are_kept_byte_for_byte_whatever_their_coding(
    importer: Importer, tmp_path: Path, coding: str
) -> None:
    message = letter()
    if coding == "base64":
        content = PHOTO
        message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="现场.jpg")
    else:
        content = b"a =\xe4\xb8\xad b\n\nlast"
        message.add_attachment(
            content, maintype="application", subtype="x-note", filename="a.bin", cte=coding
        )
    path = eml(tmp_path, message)
    assert counted(taken(importer, path)) == (1, 0, 0, 0)
    assert kept(importer) == [content]
    assert counted(taken(importer, path)) == (0, 0, 1, 0)
    assert len(kept(importer)) == 1
    assert wrong(importer) == []


def test_a_word_on_a_case_brings_its_files(importer: Importer, tmp_path: Path) -> None:
    taken(importer, eml(tmp_path, letter()))
    message = letter("还在漏", ident="b@x", In_Reply_To="<a@x>")
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="b.png")
    path = eml(tmp_path, message)
    assert counted(taken(importer, path)) == (0, 1, 0, 0)
    assert counted(taken(importer, path)) == (0, 0, 1, 0)
    assert kept(importer) == [PHOTO]
    assert wrong(importer) == []


def test_what_is_coded_wrongly_is_named_and_not_kept(importer: Importer, tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"x" * 99, maintype="image", subtype="png", filename="b.png")
    raw = message.as_bytes().replace(b"eHh4", b"eHh=4=", 1)
    assert counted(taken(importer, eml(tmp_path, raw))) == (1, 0, 0, 0)
    assert wrong(importer) == []


def test_a_dry_run_keeps_nothing(importer: Importer, tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="b.png")
    desk = importer.bench.desk("mei")
    mail_import.run(mail_import.Job(desk, mailbox.messages(eml(tmp_path, message)), dry_run=True))
    assert not evidence.folder_of(desk.store.path).exists()


def test_a_full_disk_stops_the_import_in_a_sentence_and_the_mail_comes_again(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "")

    message = letter()
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="b.png")
    path = eml(tmp_path, message)
    for place, name in ((attached, "TemporaryFile"), (evidence.os, "fsync")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, full)
            with pytest.raises(StoreFullError, match="cannot be kept in"):
                taken(importer, path)
    assert importer.all("SELECT count(*) FROM cases") == [(0,)]
    assert counted(taken(importer, path)) == (1, 0, 0, 0)
    assert kept(importer) == [PHOTO]


def test_what_was_erased_does_not_come_back_with_the_same_mail(importer: Importer, tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="b.png")
    path = eml(tmp_path, message)
    taken(importer, path)
    folder = evidence.folder_of(importer.bench.path)
    for each in folder.iterdir():
        each.unlink()
    assert counted(taken(importer, path)) == (0, 0, 1, 0)
    assert not list(folder.iterdir())


def test_an_automatic_reply_without_a_case_leaves_no_file(importer: Importer, tmp_path: Path) -> None:
    message = letter(Auto_Submitted="auto-replied")
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="b.png")
    taken(importer, eml(tmp_path, message))
    folder = evidence.folder_of(importer.bench.path)
    assert not folder.exists() or not list(folder.iterdir())


def test_a_file_that_is_called_like_what_was_erased_counts_as_there(
    importer: Importer, tmp_path: Path
) -> None:
    message = letter()
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename=ERASED)
    taken(importer, eml(tmp_path, message))
    desk = importer.bench.desk()
    [file] = desk.case(desk.find(number_of(importer))).evidence
    assert file.name != ERASED
    assert kept(importer) == [PHOTO]
