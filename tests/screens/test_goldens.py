"""Every picture is what is kept of it as text; anew: PYTHONPATH=tests python -m tests.screens.goldens"""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.screens import goldens
from workbench import words

ANEW = "if that is meant: PYTHONPATH=tests python -m tests.screens.goldens"
Stores = dict[str, tuple[Path, str]]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    folder = tmp_path_factory.mktemp("fiction")
    return {language: goldens.fiction(folder, language) for language in words.LANGUAGES}


@pytest.mark.parametrize(
    ("name", "size", "language"),
    list(goldens.names()),
    ids=lambda each: "x".join(map(str, each)) if isinstance(each, tuple) else each,
)
def test_a_picture_is_what_is_kept_of_it(
    name: str, size: tuple[int, int], language: str, stores: Stores, tmp_path: Path
) -> None:
    words.use(language)
    shown = goldens.drawn(name, size, *stores[language], tmp_path / "it")
    kept = goldens.path_of(name, size, language)
    assert shown.splitlines() == kept.read_text(encoding="utf-8").splitlines(), ANEW
    assert [line for line in shown.splitlines() if cell_len(line) > size[0] and "> " not in line] == []


def test_nothing_is_kept_that_belongs_to_no_screen() -> None:
    assert sorted(goldens.FOLDER.iterdir()) == sorted({goldens.path_of(*each) for each in goldens.names()})


def test_a_picture_that_differs_by_one_sign_is_seen(stores: Stores, tmp_path: Path) -> None:
    words.use("en")
    shown = goldens.drawn("line-help", (80, 24), *stores["en"], tmp_path / "it")
    kept = goldens.path_of("line-help", (80, 24), "en").read_text(encoding="utf-8")
    assert shown == kept
    words.use("zh")
    assert goldens.drawn("line-help", (80, 24), *stores["zh"], tmp_path / "other") != kept
