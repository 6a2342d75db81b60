"""The evening page in a real Chromium, where one is installed: phone, wide screen, dark, paper."""

import json
import re
import shutil
from html import escape

import pytest
from evening_support import evening, line, rules
from processes import run

from workbench import words
from workbench.reports.evening import contents
from workbench.reports.evening.html import html

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
# no window is narrower than 500: the page stands in a frame
LOOK = """<body style="margin:0"><iframe srcdoc="{page}" style="border:0;width:{width}px;height:900px"></iframe><script>
addEventListener('load', () => {{
  const view = frames[0], body = view.document.body, across = e => e.getBoundingClientRect();
  const wide = [...body.querySelectorAll('main *')].filter(e => across(e).right > view.innerWidth + 1
    && !e.closest('.wide') && !e.closest('thead'));
  document.title = JSON.stringify({{inner: view.innerWidth, scroll: view.document.documentElement.scrollWidth,
    wide: wide.map(e => e.tagName), ground: view.getComputedStyle(body).backgroundColor,
    charts: [...body.querySelectorAll('svg')].map(e => Math.round(across(e).width))}});
}});
</script>"""
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module", autouse=True)
def _chromium():
    if CHROMIUM is None:
        print("no Chromium here: the page was not opened")
        pytest.skip("no Chromium here: the page was not opened")


@pytest.fixture
def chromium(tmp_path):
    """Return a caller of the browser with a profile of its own."""

    def call(page, *options):
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   f"--user-data-dir={tmp_path / 'profile'}", *options, file.as_uri()]  # fmt: skip
        return run(command, timeout=120, check=True).stdout

    return call


def full(language, **other):
    """Return a page with everything on it and words that are long."""
    words.use(language)
    many = {"overdue_lines": [line(n, gist="楼上漏水三天没人来修" * 6, owner="Wang Qiang of the engineering team")
                              for n in range(20)],
            "by_site": {"Riverside One International Residence Phase Two " * 2 + str(n): n + 1 for n in range(12)}}  # fmt: skip
    return html(contents.paper(evening(**many | other), rules()), language)


def looked_at(chromium, page, *options, width=1100):
    """Return what the browser made of the page, laid out for so many pixels."""
    framed = LOOK.format(page=escape(page), width=width)
    title = re.search("<title>(.*?)</title>", chromium(framed, "--dump-dom", *options))[1]
    return json.loads(title.replace("&amp;", "&"))


@LANGUAGES
@pytest.mark.parametrize("width", [390, 1100])
def test_nobody_has_to_scroll_sideways(chromium, language, width):
    found = looked_at(chromium, full(language), width=width)
    assert found["inner"] == width
    assert found["scroll"] == width
    assert found["wide"] == []
    assert len(found["charts"]) == 6
    assert min(found["charts"]) > 300


def test_a_page_that_is_too_wide_is_found_out(chromium):
    page = full("en").replace("<main>", '<main><p style="width:900px">x</p>')
    found = looked_at(chromium, page, width=390)
    assert found["scroll"] == 900 + 16
    assert found["wide"] != []


def test_it_is_dark_where_the_reader_wants_that(chromium):
    light = looked_at(chromium, full("en"), "--blink-settings=preferredColorScheme=1")
    dark = looked_at(chromium, full("en"), "--blink-settings=preferredColorScheme=0")
    assert (light["ground"], dark["ground"]) == ("rgb(255, 255, 255)", "rgb(18, 22, 27)")


@LANGUAGES
def test_it_is_printed_on_two_pages(chromium, tmp_path, language):
    chromium(full(language), f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    assert pages(tmp_path / "page.pdf") <= 2


def test_a_third_page_is_counted(chromium, tmp_path):
    page = full("en").replace("<main>", "<main>" + "<p style='break-after:page'>x</p>" * 3)
    chromium(page, f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    assert pages(tmp_path / "page.pdf") > 2


def test_a_script_would_not_run(chromium):
    page = full("en").replace("</body>", "<script>document.title = 'ran'</script></body>")
    assert "<title>Summary of" in chromium(page, "--dump-dom")


def pages(file):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes()))
