"""Every figure of a summary by its name, explained and listed."""

import shlex

from workbench.cli.explaining import value_of
from workbench.reports.counted import NONE

OF_THE_SAME = {"median_seconds": "n", "p90_seconds": "n", "max_seconds": "n", "csi_mean": "csi_n", "nps": "nps_n",
               "mood_change": "mood_n", "rate": "of"}  # fmt: skip


def names(found):
    """Every figure that counts cases, or things on cases, by its name."""
    plain = [
        "received", "closed", "done", "reopened", "open", "waiting", "overdue", "due_next_24h", "hot",
        "limited_resolutions", "not_accepted", "not_impartial", "straight_to_top",
    ]  # fmt: skip
    parted = [f"{name}.{key}" for name in ("by_kind", "by_category", "by_site", "by_channel", "by_handler", "by_severity",
              "open_by_handler", "missed_by") for key in found[name]]  # fmt: skip
    clocks = [f"on_time.{clock}.{word}" for clock in found["on_time"] for word in ("met", "missed")]
    duties = [f"duties.{kind}.{word}" for kind, told in found["duties"].items() for word in told]
    promises = [f"promises.{word}" for word in ("kept", "kept_in_time", "broken", "open", "overdue")]
    plain += [f"{share}{part}" for share in ("resolution", "repeat", "founded", "breach", "defect", "overturned")
              for part in ("_met", "_of")]  # fmt: skip
    plain += ["overturned", "csi_mean_of", "nps_of", "mood_change_of"]
    parted += [f"{name}.{key}" for name in ("late", "open_by_age") for key in found[name]]
    parted += [f"escalations.{clock}.{step}" for clock, told in found["escalations"].items() for step in told]
    parted += [
        f"early_warnings.{kind}" for kind in found["early_warnings"] if kind not in ("surge", "planned")
    ]
    calls = [f"callbacks.{word}" for word in ("done", "reached", "owed", "overdue")]
    return [*plain, *parted, *clocks, *duties, *promises, *calls, *further_names(found)]


def further_names(found):
    """The same of times, what was passed around, money, opinions, people and audits."""
    yield from ("unpaid", "tomorrow", "passed_around", "audits")
    yield from (f"sums.{name}" for name in found["sums"])
    yield from (f"passed_around.{way}" for way in found["passed_around"] if way != "lines")
    yield from (f"people.{line['handler']}{word}" for line in found["people"]
                for word in ("", ".held", ".closed", ".met", ".missed", ".of", ".rate"))  # fmt: skip
    for kind, told in found["times"].items():
        yield from (
            f"times.{kind}{word}" for word in ("", ".n", ".median_seconds", ".p90_seconds", ".max_seconds")
        )
        yield from (f"times.{kind}.{by}.{name or NONE}{word}" for by in ("by_category", "by_site", "by_handler")
                    for name in told[by] for word in ("", ".n"))  # fmt: skip
    yield from (
        f"waiting_by_reason.{reason}{word}" for reason in found["waiting_by_reason"] for word in ("", ".n")
    )
    yield from (f"opinions.{by}.{name or NONE}{word}" for by, told in found["opinions"].items() for name in told
                for word in ("", ".n", ".csi_mean", ".csi_n", ".nps", ".nps_n", ".mood_change", ".mood_n"))  # fmt: skip
    yield "audits.n"
    yield from (f"audits.by_question.{name}{word}" for name in found["audits"]["by_question"]
                for word in ("", ".met", ".of"))  # fmt: skip


def how_many(found, name):
    """How many things a figure of a summary counts; None where the document does not say it."""
    value, (outer, _, last) = value_of(found, name), name.rpartition(".")
    if last in OF_THE_SAME:
        return value_of(found, f"{outer}.{OF_THE_SAME[last]}")
    if name in ("sums.claimed", "sums.promised", "sums.paid", "sums.unpaid"):
        return None
    if isinstance(value, dict):
        return value.get("of", value.get("n", value.get("cases")))
    return len(value) if isinstance(value, list) else value


def listed(run, now, line):
    """Run the line that an explanation prints; return the numbers that it lists."""
    program, *words = shlex.split(line)
    assert program == "workbench"
    ended = run("--now", now, "--json", *words)
    assert ended.code == 0, (line, ended.err)
    return sorted(each["number"] for each in ended.json)


def agrees(run, now, *asked, of=names):
    """Explain every figure of a summary and list its cases; return those that counted something."""
    found = run("--now", now, "--json", "--read-only", "summary", *asked)
    assert found.code == 0, found.err
    counted = []
    for name in of(found.json):
        told = run("--now", now, "--json", "summary", *asked, "--explain", name)
        assert told.code == 0, (name, told.err)
        count = how_many(found.json, name)
        assert count is None or told.json["counted"] == count, (asked, name)
        assert len(told.json["cases"]) <= told.json["counted"], name
        if told.json["list"]:
            assert listed(run, now, told.json["list"]) == told.json["cases"], (asked, name)
        counted += [name] if told.json["counted"] else []
    return counted
