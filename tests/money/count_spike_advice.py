"""How much of what spikes can bring the advice brings, on random roadmaps; prints the shares of
`docs/method.md`.

python -m tests.money.count_spike_advice [COUNT]
"""

import sys

from tests.money.spike_advice import totals


def main() -> None:
    """Count, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    summed = totals(range(count))
    sys.stdout.write(
        f"of {count} roadmaps: {summed.value / summed.most_value:.0%} of the value,"
        f" {summed.money / summed.most_money:.0%} of the money;"
        f" all spikes: {summed.all_value / summed.most_value:.0%},"
        f" {summed.all_money / summed.most_money:.0%}\n"
    )


if __name__ == "__main__":
    main()
