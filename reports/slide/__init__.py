"""The report as a slide: the parts that reports/pptx.py puts together."""
