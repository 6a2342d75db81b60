"""The verb of an act follows from its record and its fields: nothing in ``cli`` names the act."""

from typing import Any

import pytest
import verbs_page
from msgspec.structs import replace

from tests.processes import python, run
from workbench import actions, words
from workbench.cli import app, fielded, helping
from workbench.cli.registry import ACTS, HEADINGS, NAMES, NOUNS, WITHIN, load, sentence
from workbench.domain import acts
from workbench.rules.action import Field

OF_ITS_OWN = {"record", "handover", "undo", "attach"}  # verbs of one act that ask for more than its fields
IN_EVERY_VERB = {"--json"}


def typed(command) -> set[str]:
    """Return what a command takes: ``--option``, or the name of a place."""
    return {name for parameter in command.params for name in parameter.opts} - IN_EVERY_VERB


def asked_for(act_id: str) -> set[str]:
    """Return what the fields of an act ask for, as it is typed."""
    fields = {
        field.name if field.positional else f"--{field.name.replace('_', '-')}"
        for field in actions.of(act_id).fields
    }
    told = any(field.spoken for field in actions.of(act_id).fields)
    once = {"--op-id"} if acts.BY_ID[act_id].adding else set()
    return fields | once | ({"--no-offer"} if told else set())


OF_A_NOUN = {"warning", "audit"}  # done by a verb of two words


@pytest.mark.parametrize("act", acts.PERSONS)
def test_every_act_of_a_person_has_a_verb(act):
    if act in WITHIN:
        verb, option = WITHIN[act].split()
        assert option in typed(app.build(load(verb)))
    else:
        assert act in (NOUNS if act in OF_A_NOUN else NAMES)


@pytest.mark.parametrize("act", ACTS)
def test_the_options_of_a_verb_are_exactly_the_fields_of_its_act(act):
    assert typed(app.build(load(act))) == asked_for(act) | {"number", "--seen"}


@pytest.mark.parametrize("act", sorted(OF_ITS_OWN))
def test_a_verb_of_its_own_has_the_fields_of_its_act_too(act):
    assert asked_for(act) < typed(app.build(load(act)))


def test_an_audit_is_scored_by_its_fields():
    assert typed(app.build(load("audit score"))) == asked_for("audit") | {"number", "--seen"}


def test_a_field_more_is_an_option_more_and_a_field_less_one_less():
    verb = load("note")
    assert typed(app.build(verb._replace(fields=(*verb.fields, Field("how_loud", "How loud", "line"))))) == {
        "number", "--text", "--seen", "--op-id", "--how-loud",
    }  # fmt: skip
    assert typed(app.build(verb._replace(fields=verb.fields[:1]))) == {"number"}


def test_acts_and_verbs_of_their_own_are_all_there_are():
    assert set(acts.PERSONS) == set(ACTS) | OF_ITS_OWN | WITHIN.keys() | OF_A_NOUN


@pytest.mark.parametrize("topic", acts.Topic)
def test_every_topic_stands_under_one_heading(topic):
    assert sum(topic in heading.topics for heading in HEADINGS) == 1


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_help_of_a_verb_is_the_sentence_of_its_act(wb, act, language):
    shown = wb("--lang", language, act, "--help").out
    words.use(language)
    assert words._(actions.of(act).help).replace(" ", "") in shown.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (Field("to", "x", "person"), "--to STAFF"),
        (Field("members", "x", "people"), "--members STAFF,..."),
        (Field("same_as", "x", "case"), "--same-as NUMBER"),
        (Field("flag", "x", "flags"), "--flag FLAG ..."),
        (Field("id", "x", "duty:press"), "--id ID"),
        (Field("csi", "x", "number", low=1, high=5), "--csi 1-5"),
        (Field("people", "x", "number", low=1, high=1000), "--people N"),
        (Field("channel", "x", "choice", choices="channels"), "--channel CHANNEL"),
        (Field("for", "x", "choice", choices=(("a", "A"),), metavar="WHOM"), "--for WHOM"),
        (Field("missed", "x", "yesno"), "--missed"),
    ],
)
def test_how_an_option_is_written_follows_from_the_field(field, written):
    (option,) = fielded.parameters([field])
    assert helping.option_text(option) == written


def test_the_sentence_of_an_option_is_its_help_else_its_label():
    words.use("zh")
    label = Field("to", "To whom", "person")
    said = [option.help for option in fielded.parameters([label, replace(label, help="Where it is.")])]
    assert said == [f"{words._('To whom')}。", "Where it is."]
    assert said[0] != "To whom。"


@pytest.mark.parametrize(
    "command",
    [
        ["keep", "N", "7"],
        ["keep", "N", "x"],
        ["answer", "N", "7", "--text", "x"],
        ["visited", "N", "7"],
        ["pay", "N", "7"],
        ["approve", "N", "0"],
    ],
)
def test_a_wrong_number_is_named_as_the_help_names_it(wb, recorded, command):
    for before in (["promise", "--text", "x", "--due", "+1h"], ["press", "--text", "x"],
                   ["visit", "--at", "+1h", "--engineer", "li"], ["compensate", "--amount", "5"]):  # fmt: skip
        assert wb(before[0], recorded, *before[1:]).code == 0
    ended = wb(*(recorded if word == "N" else word for word in command))
    assert (ended.code, ended.err.split(":")[0]) == (2, "ID")


