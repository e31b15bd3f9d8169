"""The guided tour of the demo: what to press next, and whether it was done."""
