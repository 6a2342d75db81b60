"""Numbers that are seen at a glance to stand for nobody: many texts have that of a repair or an order."""

from re import Match

from workbench.domain.regexes import later

WORDS = 16  # signs before a number that may say what it is
FEW = 9  # digits, and less, stand for a person only by the signs before them
# Among these are no letter of a passport and no plus, and no word for a telephone ends like the last three.
_ONLY_WORDS = later(r"[0-9、。！，；？\u4e00-\u9fff]*(?:(?![话机码])[\u4e00-\u9fff]){3}")


def stands_for_nobody(text: str, run: Match[str]) -> bool:
    """Say that ``run`` is a short plain number behind Chinese words, none of which makes it personal.

    For all others this says no, whatever they are.
    """
    number, start = run[0], run.start()
    if len(number) > FEW or not (number.isascii() and number.isdecimal()):
        return False
    return _ONLY_WORDS.fullmatch(text, max(start - WORDS, 0), start) is not None
