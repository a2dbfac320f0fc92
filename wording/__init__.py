"""What readers are told of the figures, in words and colours: the same on the pages and in the reports."""
