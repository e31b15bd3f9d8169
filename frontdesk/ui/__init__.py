"""The dashboard; the only package that draws."""
