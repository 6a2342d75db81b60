"""The evening page: what the figures of a day or a span say, as HTML, in the terminal, as Markdown."""
