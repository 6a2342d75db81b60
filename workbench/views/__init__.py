"""Views that people save and share: a queue, narrowed, in an order, with columns of their choice."""
