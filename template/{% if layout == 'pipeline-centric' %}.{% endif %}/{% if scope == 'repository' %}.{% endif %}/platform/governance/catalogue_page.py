"""Draw the catalogue as one page of HTML that needs nothing else: no server, no network, and no script to be read."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

PAGE = Path(__file__).with_name("catalogue_page.html")
WIDTH, HEIGHT, BETWEEN, GAP, MARGIN, CHARACTER = 190, 30, 70, 12, 8, 7.5
LONGEST = 22

Entry = Mapping[str, Any]


def page(content: Mapping[str, Any]) -> str:
    """Return the page of a catalogue."""
    entries = content["pipelines"]
    parts = {
        "SUMMARY": _summary(entries),
        "ROWS": "\n".join(_row(entry) for entry in entries),
        "LINEAGE": lineage(entries),
        "DETAILS": "\n".join(_details(entry) for entry in entries),
    }
    text = PAGE.read_text(encoding="utf-8")
    pieces = text.split("@@")  # every second piece is the name of a part
    return "".join(parts[piece] if i % 2 else piece for i, piece in enumerate(pieces))


def lineage(entries: Sequence[Entry]) -> str:
    """Return a picture of which pipelines read which; those that stand alone are left out."""
    above = {e["name"]: e["reads_from"] for e in entries if e["reads_from"] or e["read_by"]}
    if not above:
        return "<p>No pipeline reads an output of another one.</p>"
    columns: dict[int, list[str]] = {}
    for name, depth in _depths(above).items():
        columns.setdefault(depth, []).append(name)
    at = {
        name: (MARGIN + column * (WIDTH + BETWEEN), MARGIN + row * (HEIGHT + GAP))
        for column, names in columns.items()
        for row, name in enumerate(names)
    }
    width = MARGIN + max(x for x, _ in at.values()) + WIDTH
    height = MARGIN + max(y for _, y in at.values()) + HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="lineage-title">',
        '<title id="lineage-title">Which pipelines read which; the table says the same</title>',
    ]
    lines += [_edge(at[other], at[name]) for name, others in above.items() for other in others]
    lines += [_box(name, *place) for name, place in at.items()]
    return "\n".join([*lines, "</svg>"])


def _depths(above: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return how many steps lead to each name on the longest way; what runs in circles ends them."""
    depths: dict[str, int] = {}
    for name in above:
        if name in depths:
            continue
        pending, started = [name], set[str]()
        while pending:
            last = pending[-1]
            unknown = [n for n in above[last] if n not in depths and n not in started]
            started.add(last)
            if unknown:
                pending += unknown
                continue
            pending.pop()
            depths.setdefault(last, max((depths.get(n, -1) + 1 for n in above[last]), default=0))
    return {name: depths[name] for name in above}


def _edge(start: tuple[int, int], end: tuple[int, int]) -> str:
    x, y = start[0] + WIDTH, start[1] + HEIGHT // 2
    to_x, to_y = end[0], end[1] + HEIGHT // 2
    half = (x + to_x) // 2
    return f'<path d="M{x} {y}C{half} {y} {half} {to_y} {to_x} {to_y}"/>'


def _box(name: str, x: int, y: int) -> str:
    shown = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"><title>{escape(name)}'
        f'</title></rect><text x="{x + WIDTH // 2}" y="{y + 20}">{escape(shown)}</text>'
    )


def _summary(entries: Sequence[Entry]) -> str:
    without = sum(not entry["owner"] for entry in entries)
    problems = sum(len(entry["problems"]) for entry in entries)
    texts = [_count(len(entries), "pipeline"), f"{without} without an owner"]
    return escape(", ".join([*texts, _count(problems, "problem")]))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _row(entry: Entry) -> str:
    cells = [
        escape(entry["description"]),
        _owner(entry),
        f"<code>{escape(entry['schedule'])}</code>" if entry["schedule"] else "by hand",
        ", ".join(escape(source["name"]) for source in entry["sources"]),
        ", ".join(escape(output["name"]) for output in entry["outputs"]),
        _links(entry["reads_from"]),
        _links(entry["read_by"]),
        str(len(entry["problems"]) or ""),
    ]
    name = _links([entry["name"]])
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _owner(entry: Entry) -> str:
    return escape(entry["owner"]) if entry["owner"] else '<strong class="bad">no owner</strong>'


def _links(names: Iterable[str]) -> str:
    return ", ".join(f'<a href="#{_anchor(name)}">{escape(name)}</a>' for name in names)


def _anchor(name: str) -> str:
    return f"pipeline-{quote(name)}"


def _details(entry: Entry) -> str:
    facts = {
        "Owner": _owner(entry),
        "Schedule": escape(entry["schedule"] or "by hand"),
        "Fresh within": f"{entry['fresh_within_hours']:g} hours" if entry["fresh_within_hours"] else "",
        "Code location": f"<code>{escape(entry['code_location'])}</code>" if entry["code_location"] else "",
        "Reads from": _links(entry["reads_from"]),
        "Read by": _links(entry["read_by"]),
        "May be read by": escape(", ".join(entry["readers"])),
        "Secrets": escape(", ".join(entry["secrets"])),
        "Labels": escape(", ".join(f"{key}: {text}" for key, text in entry["labels"].items())),
    }  # fmt: skip
    lines = [
        f'<section id="{_anchor(entry["name"])}"><h3>{escape(entry["name"])}</h3>',
        f"<p>{escape(entry['description'])}</p>",
        "<dl>",
        *(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items() if text),
        "</dl>",
    ]
    if entry["problems"]:
        lines.append('<h4>Problems</h4><ul class="bad">')
        lines += [f"<li>{escape(problem)}</li>" for problem in entry["problems"]]
        lines.append("</ul>")
    lines += _table("Sources", ("name", "kind", "location"), entry["sources"])
    lines += _table("Outputs", ("name", "description"), entry["outputs"])
    lines += _table("Tables and assets", ("name", "kind", "reads", "description"), entry["nodes"])
    return "\n".join([*lines, "</section>"])


def _table(title: str, columns: Sequence[str], rows: Sequence[Entry]) -> list[str]:
    if not rows:
        return []
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    lines = [f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>"]
    for row in rows:
        values = (row[column] for column in columns)
        texts = (", ".join(value) if isinstance(value, list) else value for value in values)
        lines.append(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>")
    return [*lines, "</tbody></table>"]
