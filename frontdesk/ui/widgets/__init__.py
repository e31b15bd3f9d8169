"""Reusable widgets that draw lines."""
