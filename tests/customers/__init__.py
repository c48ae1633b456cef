"""Tests of the package customers."""
