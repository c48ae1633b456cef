"""The screens about customers: what each said, when it was visited, and everything about one."""
