"""A file is read in the encoding it is in, or refused; it is never read as something else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from workbench.domain.errors import UsageError
from workbench.exchange import encodings, sniff

TABLE = "编号,内容,姓名\n1,厨房漏水三天没有人来,张三\n2,电梯停运，老人下不了楼,李四\n"
RARE = "id,name\n1,𠮷野家的朱镕先生\n2,㼆和𬱖都是人名用字\n"  # outside GBK; GB18030 has four bytes for them
CODED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")


def text_of(path: Path) -> str:
    return path.read_bytes().decode(encodings.find(path))


@pytest.mark.parametrize("encoding", CODED)
@pytest.mark.parametrize("text", [TABLE, RARE, "a,b\n1,2\n"], ids=["chinese", "rare names", "ascii"])
def test_a_file_in_any_of_our_encodings_comes_out_as_it_was_written(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    assert text_of(path).removeprefix("\ufeff") == text


def reads_as_accents(text: str, encoding: str) -> bool:
    """Say whether a text reads as UTF-8 whose only other letters are accents in Latin words, which is believed.

    The one file that may be read wrong: ``X没`` in GB18030 is ``Xû`` in UTF-8.
    """
    found = text.encode(encoding).decode("utf-8", "replace")
    return found != text and encodings.ACCENTED.sub("", found).isascii()


def test_latin_letters_with_accents_are_believed() -> None:
    assert reads_as_accents("X没", "gb18030")
    assert not reads_as_accents("X没", "utf-8")
    assert not reads_as_accents("没没", "gb18030")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    cells=st.lists(st.text("一漏楼没路隆abcXé 0é张三修水", min_size=1, max_size=8), min_size=1, max_size=6),
    encoding=st.sampled_from(CODED),
)
def test_a_file_is_read_right_or_refused_whatever_its_encoding(
    tmp_path: Path, cells: list[str], encoding: str
) -> None:
    text = "id,text\n" + "".join(f"{place},{cell}\n" for place, cell in enumerate(cells))
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    assume(not reads_as_accents(text, encoding))
    try:
        found = text_of(path).removeprefix("\ufeff")
    except UsageError as why:
        found = text if why.option == "--encoding" else str(why)
    assert found == text


def test_a_chinese_character_that_is_also_utf_8_is_not_read_as_cyrillic(tmp_path: Path) -> None:
    path = tmp_path / "gbk.csv"
    path.write_bytes("a,b\n1,一\n".encode("gbk"))
    assert path.read_bytes().decode("utf-8") == "a,b\n1,һ\n"  # the trap: it decodes without an error
    with pytest.raises(UsageError, match="could be UTF-8"):
        encodings.find(path)
    assert encodings.find(path, "gbk") == "gb18030"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("id,text\n1,Peña\n".encode("latin-1"), "neither UTF-8 nor GB18030"),
        ("id,text\n1,café\n".encode("latin-1"), "neither UTF-8 nor GB18030"),
        (b"id,text\n1,\xff\xfe\xfd\n", "neither UTF-8 nor GB18030"),
    ],
)
def test_another_encoding_is_refused_and_not_read_as_rare_chinese(
    tmp_path: Path, data: bytes, why: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=why):
        encodings.find(path)


def test_accents_inside_latin_words_are_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("id,text\n1,Dëad rat at Sàratoga St\n".encode())
    assert encodings.find(path) == "utf-8"


def test_a_stray_nul_does_not_make_a_file_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"x,y\n1,\0\n")
    assert encodings.find(path) == "utf-8"


@pytest.mark.parametrize(
    ("told", "why"),
    [("klingon", "not an encoding we read"), ("utf-8", "utf-8: byte 15 does not fit"), ("idna", "not an")],
)
def test_the_encoding_that_is_told_wins_and_must_fit(tmp_path: Path, told: str, why: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("id,text\n1,漏水了吗\n".encode("gb18030"))
    with pytest.raises(UsageError, match=why) as refused:
        encodings.find(path, told)
    assert refused.value.option == "--encoding"


def test_gzip_is_unpacked_and_a_cut_one_is_refused(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    assert sniff.sniff(path).headers == ("编号", "内容", "姓名")
    path.write_bytes(gzip.compress(TABLE.encode() * 50)[:-20])
    with pytest.raises(UsageError, match="cannot be read"):
        sniff.sniff(path)


def test_utf_16_without_its_mark_is_refused_when_it_was_told(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_bytes(b"id,text\n1,leak\n")
    with pytest.raises(UsageError, match="is not utf-16"):
        encodings.find(file, "utf-16")
