from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import python, run
from textual.binding import Binding
from textual.keys import Keys, _character_to_key

import keymaps
from keymaps.checking import KEPT, REFLEXES, SAME, TERMINALS
from keymaps.names import NAMES, SIGNS, canonical
from workbench import words
from workbench.domain import acts
from workbench.domain.errors import UsageError

ACTS = frozenset(acts.PERSONS)
KNOWN = keymaps.known(ACTS)
PLAIN = 'extends = "default"\n[contexts.queue]\n'


@pytest.fixture(autouse=True)
def english():
    words.use("en")


@pytest.fixture
def faults(tmp_path):
    """Return the faults of a keymap with this text, as lines."""

    def of(text):
        file = tmp_path / "mine.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(keymaps.KeymapFaultsError) as refused:
            keymaps.load(file, KNOWN)
        return [str(fault) for fault in refused.value.faults]

    return of


@pytest.mark.parametrize("name", keymaps.SHIPPED)
def test_a_shipped_keymap_gives_every_action_a_key_that_passes_the_input_method(name):
    keymap = keymaps.load(name, KNOWN)
    for context, commands in keymap.contexts.items():
        for command, keys in commands.items():
            in_menu = context == "more" and command not in keymaps.MOVING  # each line there has a number
            assert in_menu or any(map(keymaps.passes_input_method, keys)), command
    assert not [act for act in ACTS if not keymap.keys("queue", act) and act not in keymap.contexts["more"]]


@pytest.mark.parametrize("name", keymaps.SHIPPED)
def test_no_key_of_a_shipped_keymap_is_taken_twice_or_unknown_to_textual(name):
    keymap = keymaps.load(name, KNOWN)
    for commands in keymap.contexts.values():
        keys = [key for keys in commands.values() for key in keys]
        assert len(keys) == len(set(keys))
        for key in keys:
            last = key.split("+")[-1]
            assert len(last) == 1 or last in SIGNS or last in {member.value for member in Keys}, key


@pytest.mark.parametrize("name", keymaps.SHIPPED)
def test_no_act_lies_on_a_reflex_and_none_needs_two_strokes(name):
    keymap = keymaps.load(name, KNOWN)
    for act in ACTS:
        assert not REFLEXES & set(keymap.keys("queue", act))
        assert not any(" " in key or "," in key for key in keymap.keys("queue", act))


def test_the_keys_that_the_manual_promises_are_the_default():
    keymap = keymaps.load("default", KNOWN)
    promised = {
        "r": "record",
        "c": "close",
        "b": "callback",
        "/": "filter",
        "?": "help",
        "1": "queue.1",
        "9": "queue.9",
    }
    assert {key: keymap.action("queue", key) for key in promised} == promised


def test_the_input_method_safe_set_has_no_letters_and_no_signs():
    keymap = keymaps.load("ime-safe", KNOWN)
    for commands in keymap.contexts.values():
        for command, keys in commands.items():
            assert command == "page_down" or all(map(keymaps.passes_input_method, keys)), command


def test_textual_accepts_every_key_as_a_binding():
    keymap = keymaps.load("default", KNOWN)
    bound = [key.key for key in Binding.make_bindings([(",".join(keymap.keys("queue", "filter")), "x", "x")])]
    assert bound == ["slash", "ctrl+f"]


def test_signs_are_named_as_textual_names_them():
    assert {name: _character_to_key(sign) for name, sign in SIGNS.items()} == {name: name for name in SIGNS}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("c", ("c",)),
        ("K", ("K",)),
        ("ｊ", ("j",)),
        ("?", ("question_mark",)),
        ("？", ("question_mark",)),
        (" ", ("space",)),
        ("slash", ("slash",)),
        ("F8", ("f8",)),
        ("ctrl+O", ("ctrl+o",)),
        ("shift+ctrl+left", ("ctrl+shift+left",)),
        ("shift+k", ("K",)),
        ("shift+f2", ("shift+f2", "f14")),
        ("alt+x", ("alt+x",)),
        ("alt+/", ("alt+slash",)),
        ("ctrl+[", ("ctrl+left_square_bracket",)),
    ],
)
def test_a_written_key_is_what_textual_reports(written, names):
    assert canonical(written) == names


