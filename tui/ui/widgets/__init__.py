"""One file a pane, with everything of its own: its style, its keys, its messages."""
