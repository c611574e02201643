"""Job opportunity: how much room there is for a better solution."""

from roadmap_tui.plan.items import JobToBeDone


def opportunity_score(importance: float, satisfaction: float) -> float:
    """Return importance plus how far satisfaction falls short of it; both out of 10.

    Source: A. W. Ulwick, "Turn Customer Input into Innovation", Harvard Business Review 80 (2002).
    """
    return importance + max(importance - satisfaction, 0.0)


def job_opportunity(job: JobToBeDone) -> float | None:
    """Return the opportunity score of a job; None if importance or satisfaction is missing."""
    if job.importance is None or job.satisfaction is None:
        return None
    return opportunity_score(job.importance, job.satisfaction)
