"""Every fact of a case: one record a key of its JSON, which everything else reads.

The order is that of the keys in JSON (docs/verbs.md). A fact that is stored has a column of its name in the
table of cases. What may be seen of a fact: ``workbench.domain.masks``; what it may be: ``vocabularies``.
"""

from collections.abc import Callable, Mapping

from workbench.domain.fact import Export, Fact, Judges, Kind, Mapped, Origin, Privacy
from workbench.words import N_, _

CASE_NUMBER, ID, TEXT, LINE, PHONE_NUMBER, PERSON, CHOICE, CHOICES, WHOLE, YUAN, TIME, YES_NO, PARTS = Kind
SAID, KEPT, RECKONED = Origin
STORED, UNSTORED = True, False
IDENTITY, NEUTRAL, PERSONAL, PHONE_MASK = Privacy
FILTERED, UNFILTERED = True, False
AT_ONCE, FOLDED, UNEXPORTED = Export
MAPPED, BY_COLUMN, UNMAPPED = Mapped
AMENDED, FIXED = True, False
LEVEL, CLUSTER, AGE, NOTHING = Judges

# fmt: off
# ------------------------------------------------------- what the customer brought

NUMBER = Fact("number", N_("Number"), CASE_NUMBER, KEPT, STORED, IDENTITY, FILTERED, AT_ONCE, UNMAPPED,
    FIXED, NOTHING, contains=True, zh=("编号",))
EXTERNAL_ID = Fact("external_id", N_("External id"), ID, SAID, STORED, IDENTITY, FILTERED, AT_ONCE,
    BY_COLUMN, FIXED, NOTHING, inline=N_("external id"),
    needed=N_("without it a second import would add every row again"))
SOURCE = Fact("source", N_("Source"), ID, SAID, STORED, IDENTITY, FILTERED, UNEXPORTED, UNMAPPED, FIXED,
    NOTHING, inline=N_("source"), empty="")
KIND = Fact("kind", N_("Kind"), CHOICE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED, CLUSTER,
    inline=N_("kind"), terms="kinds", always=True, zh=("类型",))
CATEGORY = Fact("category", N_("Category"), CHOICE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED,
    AMENDED, CLUSTER, inline=N_("category"), terms="categories", always=True, zh=("类别",))
CHANNEL = Fact("channel", N_("Channel"), CHOICE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, FIXED,
    NOTHING, inline=N_("channel"), terms="channels", always=True, zh=("渠道",))
WORDS = Fact("text", N_("What about"), TEXT, SAID, STORED, PERSONAL, FILTERED, AT_ONCE, MAPPED, FIXED,
    NOTHING, ask=N_("In the customer's words"), always=True, needed=N_("a case needs the customer's words"),
    contains=True)
PEOPLE = Fact("people", N_("People"), WHOLE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED,
    LEVEL, inline=N_("people"), low=1, high=1_000_000, zh=("人数",))
CLAIM = Fact("claim", N_("Claim"), YUAN, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED, LEVEL,
    ask=N_("Claim, yuan"), inline=N_("claim"), zh=("索赔",))
IMPACT = Fact("impact", N_("Impact"), CHOICE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED,
    LEVEL, inline=N_("impact"), terms="impacts", none_counts=True, zh=("影响",))
FLAGS = Fact("flags", N_("Flags"), CHOICES, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED,
    LEVEL, inline=N_("flags"), terms="flags", short=("flag",), zh=("标记",))
FAULT = Fact("fault", N_("Fault"), CHOICE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED, AGE,
    inline=N_("fault"), terms="faults", always=True, zh=("责任",))
MOOD = Fact("mood", N_("Mood"), WHOLE, SAID, STORED, NEUTRAL, FILTERED, AT_ONCE, MAPPED, AMENDED, NOTHING,
    ask=N_("Mood, 1 to 5"), inline=N_("mood"), low=1, high=5)
REMEDY_SOUGHT = Fact("remedy_sought", N_("Remedy sought"), LINE, SAID, STORED, PERSONAL, FILTERED, AT_ONCE,
    MAPPED, AMENDED, NOTHING, inline=N_("wants"), contains=True, short=("wants",))

# ------------------------------------------------------------- what became of it

OUTCOME = Fact("outcome", N_("Outcome"), TEXT, KEPT, STORED, PERSONAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, contains=True)
RESOLUTION = Fact("resolution", N_("Solved"), CHOICE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED,
    FIXED, NOTHING, inline=N_("resolved"), ids=("full", "limited", "none"), none_counts=True)
ACCEPTED = Fact("accepted", N_("Accepted by the customer"), CHOICE, KEPT, STORED, NEUTRAL, FILTERED,
    AT_ONCE, UNMAPPED, FIXED, NOTHING, inline=N_("accepted"), ids=("yes", "no", "unknown"))
