"""The front desk of an acupuncture clinic, in a terminal."""

__version__ = "0.1.0"
