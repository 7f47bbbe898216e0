"""Effects that labels name without saying how often they were seen."""
