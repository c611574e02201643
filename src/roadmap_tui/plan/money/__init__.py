"""Tables about money: unit economics, business cases, markets."""
