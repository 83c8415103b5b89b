"""What readers say about articles. May import articles; never meets ads."""
