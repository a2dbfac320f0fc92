from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from pages.parts.empty import when_empty

when_empty(here)
