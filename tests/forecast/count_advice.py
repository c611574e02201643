"""How much of what spikes can bring the advice brings, on random roadmaps; prints the shares of
`docs/method.md`.

python -m tests.forecast.count_advice [COUNT]
"""

import sys
from dataclasses import asdict

from tests.forecast.advice import totals


def main() -> None:
    """Count, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    summed = asdict(totals(range(count)))
    sys.stdout.write(
        f"| of {count} roadmaps | gain by the horizon | of what the best choice gains"
        " |\n|---|---:|---:|\n"
    )
    for name, gain in {**summed, "never": 0.0}.items():
        sys.stdout.write(f"| {name} | {gain:.0f} | {gain / summed['attainable']:.0%} |\n")


if __name__ == "__main__":
    main()
