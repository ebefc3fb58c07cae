"""The verbs of the command, a thin file each: what a verb takes (`add`), and whom it asks to do it (`run`)."""

from actionplan.verbs import catalogue, chart, check, diff, extract, history, review, schema, tables

#: In the order in which the help lists them.
VERBS = (extract, check, review, tables, diff, history, chart, catalogue, schema)
