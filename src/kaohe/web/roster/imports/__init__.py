"""The roster's workbook: template, reading, comparison, import, undo."""
