"""What a closing comes to: solved or not, which the customer has a say in (S1: in part, and accepted)."""


def is_solved(resolution: str | None, accepted: str | None) -> bool:
    """Say whether a case closed so is solved: in full unless the customer says no, in part by consent."""
    return (resolution == "full" and accepted != "no") or (resolution == "limited" and accepted == "yes")


def is_not_accepted(resolution: str | None, accepted: str | None) -> bool:
    """Say whether the customer is left without a solution: none was given, or it was not accepted."""
    return resolution == "none" or accepted == "no"