VERDICT = Fact("verdict", N_("Verdict"), CHOICE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, inline=N_("verdict"), ids=("founded", "partly", "unfounded"))
SEVERITY = Fact("severity", N_("Level"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, inline=N_("level"), low=1, high=4, short=("level",), zh=("级别",))
SEVERITY_REASONS = Fact("severity_reasons", N_("Graver by"), PARTS, RECKONED, UNSTORED, PERSONAL,
    UNFILTERED, FOLDED, UNMAPPED, FIXED, NOTHING)
HOT = Fact("hot", N_("Hot"), YES_NO, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED, NOTHING,
    inline=N_("hot"), zh=("热点",))
HOT_REASONS = Fact("hot_reasons", N_("Hot by"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, FOLDED,
    UNMAPPED, FIXED, NOTHING)
BINDING = Fact("binding", N_("Binds still"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING)
STATUS = Fact("status", N_("Status"), CHOICE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, ids=("open", "waiting", "closed", "done"), zh=("状态",))
STAGE = Fact("stage", N_("Stage"), CHOICE, RECKONED, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, zh=("环节",))

# ----------------------------------------------------------------- where and who

SITE = Fact("site", N_("Site"), LINE, SAID, STORED, PERSONAL, FILTERED, AT_ONCE, MAPPED, AMENDED, CLUSTER,
    inline=N_("site"), empty="", contains=True, zh=("小区", "项目"))
UNIT = Fact("unit", N_("Unit"), LINE, SAID, STORED, PERSONAL, FILTERED, AT_ONCE, MAPPED, AMENDED, CLUSTER,
    inline=N_("unit"), empty="", contains=True, zh=("房号",))
CUSTOMER = Fact("customer", N_("Customer"), LINE, SAID, STORED, PERSONAL, FILTERED, AT_ONCE, MAPPED,
    AMENDED, CLUSTER, inline=N_("customer"), empty="", contains=True, zh=("客户",))
PHONE = Fact("phone", N_("Phone"), PHONE_NUMBER, SAID, STORED, PHONE_MASK, FILTERED, AT_ONCE, MAPPED,
    AMENDED, CLUSTER, empty="", zh=("电话",))
FIRST_ASKED = Fact("first_asked", N_("First asked"), PERSON, KEPT, STORED, IDENTITY, FILTERED, AT_ONCE,
    UNMAPPED, FIXED, NOTHING, contains=True, zh=("首问",))
HANDLER = Fact("handler", N_("Handler"), PERSON, KEPT, STORED, IDENTITY, FILTERED, AT_ONCE, MAPPED, FIXED,
    NOTHING, zh=("经办人", "处理人"))
TIERS = Fact("tiers", N_("Tiers"), PARTS, RECKONED, UNSTORED, IDENTITY, UNFILTERED, FOLDED, UNMAPPED, FIXED,
    NOTHING)

# ------------------------------------------------------------------ how it stands

RECEIVED_AT = Fact("received_at", N_("Received at"), TIME, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE,
    BY_COLUMN, FIXED, NOTHING, inline=N_("received"),
    needed=N_("a case needs the time at which it was received"), short=("received",), zh=("受理",))
CLOSED_AT = Fact("closed_at", N_("Closed at"), TIME, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED,
    FIXED, NOTHING, short=("closed",))
DONE_AT = Fact("done_at", N_("Done at"), TIME, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, short=("done",))
VERSION = Fact("version", N_("Version"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING)
NEXT_DUE_AT = Fact("next_due_at", N_("Next due"), TIME, RECKONED, STORED, NEUTRAL, FILTERED, AT_ONCE,
    UNMAPPED, FIXED, NOTHING, short=("due",), zh=("到期",))
NEXT_CLOCK = Fact("next_clock", N_("Next clock"), CHOICE, RECKONED, STORED, NEUTRAL, FILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING, terms="clocks", short=("clock",))
OVERDUE = Fact("overdue", N_("Overdue"), YES_NO, RECKONED, UNSTORED, NEUTRAL, FILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING, zh=("超时",))
REPEAT = Fact("repeat", N_("Repeat"), YES_NO, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, zh=("重复",))
REPEAT_OF = Fact("repeat_of", N_("Repeat of"), CASE_NUMBER, KEPT, STORED, IDENTITY, FILTERED, AT_ONCE,
    UNMAPPED, FIXED, NOTHING, contains=True)
HANDOFFS = Fact("handoffs", N_("Hand-offs"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED,
    FIXED, NOTHING)
PASSED = Fact("passed", N_("Passed on"), PARTS, RECKONED, UNSTORED, NEUTRAL, UNFILTERED, FOLDED, UNMAPPED,
    FIXED, NOTHING)
LAST_TOLD_AT = Fact("last_told_at", N_("Last told"), TIME, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE,
    UNMAPPED, FIXED, NOTHING)
UNANSWERED_SINCE = Fact("unanswered_since", N_("Waits for us since"), TIME, KEPT, STORED, NEUTRAL, FILTERED,
    AT_ONCE, UNMAPPED, FIXED, NOTHING)
CSI = Fact("csi", N_("Satisfaction"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, ask=N_("Satisfaction, 1 to 5"), inline=N_("satisfaction"), low=1, high=5)
NPS = Fact("nps", N_("Recommendation"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE, UNMAPPED, FIXED,
    NOTHING, ask=N_("Would recommend, 0-10"), inline=N_("recommendation"), low=0, high=10)
MOOD_AFTER = Fact("mood_after", N_("Mood afterwards"), WHOLE, KEPT, STORED, NEUTRAL, FILTERED, AT_ONCE,
    UNMAPPED, FIXED, NOTHING, ask=N_("Mood, 1 to 5"), low=1, high=5)
PAUSE = Fact("pause", N_("Pause"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, UNEXPORTED, UNMAPPED,
    FIXED, NOTHING)
CALLBACK_AGAIN_AT = Fact("callback_again_at", N_("Next try"), TIME, KEPT, STORED, NEUTRAL, FILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)

# ------------------------------------------------------------- what belongs to it

CLOCKS = Fact("clocks", N_("Clocks"), PARTS, RECKONED, UNSTORED, NEUTRAL, UNFILTERED, FOLDED, UNMAPPED,
    FIXED, NOTHING)
PROMISES = Fact("promises", N_("Promises"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, FOLDED,
    UNMAPPED, FIXED, NOTHING)
IMPORTANT = Fact("important", N_("Important"), YES_NO, KEPT, UNSTORED, NEUTRAL, UNFILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING)
ABOUT = Fact("about", N_("Complained about"), PERSON, SAID, STORED, IDENTITY, FILTERED, UNEXPORTED,
    UNMAPPED, AMENDED, NOTHING, inline=N_("complained about"), zh=("被投诉人",))
FLOW = Fact("flow", N_("Flow"), PARTS, RECKONED, UNSTORED, NEUTRAL, UNFILTERED, UNEXPORTED, UNMAPPED, FIXED,
    NOTHING)
MISSING = Fact("missing", N_("Missing"), PARTS, RECKONED, UNSTORED, NEUTRAL, UNFILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING)
DUTIES = Fact("duties", N_("Duties"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, UNEXPORTED, UNMAPPED,
    FIXED, NOTHING)
VERIFICATION = Fact("verification", N_("Verification"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)
COMPENSATION = Fact("compensation", N_("Money"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)
COMPENSATION_TOTAL = Fact("compensation_total", N_("Compensation, yuan"), YUAN, RECKONED, UNSTORED, NEUTRAL,
    UNFILTERED, UNEXPORTED, UNMAPPED, FIXED, NOTHING)
TASKFORCE = Fact("taskforce", N_("Task force"), PARTS, RECKONED, UNSTORED, IDENTITY, UNFILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING)
REPAIR = Fact("repair", N_("Repair"), PARTS, RECKONED, UNSTORED, IDENTITY, UNFILTERED, UNEXPORTED, UNMAPPED,
    FIXED, NOTHING)
PROFILE = Fact("profile", N_("Customer's manner"), PARTS, RECKONED, UNSTORED, NEUTRAL, UNFILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)
COMPLAINANTS = Fact("complainants", N_("Complainant"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)
LINKS = Fact("links", N_("Linked"), PARTS, RECKONED, UNSTORED, IDENTITY, UNFILTERED, UNEXPORTED, UNMAPPED,
    FIXED, NOTHING)
MERGED_INTO = Fact("merged_into", N_("Merged into"), CASE_NUMBER, RECKONED, UNSTORED, IDENTITY, UNFILTERED,
    UNEXPORTED, UNMAPPED, FIXED, NOTHING)
INCIDENT = Fact("incident", N_("Incident"), LINE, KEPT, STORED, PERSONAL, UNFILTERED, UNEXPORTED, UNMAPPED,
    FIXED, NOTHING)
EVIDENCE = Fact("evidence", N_("Evidence"), PARTS, RECKONED, UNSTORED, PERSONAL, UNFILTERED, UNEXPORTED,
    UNMAPPED, FIXED, NOTHING)
# fmt: on

BY_NAME: Mapping[str, Fact] = {each.name: each for each in list(globals().values()) if isinstance(each, Fact)}
"""Every record by its name, in the order of this page."""

NAMES: tuple[str, ...] = tuple(BY_NAME)


def where(holds: Callable[[Fact], bool]) -> tuple[str, ...]:
    """Return the names of the facts for which ``holds``, in the order of this page."""
    return tuple(fact.name for fact in BY_NAME.values() if holds(fact))


def kept(*kinds: Kind) -> tuple[str, ...]:
    """Return the names of the facts of ``kinds`` that a case has as attributes of their names."""
    return where(lambda fact: fact.origin is not RECKONED and fact.kind in kinds)


def label(name: str) -> str:
    """Return what a heading calls the fact ``name``, in the language in use."""
    return _(BY_NAME[name].label)