@pytest.mark.parametrize(
    ("command", "time"),
    [
        (["dispatch", "--to", "li", "--due", "+90m"], "Sat 2026-11-21 13:30"),
        (["ask", "--of", "li", "--text", "x", "--due", "2026-11-23"], "Mon 2026-11-23 24:00"),
        (["press", "--text", "x", "--due", "明天 9:00"], "Sun 2026-11-22 09:00"),
        (["visit", "--at", "+2h", "--engineer", "li"], "Sat 2026-11-21 14:00"),
        (["prevent", "--text", "x", "--owner", "li", "--due", "2026-12-01 10:00"], "Tue 2026-12-01 10:00"),
        (["account", "--of", "li", "--ask", "--due", "+3h"], "Sat 2026-11-21 15:00"),
        (["taskforce", "--head", "mei", "--members", "li", "--due", "+4h"], "Sat 2026-11-21 16:00"),
        (["callback", "--reached", "no"], "Sat 2026-11-21 16:00"),  # the policy's next try, 4 hours on
        (["press", "--text", "x"], "2026-11-2"),  # by the policy
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_the_time_that_an_act_sets_is_echoed_in_full(wb, recorded, command, time):
    ended = wb(command[0], recorded, *command[1:])
    assert ended.code == 0, ended.err
    assert time in ended.out


@pytest.mark.parametrize("command", [["note", "--text", "x"], ["account", "--of", "li", "--text", "x"]])
def test_an_act_that_sets_no_time_echoes_none(wb, recorded, command):
    assert "2026-11-2" not in wb(command[0], recorded, *command[1:]).out


def test_the_options_on_the_page_are_those_of_the_code():
    page = verbs_page.PAGE.read_text("utf-8")
    assert verbs_page.renewed(page) == page, "run: python tests/verbs_page.py"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("- `--outcome TEXT`: What the customer was told.\n", ""),
        ("### `keep NUMBER [ID]`", "### `keep NUMBER`"),
        ("- `--broken`: It was broken.", "- `--broken`: It was kept.\n- `--never`: No such option."),
        ("| `--read-only` | Change nothing. |\n", ""),
    ],
)
def test_a_page_that_says_something_else_is_put_right(right, wrong):
    page = verbs_page.PAGE.read_text("utf-8")
    assert right in page
    spoiled = page.replace(right, wrong)
    assert spoiled != page
    assert verbs_page.renewed(spoiled) == page


@pytest.mark.parametrize("act", ACTS)
def test_the_page_begins_what_it_says_of_an_act_with_its_sentence(act):
    page = verbs_page.PAGE.read_text("utf-8")
    (section,) = [each for each in verbs_page.SECTION.finditer(page) if each["name"] == act]
    assert section["body"].strip().startswith(sentence(act))


MADE_UP = """
import sys, types
from msgspec.structs import replace
from workbench.domain import acts

WAVE = replace(acts.NOTE, id="wave", title="Wave", help="Wave at the customer.")
acts.BY_ID["wave"] = WAVE
acts.PERSONS += ("wave",)

from workbench.rules.action import Action
from workbench.rules.action import Field
from workbench.domain import effects

effects.APPLIED["wave"] = effects.APPLIED["note"]
module = types.ModuleType("workbench.actions.wave")
field = Field("how_high", "How high", "line", required=True)
module.ACTION = Action(WAVE, lambda asked: {"text": asked.text("how_high", required=True)}, lambda *_: None, (field,))
sys.modules["workbench.actions.wave"] = module

from workbench.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def with_wave(*words_: str) -> Any:
    """Run the program with one act more, of which nothing in ``cli`` knows."""
    return run(python(MADE_UP, *words_))


def test_a_made_up_act_gets_a_verb_without_a_line_in_cli(wb, recorded):
    assert wb("wave", recorded, "--how-high", "x").code == 2  # without the record there is no such verb
    overview = with_wave("--help").stdout
    under = overview[overview.index("Act on a case") : overview.index("Who owes what")]
    assert "Wave at the customer." in under
    assert "--how-high TEXT" in with_wave("wave", "--help").stdout
    done = with_wave("wave", recorded, "--how-high", "very")
    assert (done.returncode, recorded in done.stdout) == (0, True), done.stderr
    missing = with_wave("wave", recorded)
    assert (missing.returncode, missing.stderr.split(":")[0]) == (2, "--how-high")


def test_a_verb_loads_the_file_of_its_own_act_alone(wb, recorded):
    code = (
        "import sys; from workbench.__main__ import main; main(sys.argv[1:])\n"
        "from workbench.domain import acts\n"
        "print([act for act in acts.PERSONS if f'workbench.actions.{act}' in sys.modules], file=sys.stderr)"
    )
    for command, loaded in ((["note", recorded, "--text", "x"], ["note"]), (["take", recorded], ["take"])):
        done = run(python(code, *command), check=True)
        assert done.stderr.strip() == str(loaded)
