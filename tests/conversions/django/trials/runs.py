"""The command lines that are tried, right ones and wrong ones."""

from __future__ import annotations

_LINES = """
plain
plain today
plain today 1 2 3
plain today 1 two
plain today --dry-run
plain today --dry
plain today --d
plain today -l 5
plain today -l5
plain today --limit=5
plain today --limit five
plain today --limit
plain today --nonsense
plain today --nonsense=1 extra
plain -- --today
plain --help
plain -h
plain today -v 0
plain today -v2
plain today --verbosity=3
plain today --verbosity 4
plain today --verbosity loud
plain today -v
plain today --no-color
plain today --force-color
plain today --no-color --force-color
plain today --no-color --force-color --traceback
plain today --traceback
plain today --no
plain today --skip-checks
plain today --skip
rich --help
rich
rich src
rich src a b c
rich src --format xml
rich src --format json --day 2024-02-30
rich src --day 2024-02-29
rich src --batch-size 0
rich src --batch-size=-4
rich src --bs 4
rich src --batch-size 4 --bs 5
rich src --pair 1 2.5
rich src --pair 1
rich src --pair 1 b
rich src --maybe
rich src --maybe x
rich src --names
rich src --names a b -t x --tag y
rich src --extend a b --extend c
rich src -ddd
rich src --fast
rich src --fast --slow
rich src --add-one --add-one
rich src --no-input
rich src --noinput
rich src --no-color-names
rich src --color-names --no-color
rich src --hidden h
rich src --since 1 --until 2
rich src --all
rich src --all --none
rich src --na x --form csv
rich src -x
rich src -v 2 --traceback
demanding
demanding --help
demanding --bucket b
demanding --bucket b -k p --shards 1 2 --sure --move
demanding --bucket b -k p -k q --shards 1 --sure --only 2 --no-keep
demanding --bucket b -k p --shards 1 x --sure --copy
demanding --bucket b -k p --shards 1 --sure
demanding --bucket b -k p --shards 1 --sure --copy --move
demanding --bucket b -k p --shards 1 --sure --copy --skip-checks
styled
styled --help
styled --no-color
styled --force-color
styled --traceback
failing
failing plainly
failing plainly --traceback
failing plainly --no-color
failing plainly --force-color
failing with-status --status 3
failing with-status --status 0
failing own
failing checks
failing checks --traceback
failing nothing
failing several
failing value
failing interrupt
failing exit
failing exit-message
failing exit-none
failing caught
labels
labels --help
labels a
labels a b --upper
labels a bad b
labels quiet
labels --upper
labels a -v 0
labels_told
labels_told --help
labels_told x
nested
nested --help
nested load
nested load --help
nested load orders
nested load orders --times 3
nested ld orders --times 3
nested load orders --times many
nested --root /x load orders --times 3
nested load orders --times 3 --root /x
nested load orders --times 3 -v 2
nested -v 2 load orders --times 3
nested drop
nested drop --help
nested drop a b
nested drop a b --force
nested lose
nested --root
returning
returning text
returning text --force-color
returning --help
numbering
inherited
inherited --help
inherited today --shop corner -l 1
inherited today --shop closed
inherited today --no-color --force-color
calling
calling --day tomorrow -v 2
calling --help
calling --traceback
wanting
wanting --help
wanting --version
wanting a b --quickly
wanting --quickly
wanting --quickly --traceback
wanting -v 2 a
wanting --force-color
laid_out
laid_out --help
laid_out x y --z
laid_out -v 1 2
laid_out -v 1 -- x
laid_out --traceback t
conflicting
wrapped
wrapped a b
wrapped a --help
wrapped --wrong
wrapped a --verbosity 2
settingless
settingless --help
unfinished
unfinished --help
unfinished more
apps --help
apps
"""

RUNS = tuple(tuple(line.split()) for line in _LINES.strip().splitlines())

COLORS = (
    "",
    "dark",
    "light",
    "nocolor",
    "light;error=yellow/blue,blink,bold",
    "nocolor;success=green",
    "error=notacolor",
    "light;error=notacolor",
    "ERROR=RED/Blue,BOLD;notice=magenta;nonsense=red",
    "success=/blue;warning=,bold;sql_table=yellow/blue/red,noreset,foo",
    "success=green;light",
    ";;",
    "error",
    "http_not_found=red,reverse,underscore,conceal",
)
"""Values of ``DJANGO_COLORS``."""
