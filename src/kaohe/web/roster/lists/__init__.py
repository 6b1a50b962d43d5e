"""Lists as tables on a page and as workbooks: their columns, filters and orders, each said once."""
