"""What a measured quality means: precision and recall together, prevalence, the price of errors, the gap closed."""

from roadmap_tui.forecast.simulation.amounts import Amount, ratio


def majority_accuracy(positives: int, of: int) -> float | None:
    """The accuracy of always guessing what is more common; None of no cases."""
    return max(positives, of - positives) / of if of else None


def positive_predictive_value(
    prevalence: Amount, sensitivity: Amount, specificity: Amount
) -> Amount | None:
    """How often a yes is right; None if it never says yes.

    Args:
        prevalence: the share of cases that are what is looked for.
        sensitivity: how often it says yes to those.
        specificity: how often it says no to the others.

    Source: Bayes' theorem.
    """
    right = prevalence * sensitivity
    return ratio(right, right + (1 - prevalence) * (1 - specificity))


def decision_threshold(cost_fp: Amount, cost_fn: Amount) -> Amount | None:
    """The probability from which a yes costs less than a no, if the model's probabilities are right.

    None if neither error costs anything.

    Source: C. Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001.
    """
    return ratio(cost_fp, cost_fp + cost_fn)


def gap_closed(model: Amount, baseline: Amount, target: Amount) -> Amount | None:
    """How much of the way from the baseline to the target the model has gone; None if there is no way to go."""
    return ratio(model - baseline, target - baseline)
