"""Values and rules: frozen dataclasses and pure functions over plain values and a given instant."""
