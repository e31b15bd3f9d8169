"""Pure layout: values in, rows of text and style names out; no terminal needed."""
