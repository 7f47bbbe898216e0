"""What people read: pages of drugs and of what was found, before they take a format."""
