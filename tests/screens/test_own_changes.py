"""What somebody has done here is seen by them, before the screen has read it again."""

from pathlib import Path

from desks import Bench

from screens.case_reader import CaseReader
from tests.screens.support import opened, press, queue_of


async def test_a_case_that_was_acted_on_is_read_before_the_next_act(
    bench: Bench, tmp_path: Path, monkeypatch
) -> None:
    case = bench.record()
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        reader = queue_of(app).reader
        assert reader.known is not None
        assert reader.known.version == case.version
        with monkeypatch.context() as slow:
            slow.setattr(CaseReader, "_look", lambda *_told, **_how: None)  # a reading that takes its time
            await press(pilot, "t")
            assert reader.known is None, "what is on the screen is older than the own act"
        await press(pilot, "e", "text:已派人", "ctrl+o")
        assert queue_of(app).panes.form is None, "no question about what one has done oneself"
    assert [event.act for event in bench.desk().timeline(case.case_id)][-2:] == ["take", "reply"]
