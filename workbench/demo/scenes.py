"""Cases of the demonstration that are told step by step: each shows something that a regime asks for."""

import csv
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from workbench.actions import doing
from workbench.demo.stage import Stage
from workbench.exchange import contacts
from workbench.exchange.sniff import sniff
from workbench.setup import campaign_calls
from workbench.watch import warnings
from workbench.words import LANGUAGES

RECEIVES = "he"  # who takes the calls
OURS = {"id", "ago", "acts", *LANGUAGES}  # of a scene; all else is a fact of the case
OF_AN_ACT = {"ago", "by", "act"}


def tell(stage: Stage, scene: Mapping[str, Any]) -> None:
    """Record the case of a scene and do to it what the scene says."""
    given = {"customer": stage.pick(stage.fiction["customers"]), "phone": stage.phone(), "unit": stage.home()}
    given |= {name: stage.said(value) for name, value in scene.items() if name not in OURS}
    given["text"] = stage.said([scene[language] for language in LANGUAGES])
    case = doing.record(stage.at(scene["ago"], RECEIVES), given)
    stage.numbers[scene.get("id", "")] = case.number
    for step in scene.get("acts", ()):
        told = {name: stage.said(value) for name, value in step.items() if name not in OF_AN_ACT}
        doing.do(stage.at(step["ago"], step["by"]), step["act"], case.case_id, told)


def call(stage: Stage, folder: Path) -> None:
    """Bring a list of customers in as a campaign, and call some of them; one call becomes a case."""
    campaign = stage.fiction["campaign"]
    name, file = stage.said(campaign["name"]), folder / "contacts.csv"
    _write(stage, file, campaign["contacts"])
    last = (stage.now + timedelta(days=campaign["days"])).date()
    desk = stage.at(campaign["ago"], campaign["by"])
    contacts.take(contacts.Job(desk, sniff(file), name, campaign["kind"], last))
    file.unlink()
    for no, contact in enumerate(campaign["contacts"], start=1):
        if "answers" in contact:
            answers = {key: stage.said(value) for key, value in contact["answers"].items()}
            campaign_calls.call(stage.at(contact["ago"], contact["by"]), name, no, answers)


def _write(stage: Stage, file: Path, customers: Iterable[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(("customer", "phone", "site", "unit", "consent"))
        for each in customers:
            who, site = stage.said(each["customer"]), stage.said(each["site"])
            table.writerow((who, stage.phone(), site, stage.home(), each.get("consent", "yes")))


def expect(stage: Stage) -> None:
    """Plan the waves of complaints that can be foreseen."""
    for wave in stage.fiction["waves"]:
        first, last = ((stage.now + timedelta(days=wave[name])).date() for name in ("from", "until"))
        site, reason = stage.said(wave["site"]), stage.said(wave["reason"])
        warnings.plan(stage.at(wave["ago"], wave["by"]), site, wave["category"], first, last, reason)