@pytest.mark.parametrize(
    "written",
    [
        "",
        "cc",
        "g g",
        "ctrl",
        "ctrl+",
        "+",
        "ctrl+bananas",
        "ctrl+1",
        "f25",
        "f0",
        "漏",
        "é",
        "\x1b",
        "c,f8",
        "hyper+c",
        "ctrl+ctrl+c",
        "shift+1",
        "enter+x",
        "ctrl+enter",
        "\ud800",
        "x" * 10_000,
    ],
)
def test_other_keys_do_not_exist(written):
    if written == "+":
        assert canonical(written) == ("plus",)
    else:
        assert canonical(written) == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ｊ", "j"),
        ("Ｋ", "K"),
        ("？", "?"),
        ("／", "/"),
        ("：", ":"),
        ("１", "1"),
        ("。", "."),
        ("【", "["),
        ("　", " "),
        ("漏", "漏"),
        ("①", "1"),
        ("j", "j"),
        ("é", "é"),
        ("㎏", "㎏"),
        ("", ""),
    ],
)
def test_full_width_keys_are_folded(typed, key):
    assert keymaps.fold_key(typed) == key


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("question_mark", "?"),
        ("ctrl+o", "Ctrl+O"),
        ("f8", "F8"),
        ("shift+f2", "Shift+F2"),
        ("pagedown", "PgDn"),
        ("K", "K"),
        ("alt+x", "Alt+X"),
        ("left", "Left"),
        ("ctrl+underscore", "Ctrl+_"),
        ("space", "Space"),
    ],
)
def test_a_footer_shows_keys_in_ascii(key, shown):
    assert keymaps.label(key) == shown


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('clsoe = ["c"]', "queue.clsoe: There is no such action. Did you mean close?"),
        ('close = ["ctrl+banana"]', 'queue.close: "ctrl+banana" is not a key that terminals send.'),
        ('close = ["pagedonw"]', '"pagedonw" is not a key that terminals send. Did you mean pagedown?'),
        ('close = ["n", "f8"]', 'queue.close: "n" already belongs to note.'),
        ('close = ["shift+f2"]', 'queue.close: "shift+f2" already belongs to heard.'),
        ('close = ["f14"]', 'queue.close: "f14" already belongs to heard.'),
        ('close = ["ctrl+i"]', 'queue.close: A terminal cannot tell "ctrl+i" from tab.'),
        ('close = ["ctrl+["]', 'A terminal cannot tell "ctrl+[" from escape.'),
        ('close = ["ctrl+c"]', '"ctrl+c" belongs to the terminal.'),
        ('close = ["ctrl+q"]', '"ctrl+q" is kept for quit.'),
        ('close = ["enter"]', '"enter" is kept for open.'),
        ('close = ["ctrl+o"]', '"ctrl+o" saves a form, so nothing else may lie on it.'),
        ('undo = ["u", "f12"]', '"f12" saves a form, so nothing else may lie on it.'),
        (
            'close = ["f8", "ctrl+d"]',
            '"ctrl+d" is pressed by reflex to scroll or to edit, so no act may lie on it.',
        ),
        (
            'close = ["c"]',
            "queue.close: No key of this action passes a Chinese input method; add a function key.",
        ),
        ('close = ["alt+c"]', "No key of this action passes a Chinese input method"),
        ("close = []", "queue.close: The action has no key."),
        ('close = "c"', "queue.close: Keys are written as a list"),
        ("close = [1]", "queue.close: Keys are written as a list"),
        ('close = ["\\u001b"]', '"␛" is not a key that terminals send.'),
        ("queue.1.x = [1]", "queue.queue.1: Keys are written as a list"),
    ],
)
def test_a_fault_is_named_with_file_line_and_the_nearest_right_name(faults, line, fault):
    assert any(found.startswith("mine.toml:3: ") and fault in found for found in faults(PLAIN + line + "\n"))


