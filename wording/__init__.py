"""What readers are told of the figures, in words: the same on the pages and in the reports."""
