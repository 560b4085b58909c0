"""Capitals: sigles, names, titles in capitals."""
