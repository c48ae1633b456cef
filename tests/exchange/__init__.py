"""Tests of what other programs keep days in."""
