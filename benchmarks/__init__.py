"""How fast drugref is, and what to measure it on."""
