"""The report as a workbook: the sheets that reports/xlsx.py puts together."""
