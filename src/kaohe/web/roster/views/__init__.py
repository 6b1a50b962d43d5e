"""Pages: fetch, call one action or query, render. Imported by the addresses only."""
