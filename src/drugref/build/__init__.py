"""The build of a store: from records to the compiled form that look-ups read."""
