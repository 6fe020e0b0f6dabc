"""Textual: screens own the state, widgets show what they are given. The only room that imports it."""
