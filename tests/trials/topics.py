"""The topics whose rules are changed, each with its files and the tests that are nearest."""

Topic = tuple[tuple[str, ...], tuple[str, ...]]

TOPICS: dict[str, Topic] = {
    "clocks": (
        (
            "workbench/domain/clocks.py", "workbench/domain/case_clocks.py", "workbench/domain/clock_verdicts.py",
            "workbench/domain/timing.py", "workbench/domain/days.py", "workbench/domain/hours.py",
            "workbench/domain/calendars.py", "workbench/domain/spans.py",
        ),
        (
            "tests/domain/test_clocks.py", "tests/domain/test_sla_table.py", "tests/domain/test_calendars.py",
            "tests/domain/test_days.py", "tests/domain/test_plans.py", "tests/domain/test_why.py",
            "tests/actions/test_verdicts.py", "tests/actions/test_policy_choices.py",
            "tests/actions/test_comebacks.py", "tests/actions/test_opinion.py", "tests/actions/test_flow.py",
            "tests/actions/test_who_waits.py", "tests/actions/test_amend.py",
            "tests/actions/test_customer_words.py", "tests/watch/test_clocks_in_doubt.py", "tests/watch/test_sweep.py",
        ),
    ),
    "severity": (
        ("workbench/domain/severity.py", "workbench/rules/levels.py", "workbench/rules/cluster.py"),
        (
            "tests/actions/test_severity.py", "tests/actions/test_severity_sentences.py",
            "tests/actions/test_comebacks.py", "tests/actions/test_gravest_level.py",
            "tests/actions/test_cluster.py", "tests/actions/test_second_complaints.py",
            "tests/actions/test_amend.py",
        ),
    ),
    "permissions": (
        (
            "workbench/rules/permissions.py", "workbench/rules/authority.py", "workbench/domain/rights.py",
            "workbench/rules/rights.py", "workbench/rules/ranks.py", "workbench/rules/identity.py",
            "workbench/rules/place.py", "workbench/rules/in_sight.py", "workbench/rules/binding.py",
            "workbench/rules/slices.py", "workbench/rules/role_rights.py", "workbench/rules/restriction.py",
            "workbench/rules/approvals.py",
        ),
        (
            "tests/actions/test_list_rights.py", "tests/actions/test_one_voice.py", "tests/actions/test_impartial.py",
            "tests/actions/test_closing_authority.py", "tests/actions/test_place.py",
            "tests/actions/test_slices.py", "tests/actions/test_gravest_level.py",
            "tests/actions/test_taking_back.py", "tests/actions/test_taken_back.py",
            "tests/actions/test_ways_around.py", "tests/actions/test_tiers.py", "tests/actions/test_money.py",
            "tests/actions/test_stand_ins.py", "tests/actions/test_substitutes.py",
            "tests/actions/test_verifiers.py", "tests/actions/test_long_pause_decided.py",
            "tests/actions/test_belonging.py", "tests/actions/test_people.py",
            "tests/cli/test_rights.py", "tests/cli/test_in_sight.py", "tests/cli/test_person_restrict.py",
        ),
    ),
    "duties": (
        (
            "workbench/rules/duty_rules.py", "workbench/rules/dues.py", "workbench/rules/leaving.py",
            "workbench/domain/duties.py", "workbench/domain/effects/duties.py",
            "workbench/domain/effects/owing.py", "workbench/domain/effects/leaving.py",
        ),
        (
            "tests/actions/test_duties.py", "tests/actions/test_duty_people.py",
            "tests/actions/test_duty_ladders.py", "tests/actions/test_people.py",
            "tests/actions/test_nothing_open.py", "tests/actions/test_who_waits.py",
            "tests/actions/test_stand_ins.py", "tests/actions/test_impartial.py", "tests/actions/test_taken_back.py",
            "tests/actions/test_leaver.py", "tests/actions/test_substitutes.py",
            "tests/cli/test_leaving.py", "tests/cli/test_duty_verbs.py",
        ),
    ),
}  # fmt: skip
