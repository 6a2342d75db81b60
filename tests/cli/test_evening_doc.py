"""What docs/evening.md tells to put into cron and systemd works as it stands there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from processes import run

from workbench.exchange.mail_settings import read

PAGE = (Path(__file__).parents[2] / "docs" / "evening.md").read_text(encoding="utf-8")


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_line_for_cron_makes_the_page(wb, home):
    [line] = blocks("text")
    assert re.match(r"[0-9]+ [0-9]+ \* \* \* ", line)
    (home / "pages").mkdir()
    for part in line.split(" ", 5)[5].replace(">/dev/null", "").split("&&"):
        program, *words = shlex.split(part.replace("/var/lib/workbench", str(home)))
        assert program == "workbench"
        assert wb(*words).code == 0
    assert [path.name for path in (home / "pages").iterdir()] == ["summary-2026-11-21.html"]


def test_the_units_are_good_for_systemd(tmp_path):
    if shutil.which("systemd-analyze") is None:
        print("no systemd-analyze here: the units were not checked")
        pytest.skip("no systemd-analyze here: the units were not checked")
    units = blocks("ini")
    assert len(units) == 2
    files = [tmp_path / Path(text.split()[1]).name for text in units]
    for file, text in zip(files, units, strict=True):
        file.write_text(text)
    found = verified(*files)
    assert (found.returncode, found.stderr) == (0, "")
    files[1].write_text(units[1].replace("OnCalendar=*-*-* 23:50", "OnCalendar=at night"))
    assert "calendar" in verified(*files).stderr


def verified(*files):
    return run(["systemd-analyze", "verify", *map(str, files)], timeout=60)


def test_the_settings_of_mail_can_be_read(tmp_path):
    [text] = blocks("toml")
    (tmp_path / "mail.toml").write_text(text)
    found = read(tmp_path / "mail.toml")
    assert (found.host, found.port, found.tls) == ("smtp.house.cn", 587, "starttls")
    assert found.password_file == tmp_path / "mail.password"
    (tmp_path / "mail.toml").write_text(
        text.replace("# port", "port").replace("# ca", "ca").replace("# time", "time")
    )
    assert read(tmp_path / "mail.toml").ca_file == tmp_path / "house-ca.pem"
