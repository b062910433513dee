"""Findings over public histories, and what they change between two programs."""
