"""Quality metrics: majority accuracy, predictive value, decision threshold, gap closed."""

from roadmap_tui.forecast.simulation.amounts import Amount, ratio


def majority_accuracy(positives: int, of: int) -> float | None:
    """Return the accuracy of always choosing the more common class; None without cases."""
    if of:
        return max(positives, of - positives) / of
    return None


def positive_predictive_value(
    prevalence: Amount, sensitivity: Amount, specificity: Amount
) -> Amount | None:
    """Return how often a yes is right; None if the model never says yes.

    Args:
        prevalence: share of positive cases.
        sensitivity: how often the model says yes to those.
        specificity: how often it says no to the others.

    Source: Bayes' theorem.
    """
    right = prevalence * sensitivity
    return ratio(right, right + (1 - prevalence) * (1 - specificity))


def decision_threshold(cost_fp: Amount, cost_fn: Amount) -> Amount | None:
    """Return the probability from which a yes costs less than a no, for a calibrated model.

    None if neither error costs anything.

    Source: C. Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001.
    """
    return ratio(cost_fp, cost_fp + cost_fn)


def gap_closed(model: Amount, baseline: Amount, target: Amount) -> Amount | None:
    """Return the share of the way from the baseline to the target; None if they are equal."""
    return ratio(model - baseline, target - baseline)
