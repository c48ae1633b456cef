"""When Python looks for garbage: to look through everything takes up to 0.1 s, which a key would wait."""

import gc

# Young objects are looked through as often as ever, everything only when asked for.
YOUNG, MIDDLE, OLD = 5_000, 10, 1_000_000


def begin() -> None:
    """All is loaded and painted: what is there now stays, and is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.enable()


def look() -> None:
    """Collect garbage of all generations; call it while no key is being pressed."""
    gc.collect()
