"""Proof on a real PostgreSQL: a private server, and what whimbrel predicts compared with what the server did."""
