"""Properties here read whole texts: how long one example takes is measured in tests of its own."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