@pytest.mark.parametrize(
    ("text", "keys"),
    [('press = ["+"]', ("plus",)), ("press = []", ()), ('press = ["f8"]', ("f8",))],
)
def test_an_act_of_the_menu_needs_no_key_since_its_line_has_a_number(tmp_path, text, keys):
    file = tmp_path / "mine.toml"
    file.write_text(f'extends = "default"\n[contexts.more]\n{text}\n', encoding="utf-8")
    assert keymaps.load(file, KNOWN).keys("more", "press") == keys


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('press = ["1"]', 'more.press: "1" begins the number of a line in the menu.'),
        ('press = ["c"]', 'more.press: "c" already belongs to confirm.'),
        ('press = ["ctrl+d"]', "pressed by reflex"),
        ('down = ["j"]', "more.down: No key of this action passes a Chinese input method"),
        ("down = []", "more.down: The action has no key."),
        ('prees = ["p"]', "more.prees: There is no such action. Did you mean press?"),
    ],
)
def test_a_fault_in_the_menu_is_named(faults, text, fault):
    assert any(fault in found for found in faults(f'extends = "default"\n[contexts.more]\n{text}\n'))


def test_an_act_may_move_from_the_menu_to_the_queue(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "default"\n[contexts.queue]\npress = ["P", "ctrl+end"]\n', encoding="utf-8")
    keymap = keymaps.load(file, KNOWN)
    assert keymap.keys("queue", "press") == ("P", "ctrl+end")
    assert keymap.keys("more", "press") == ("p",)


@pytest.mark.parametrize("key", sorted({*SAME, *TERMINALS, *KEPT}))
def test_keys_that_cannot_serve_are_refused_for_every_act(faults, key):
    assert faults(PLAIN + f'close = ["f8", "{key}"]\n')


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "[contexts.qeue]\n",
            "qeue: There is no such context; known: queue, more, form, campaign, desk, dial, board, help."
            " Did you mean queue?",
        ),
        (
            '\nextnds = "vim"\n',
            "mine.toml:2: extnds: Only extends and contexts may stand here. Did you mean extends?",
        ),
        ('extends = "vmi"\n', "mine.toml:1: extends: extends must name one of these"),
        ("extends = [[1]]\n", "mine.toml:1: extends: extends must name one of these"),
        ("contexts = 1\n", "mine.toml:1: contexts: A table"),
        ("[contexts]\nqueue = 1\n", "mine.toml:2: queue: A table"),
        ("", "mine.toml:1: queue.close: The action has no key."),
        ('[contexts.form]\nsubmit = ["s"]\n', 'mine.toml:2: form.submit: "s" is text in a form.'),
        ("a = 1\nb = = 2\n", "mine.toml:2: is not TOML here: "),
        (b"a = 1\n\xff\xfe", "mine.toml:2: is not UTF-8 text."),
        (bytes(range(256)) * 10, "mine.toml:"),
        ("#" * (256 * 1024 + 1), "mine.toml:1: has more than 256 KB."),
        ("a = " + "[\n" * 100_000, "mine.toml:1: is nested too deeply."),
        ("extends" + ".a" * 240 + " = 1", "mine.toml:1: has a key with more than 4 parts."),
        (
            "[contexts.queue]\nclose" + ".a" * 240 + " = 1",
            "mine.toml:1: has a key with more than 4 parts.",
        ),
        ("\na = " + "9" * 5000, "mine.toml:1: has a number that is too long."),
        ('a = "\x1b"', "mine.toml:1: is not TOML here"),
    ],
)
def test_a_broken_file_is_refused_calmly(faults, text, fault):
    assert any(fault in found for found in faults(text))


def test_all_faults_are_told_at_once(faults):
    lines = 'foo = 1\nextends = "default"\n[contexts.queue]\nclsoe = ["c"]\nnote = ["r", "ctrl+m", "f4"]\n'
    assert [found.split(": ")[0] + " " + found.split(": ")[1] for found in faults(lines)] == [
        "mine.toml:1 foo",
        "mine.toml:4 queue.clsoe",
        "mine.toml:5 queue.note",
        "mine.toml:5 queue.note",
    ]


