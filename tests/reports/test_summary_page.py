"""The summary on paper: text of customers is never markup, and nothing is left out."""

from datetime import date
from html.parser import HTMLParser

import pytest

from workbench import words
from workbench.reports import summary_page
from workbench.reports.scope import one_day
from workbench.reports.summary import summary

TODAY = date(2026, 11, 21)

HOSTILE = "<script>alert(1)</script>|`x`[a](http://evil)\x1b]52;c;eA==\x07 & \"'"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.seen |= {f"{tag}.{name}" for name, _ in attrs}


@pytest.fixture
def hostile(bench):
    bench.record(site=HOSTILE)
    return summary(bench.desk(), one_day(TODAY)), bench.desk().rules()


def test_text_of_customers_is_never_markup_in_html(hostile):
    page = summary_page.as_html(*hostile)
    tags = Tags()
    tags.feed(page)
    assert tags.seen <= {"html", "html.lang", "head", "meta", "meta.charset", "title", "style", "body", "h1", "h2",
                         "ul", "li", "table", "tr", "td", "th"}  # fmt: skip
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


def test_text_of_customers_is_never_markup_in_markdown(hostile):
    page = summary_page.as_markdown(*hostile)
    row = next(line for line in page.split("\n") if "alert" in line)
    assert row.startswith("| \\<script\\>alert(1)\\</script\\>\\|\\`x\\`\\[a\\](http\\://evil)")
    assert "\x1b" not in page


def test_text_of_customers_is_harmless_in_the_terminal(hostile):
    assert not any("\x1b" in line or "\x07" in line for line in summary_page.as_lines(*hostile))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_says_the_day_the_moment_and_the_seal(hostile, language):
    words.use(language)
    found, rules = hostile
    for form in (
        summary_page.as_markdown,
        summary_page.as_html,
        lambda *given: "\n".join(summary_page.as_lines(*given)),
    ):
        page = form(found, rules)
        assert found["seal"] in page
        assert "2026-11-21 12:00" in page


def test_a_long_table_is_cut_in_the_terminal_only(bench):
    for n in range(60):
        bench.record(site=f"s{n}")
    found = summary(bench.desk(), one_day(TODAY))
    lines = summary_page.as_lines(found)
    assert "  and 10 more" in lines
    assert sum(line.startswith("  s") for line in lines) == 50
    assert summary_page.as_markdown(found).count("| s") == 60
