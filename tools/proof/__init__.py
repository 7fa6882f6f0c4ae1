"""Proof by mutation: what the checks catch, compared with pandera alone and with frictionless."""
