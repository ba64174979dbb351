"""What the content is: frozen values, no input or output."""
