"""The incidence tables of labels: laid out as rectangles, their columns given to arms, their cells read as shares."""
