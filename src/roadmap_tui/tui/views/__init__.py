"""Drawing of screens and cards as lines of styled text."""
