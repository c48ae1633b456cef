"""Customers: what they said by theme, who wasn't visited for long, and everything about one."""
