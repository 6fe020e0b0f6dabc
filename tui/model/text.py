"""Text that was marked up in its source: read as plain words, with the markup kept beside them."""


class Text(str):
    """The readable form of a mixed-content element, such as ``H₂O`` for ``H<sub>2</sub>O``.

    It is an ordinary string everywhere. Only elements that really hold markup become a `Text`;
    the others are plain `str`, so ``getattr(title, "markup", "")`` tells the two apart.
    """

    __slots__ = ("markup",)

    markup: str
    """The inside of the element as XML: ``i b u sub sup`` and MathML, with ``&lt;`` and ``&amp;`` escaped."""

    def __new__(cls, readable: str, markup: str) -> "Text":
        text = super().__new__(cls, readable)
        text.markup = markup
        return text

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # what __new__ takes, for pickle
        return (str(self), self.markup)
