"""How numbers, dates, money and text are written, for every surface."""
