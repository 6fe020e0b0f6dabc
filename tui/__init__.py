"""pubmed-tui: read PubMed in a terminal, online and off."""

__version__ = "0.1.0"
