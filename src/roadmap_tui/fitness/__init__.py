"""Whether an AI feature is fit to ship, and whether it pays: formulas, with ranges where quantities have them."""