def test_a_clash_is_told_in_the_file_that_the_user_wrote(faults):
    assert faults(PLAIN + 'record = ["f9"]\n') == [
        'mine.toml:3: queue.record: "f9" already belongs to callback.'
    ]


def test_the_sentence_counts_the_faults_and_names_the_file(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("")
    with pytest.raises(keymaps.KeymapFaultsError) as refused:
        keymaps.load(file, KNOWN)
    count = sum(len(commands) for context, commands in KNOWN.items() if context != "more")
    count += len(keymaps.MORE)
    assert refused.value.exit_code == 2
    assert str(refused.value).startswith(f"The keymap {file} cannot be used; faults: {count}.\nmine.toml:1: ")
    assert str(refused.value).endswith(f"\nand {count - 20} more")


@pytest.mark.parametrize("name", ["nothing-here", "", ".", "/dev/zero", "a\0b", "x" * 5000])
def test_a_keymap_that_is_no_file_is_refused_in_one_sentence(name):
    with pytest.raises(UsageError, match=r"There is no keymap and no file .*; shipped are: default, ") as why:
        keymaps.load(name, KNOWN)
    assert "\n" not in str(why.value)
    assert len(str(why.value)) < 200


def test_a_keymap_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "mine.toml"
    file.touch()
    monkeypatch.setattr(type(file), "open", Mock(side_effect=PermissionError))
    with pytest.raises(keymaps.KeymapFaultsError, match="cannot be read: "):
        keymaps.load(file, KNOWN)


def test_a_byte_order_mark_and_own_names_are_taken(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('\ufeffextends = "vim"\ncontexts.queue.close = ["x", "ctrl+end"]\n', encoding="utf-8")
    keymap = keymaps.load(file, KNOWN)
    assert keymap.keys("queue", "close") == ("x", "ctrl+end")
    assert keymap.action("queue", "h") == "previous_queue", "what it extends is extended too"
    assert keymap.action("queue", "c") is None


def test_a_key_is_looked_up_as_it_was_typed_or_as_textual_names_it():
    keymap = keymaps.load("default", KNOWN)
    looked_up = [
        keymap.action("queue", key) for key in ("ｃ", "？", "question_mark", "shift+f2", "f14", "漏", "f11")
    ]
    assert looked_up == ["close", "help", "help", "heard", "heard", None, None]
    assert keymap.shown("queue", "filter") == "/"


@pytest.mark.parametrize("name", keymaps.SHIPPED)
def test_an_exported_keymap_is_a_keymap(name, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(keymaps.source_text(name), encoding="utf-8")
    assert keymaps.load(file, KNOWN).contexts == keymaps.load(name, KNOWN).contexts


PIECES = st.sampled_from(
    [
        "extends",
        "contexts",
        "queue",
        "form",
        "close",
        "= ",
        '["c"]',
        '"f8"',
        "[",
        "]",
        "\n",
        ".",
        '"',
        "'''",
        "{",
        "nan",
        "#",
        "1979-05-27",
        "0x",
        "\\u001b",
        "漏",
        "\t",
        "\x00",
        ", ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_garbage_is_refused_with_lines_that_fit_a_screen(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "garbage.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(keymaps.KeymapFaultsError) as refused:
        keymaps.load(file, KNOWN)
    assert all(len(line) < 250 for line in str(refused.value).split("\n"))


def test_names_are_only_what_terminals_send():
    assert all(canonical(name) for name in NAMES)


def test_keymaps_load_neither_the_screens_nor_the_command_line():
    code = (
        f"import sys, keymaps; keymaps.load('vim', keymaps.known({sorted(ACTS)})); print(sorted(sys.modules))"
    )
    loaded = run(python(code), check=True).stdout
    assert "'keymaps.loading'" in loaded
    assert not any(f"'{name}'" in loaded for name in ("textual", "rich", "typer", "screens"))
