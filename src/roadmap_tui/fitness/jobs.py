"""Jobs: how much room there is for something better."""

from roadmap_tui.fitness.amounts import Amount, at_least


def opportunity(importance: Amount, satisfaction: Amount) -> Amount:
    """How important a job is, and again how far what there is falls short; both out of 10.

    Source: A. W. Ulwick, "Turn Customer Input into Innovation", Harvard Business Review 80 (2002).
    """
    return importance + at_least(importance - satisfaction, 0.0)
