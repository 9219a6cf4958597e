"""The night: its steps in order, the offline check, and the warehouse of a past day."""
