"""What the operating system refuses, said in words."""

import errno
import os

import pytest

from workbench import words
from workbench.domain import system


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "you lack the right"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.ENOTCONN, os.strerror(errno.ENOTCONN)),
    ],
)
def test_the_reason_is_the_end_of_a_sentence(code, said):
    words.use("en")
    assert str(system.reason(OSError(code, os.strerror(code)))) == said


def test_what_has_no_reason_is_named_by_its_kind():
    assert system.reason(EOFError()) == "EOFError"
    assert system.reason(ValueError("embedded null byte")) == "embedded null byte"
