"""Incidence in labels: tables and prose read into figures."""
