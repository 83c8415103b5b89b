"""The newsroom: articles and what they are made of, from the first draft to the archive."""
