"""Jobs: how much room there is for something better."""

from roadmap_tui.plan.items import JobToBeDone


def opportunity_score(importance: float, satisfaction: float) -> float:
    """How important a job is, and again how far what there is falls short; both out of 10.

    Source: A. W. Ulwick, "Turn Customer Input into Innovation", Harvard Business Review 80 (2002).
    """
    return importance + max(importance - satisfaction, 0.0)


def job_opportunity(job: JobToBeDone) -> float | None:
    """The opportunity of a job; None if nobody was asked how important it is and how far they are satisfied."""
    if job.importance is None or job.satisfaction is None:
        return None
    return opportunity_score(job.importance, job.satisfaction)
