"""Typed dialogs that sit over a screen and hand back one value."""
