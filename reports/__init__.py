"""The weekly report: one model of the week, worked out once, and the forms that draw it."""
