"""Where a key stands in a TOML text."""

import pytest

from workbench.policy import loading
from workbench.toml.lines import line_at, lines_of, longest_key

LINES = '''\
a = 1
"b.c" = """
[not.a.table]
x = "1" """
[t.u]   # [comment]
k.l = { m = [1,
  { n = 2 },   # }
  "]" ], o = 3 }
'q' = \'\'\'
\'\'\'
p = 1.5
[[list]]
x = 2026-01-01 10:00:00
[[list]]
[list.deep]
"\\u0078" = 7
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b.c",), 2),
        (("t", "u"), 5),
        (("t", "u", "k", "l", "m"), 6),
        (("t", "u", "k", "l", "m", 0), 6),
        (("t", "u", "k", "l", "m", 1, "n"), 7),
        (("t", "u", "k", "l", "m", 2), 8),
        (("t", "u", "k", "l", "o"), 8),
        (("t", "u", "q"), 9),
        (("t", "u", "p"), 11),
        (("list",), 12),
        (("list", 0, "x"), 13),
        (("list", 1), 14),
        (("list", 1, "deep", "x"), 16),
        (("t", "u", "absent"), 5),
        (("absent",), 1),
    ],
)
def test_the_line_of_a_key_is_found_and_an_absent_one_stands_at_its_table(path, line):
    assert line_at(lines_of(LINES), path) == line


@pytest.mark.parametrize(
    "text", [LINES, *((loading.FOLDER / f"{name}.toml").read_text("utf-8") for name in loading.shipped())]
)
def test_every_value_of_a_document_has_a_line(text):
    import tomllib

    lines = lines_of(text)
    seen = 0
    todo = [((), tomllib.loads(text))]
    while todo:
        path, value = todo.pop()
        assert not path or path in lines
        seen += 1
        if isinstance(value, dict):
            todo += [((*path, key), under) for key, under in value.items()]
        elif isinstance(value, list):
            todo += [((*path, at), under) for at, under in enumerate(value)]
    assert seen == len(lines) + 1


@pytest.mark.parametrize(
    ("text", "parts"), [("a.b.c = 1", 3), ("a = 'x.y.z.w'", 1), ("[a . b]\nc=1 # a.b.c.d", 2), ("", 1)]
)
def test_dots_are_counted_in_keys_only(text, parts):
    assert longest_key(text) == parts
