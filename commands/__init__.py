"""What `python vigie.py` can do: each command takes its arguments and a voice, and gives a status."""
