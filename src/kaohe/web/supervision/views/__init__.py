"""Pages: fetch, call one action or query, render."""
