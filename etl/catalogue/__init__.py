"""What is data: forms, slots, indicators, rules, measures and corrections."""
