"""What themes lack, and which of them suits the terminal."""

# The ANSI themes have none of these; switching to one would fail.
MISSING = {
    "foreground-disabled": "ansi_bright_black",
    "surface-active": "ansi_blue",
    "text-accent": "ansi_blue",
}


def is_light(colours: str) -> bool:
    """Whether $COLORFGBG ("0;15") names a light background."""
    background = colours.rpartition(";")[2]
    return background in ("7", "15")
