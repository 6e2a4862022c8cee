"""What others load: an edition as CSV, workbook, SDMX, PDF and `trace.json`."""
