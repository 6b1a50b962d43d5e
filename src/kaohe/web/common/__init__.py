"""What every domain stands on: rights, the audit chain, the door for writes, the page shell."""
