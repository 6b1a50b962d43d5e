"""What every domain stands on: who may do what, the audit chain, the door for writes, the page shell."""
