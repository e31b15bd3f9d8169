"""Values and rules: frozen structs and pure functions over plain values and a given instant."""
