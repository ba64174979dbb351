"""From text to the model: the only rooms that open content files."""
