"""Who may be meant by what is typed: names folded, texts read, matches ranked, matched parts marked.

Pure: the store finds candidates by an index, this package says how near each is and in which order they stand.
"""
