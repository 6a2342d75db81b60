"""The evening page: whole in both languages, in every form, from any part of the figures, hostile text or not."""

import json
import re
from datetime import date, timedelta

import pytest
from evening_support import SVG, Read, evening, line, rules

from workbench import words
from workbench.reports.evening import contents, markdown, terminal
from workbench.reports.evening.html import html
from workbench.reports.evening.style import STYLE
from workbench.reports.evening.terminal import Paint
from workbench.wording.cells import width

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=y>|`x`[a](http://evil)\x1b]52;c;eA==\x07\u202e&lt;"
PHONE = "13812345678"
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def page_of(figures, language="en"):
    words.use(language)
    return html(contents.paper(figures, rules()), language)


def lines_of(figures, **paint):
    return list(terminal.lines(contents.paper(figures, rules()), Paint(**paint)))


def forms(figures):
    found = contents.paper(figures, rules())
    page = html(found, words.language()).replace("&nbsp;", " ")
    return [page, markdown.markdown(found), "\n".join(terminal.lines(found, Paint()))]


@LANGUAGES
def test_the_page_is_well_formed_and_needs_nothing_else(language):
    page = page_of(evening(), language)
    read = Read(page)
    assert read.faults == []
    assert not {"script", "link", "img", "iframe"} & read.seen
    assert not re.search(r"(?:\bsrc=|href=|url\()", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert f'<html lang="{language}">' in page
    assert not any(".on" in name for name in read.seen)


def test_a_page_that_is_not_well_formed_is_found_out():
    assert Read("<p><b>x</p>").faults
    assert Read("<p>x</p></div>").faults
    with pytest.raises(SyntaxError):
        Read("<svg><text>x</svg>")


@LANGUAGES
def test_every_chart_has_a_title_a_description_and_its_table(language):
    page = page_of(evening(), language)
    charts = Read(page).charts
    assert len(charts) == 6
    for chart in charts:
        title, said = chart.find(f"{SVG}title"), chart.find(f"{SVG}desc")
        assert title.text
        assert said.text
        assert chart.get("role") == "img"
        assert chart.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
    figures = page.split("<figure>")[1:]
    assert len(figures) == len(charts)
    assert all("<details><summary>" in each and "<table" in each for each in figures)
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@LANGUAGES
def test_three_sentences_come_first(language):
    words.use(language)
    found = contents.paper(evening(), rules()).sentences
    assert len(found) == 3
    happened, grave, needed = found
    assert all(n in happened for n in ("14", "11", "9", "31"))
    assert all(n in grave for n in ("A261121-0001-7", "12", "10"))
    assert "王强" in needed
    page = page_of(evening(), language)
    assert page.index(happened) < page.index("<table") < page.index("<svg")


def test_who_holds_the_gravest_is_needed_first_whatever_others_owe():
    needed = contents.paper(evening(), rules()).sentences[2]
    assert re.findall("王强|李梅|without an owner", needed) == ["王强", "李梅", "without an owner"]
    assert "王强: A261121-0001-7 Proposal, late since 2026-11-21 09:30 (1 overdue in all)" in needed
    assert "(9 overdue in all)" in needed  # of which the list has six
    assert needed.endswith("; and others.")


def test_what_is_not_grave_is_not_called_so():
    calm = evening(
        straight_to_top=[],
        straight_to_top_lines=[],
        overdue=0,
        overdue_lines=[],
        hot=0,
        on_time={},
        tomorrow=[],
    )
    said = contents.paper(calm, rules()).sentences
    assert said[1].startswith("Nothing is grave")
    assert said[2].startswith("Nobody is needed by name")


@pytest.mark.parametrize("missing", sorted(evening()))
def test_any_part_may_be_missing(missing):
    figures = {name: value for name, value in evening().items() if name != missing}
    for form in forms(figures):
        assert form
    assert Read(page_of(figures)).faults == []


def test_all_may_be_missing():
    for form in forms({"date": "2026-11-21"}):
        assert "2026-11-21" in form


def test_an_empty_evening_is_a_page():
    empty = {name: type(value)() for name, value in evening().items() if not isinstance(value, str)}
    figures = {"date": "2026-11-21", "as_of": "2026-11-21T12:00:00.000000Z"} | empty
    assert Read(page_of(figures)).faults == []


@LANGUAGES
def test_text_of_customers_is_never_markup(language):
    hostile = line(1, site=HOSTILE, gist=HOSTILE, owner=HOSTILE, owes=HOSTILE)
    figures = evening(
        straight_to_top_lines=[hostile], overdue_lines=[hostile], tomorrow=[hostile], by_site={HOSTILE: 3},
        by_cause={HOSTILE: 1}, by_category={HOSTILE: 2}, by_handler={HOSTILE: 1}, warnings=[HOSTILE], seal=HOSTILE,
        part={"site": HOSTILE, "unit": HOSTILE, "handler": HOSTILE},
        people=[{"handler": HOSTILE, "held": 1, "closed": 1, "missed": 0, "of": 1, "rate": 1.0}],
        corrections=[{"figure": HOSTILE, "from": HOSTILE, "to": 1, "why": HOSTILE, "numbers": [HOSTILE]}],
    )  # fmt: skip
    read = Read(page_of(figures, language))
    assert read.faults == []
    assert not {"script", "img"} & read.seen
    assert any("<script>alert(1)</script>" in text for text in read.text)
    for form in forms(figures):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", form)
    assert "](http:" not in forms(figures)[1]


def test_phones_are_masked_in_every_form_wherever_they_stand():
    told = f"请回电 {PHONE}"
    figures = evening(
        straight_to_top_lines=[line(1, gist=told, site=told)], overdue_lines=[line(2, gist=told, site=told)],
        by_site={told: 5}, corrections=[
            {"figure": "closed", "from": 1, "to": 2, "why": told, "numbers": []}], missed_by={told: 1},
    )  # fmt: skip
    for form in forms(figures):
        assert PHONE not in form
    assert PHONE in json.dumps(figures)


def test_a_rate_says_how_many_it_is_of_and_where_it_may_lie():
    for form in forms(evening()):
        assert "6 of 9, 35 to 88 %" in form
        assert "2 of 14" in form
        assert "40 of 45" in form
        assert "too few" in form
        assert "0b5f0b5f" in form


def test_a_figure_stands_beside_what_it_was():
    page = page_of(evening())
    assert "<td>Received</td><td>14</td><td>11 (+3)</td><td>5 (+9)</td>" in page
    assert "<td>66.7&nbsp;% (6 of 9, 35 to 88&nbsp;%)</td><td>50.0&nbsp;% (+16.7)</td>" in page
    alone = page_of(evening(before=None, year_ago=None))
    assert "<td>Received</td><td>14</td></tr>" in alone


def test_what_nothing_counted_for_is_said_once():
    found = contents.paper(evening(), rules())
    assert any("Share founded" in text for text in found.ends)
    assert not any(row[0] == "Share founded" for table in found.figures for row in table.rows)


@pytest.mark.parametrize("cells", [40, 60, 100])
@LANGUAGES
def test_a_bar_in_the_terminal_fits_by_cells(cells, language):
    words.use(language)
    found = contents.paper(evening(by_site={"金色家园滨江一号翠湖花园国际公馆" * 3: 6, "x": 1}), rules())
    for chart in found.charts:
        for text in terminal.drawn(chart, Paint(cells, blocks=True)):
            if "█" in text:
                assert width(text) <= max(cells, 56)


def test_a_bar_is_as_long_as_its_share():
    assert [len(terminal.bar_of(share, 40, "#")) for share in (0, 0.001, 0.5, 1.0)] == [0, 1, 20, 40]
    assert terminal.sparkline([0, 1, 4, 8], 8) == "▁▂▅█"
    assert terminal.sparkline([0, 0], 0) == "▁▁"


def test_what_goes_to_a_file_has_no_blocks_and_no_escapes():
    plain, drawn = lines_of(evening()), lines_of(evening(), blocks=True)
    assert not any(sign in text for text in plain for sign in "▁▂▃▄▅▆▇█\x1b")
    assert any("▅" in text for text in drawn)
    assert any("####" in text for text in plain)
    assert any("9 10 6 7 8" in text for text in plain)


def test_a_pareto_chart_has_the_largest_first_and_the_share_of_all_up_to_each():
    chart = next(each for each in contents.paper(evening(), rules()).charts if getattr(each, "pareto", False))
    assert [bar.value for bar in chart.bars] == [9, 5, 2]
    assert [row[2] for row in chart.table.rows] == ["56.2 %", "87.5 %", "100.0 %"]


def test_many_sites_are_ten_bars():
    sites = {f"s{n:02}": n + 1 for n in range(40)}
    chart = next(
        each for each in contents.paper(evening(by_site=sites), rules()).charts if "site" in each.title
    )
    assert len(chart.bars) == 10
    assert sum(bar.value for bar in chart.bars) == sum(sites.values())
    assert chart.bars[-1].label == "31 others"


def test_a_year_is_drawn_by_month():
    months = [{"date": f"2026-{month:02}-01", "last": f"2026-{month:02}-28", "received": 5, "closed": month}
              for month in range(1, 13)]  # fmt: skip
    chart = contents.paper(evening(by_day=months), rules()).charts[0]
    assert chart.labels[0] == "01"
    assert chart.said.startswith("From 2026-01-01 to 2026-12-28")


def test_the_page_takes_less_than_three_tenths_of_a_second():
    from time import process_time

    days = [(date(2026, 11, 21) - timedelta(days=n)).isoformat() for n in range(62)]
    figures = evening(
        by_day=[{"date": day, "received": 9, "closed": 8} for day in days],
        people=[{"handler": f"p{n}", "held": 1, "closed": 2, "missed": 0, "of": 9, "rate": 1.0} for n in range(300)],
        by_site={f"s{n}": n for n in range(1000)}, overdue_lines=[line(n) for n in range(20)],
    )  # fmt: skip
    started = process_time()
    forms(figures)
    assert process_time() - started < 0.3


def test_a_long_table_is_cut_in_the_terminal_only():
    sites = {f"s{n}": 1 for n in range(60)}
    lines = lines_of(evening(by_site=sites))
    assert "  and 10 more" in lines
    assert contents_of(evening(by_site=sites)).count("| s") == 60 + 9  # and nine of them in the chart


def contents_of(figures):
    return markdown.markdown(contents.paper(figures, rules()))


@LANGUAGES
def test_every_form_says_the_days_the_moment_and_the_seal(language):
    words.use(language)
    for form in forms(evening(first="2026-11-15")):
        assert ("2026-11-15 至 2026-11-21" if language == "zh" else "2026-11-15 to 2026-11-21") in form
        assert "2026-11-21 20:00" in form
        assert "412:0b5f0b5f0b5f0b5f" in form


def test_every_figure_on_the_page_is_defined():
    found = contents.paper(evening(), rules())
    defined = {each.name for each in found.definitions}
    happened, stands = found.figures[0], found.figures[2]
    assert {row[0] for table in (happened, stands) for row in table.rows} <= defined


def test_each_figure_has_the_words_of_its_own():
    found = contents.paper(evening(), rules()).definitions
    said = [each.means for each in found if not each.name.startswith("On time")]
    assert len(said) == len(set(said)) > 10


def luminance(colour):
    parts = [int(colour[at] * 2 if len(colour) == 4 else colour[at : at + 2], 16) / 255
             for at in (range(1, 4) if len(colour) == 4 else (1, 3, 5))]  # fmt: skip
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_can_be_told_from_its_ground_in_light_and_dark():
    """WCAG 2.1: 4.5 for text, 3 for what is drawn."""
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert contrast("#d0d7de", "#fff") < 3
    schemes = re.findall(r":root\{(.*?)\}", STYLE, re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+):(#\w+)", scheme))
        for ground in (colours["ground"], colours["card"]):
            for name, least in (("ink", 4.5), ("quiet", 4.5), ("one", 3), ("two", 3), ("alarm", 3)):
                assert contrast(colours[name], ground) >= least, (name, ground)
