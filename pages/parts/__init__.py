"""What pages are made of: the frame, cards, charts, tables, origins and trust marks."""
