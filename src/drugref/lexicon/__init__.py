"""The words of labels, told once: one list a concept, one entry a line, for all that read labels."""
