"""What the first page counts; each read starts at what is within reach."""
