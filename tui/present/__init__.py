"""Values to blocks to read. Pure; shared by `show` and by the panes."""
