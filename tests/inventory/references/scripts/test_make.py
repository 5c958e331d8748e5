"""Makefiles: recipes, rules, variables, functions and includes."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "scripts/common.sh": "tools/common.sh",
    "scripts/start.sh": "tools/start.sh",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("load:\n\tpython utils/load.py\n", "load:\n\tpython -m pkg.utils.load\n"),
        (
            "load:\n\t@python utils/load.py\n\t-cd utils && python load.py\n\tcat sql/x.sql\n",
            (
                "load:\n"
                "\t@python -m pkg.utils.load\n"
                "\t-cd src/pkg/utils && python -m pkg.utils.load\n"
                "\tcat src/pkg/sql/x.sql\n"
            ),
        ),
        ("load: ; python utils/load.py\n", "load: ; python -m pkg.utils.load\n"),
        ("load:\r\n\tpython utils/load.py\r\n", "load:\r\n\tpython -m pkg.utils.load\r\n"),
        ("PY=python3\nl:\n\t$(PY) utils/load.py\n", "PY=python3\nl:\n\t$(PY) -m pkg.utils.load\n"),
        (
            "RUN = poetry run python\nl:\n\t$(RUN) utils/load.py\n\t$(RUN) -m utils.load\n",
            (
                "RUN = poetry run python\n"
                "l:\n"
                "\t$(RUN) -m pkg.utils.load\n"
                "\t$(RUN) -m pkg.utils.load\n"
            ),
        ),
        (
            "V=.venv\nP=$(V)/bin/python\nl:\n\t$(P) utils/load.py\n",
            "V=.venv\nP=$(V)/bin/python\nl:\n\t$(P) -m pkg.utils.load\n",
        ),
        (
            ".RECIPEPREFIX = >\nl:\n>python utils/load.py\n",
            ".RECIPEPREFIX = >\nl:\n>python -m pkg.utils.load\n",
        ),
        (
            ".ONESHELL:\nl:\n\tcd utils\n\tpython load.py\nm:\n\tpython utils/load.py\n",
            (
                ".ONESHELL:\n"
                "l:\n"
                "\tcd src/pkg/utils\n"
                "\tpython -m pkg.utils.load\n"
                "m:\n"
                "\tpython -m pkg.utils.load\n"
            ),
        ),
        (
            "define RUN\npython utils/load.py\ncd utils && ls\nendef\n",
            "define RUN\npython -m pkg.utils.load\ncd src/pkg/utils && ls\nendef\n",
        ),
        (
            "l:\n\tfor f in sql/*.sql; do \\\n\t  psql -f $$f; \\\n\tdone\n",
            "l:\n\tfor f in src/pkg/sql/*.sql; do \\\n\t  psql -f $$f; \\\n\tdone\n",
        ),
        (
            (
                "l:\n"
                "\tdocker run -v $(PWD)/sql:/sql -v $$(pwd)/utils:/u -v $(CURDIR)/config:/c img\n"
            ),
            (
                "l:\n"
                "\tdocker run -v $(PWD)/src/pkg/sql:/sql -v $$(pwd)/src/pkg/utils:/u "
                "-v $(CURDIR)/config:/c img\n"
            ),
        ),
        (
            "l:\n\t$(MAKE) -C utils all\n\tmake -f sql/x.sql utils\n",
            "l:\n\t$(MAKE) -C src/pkg/utils all\n\tmake -f src/pkg/sql/x.sql utils\n",
        ),
        (
            "l:\n\tif [ -f utils/load.py ]; then python utils/load.py; fi\n",
            "l:\n\tif [ -f src/pkg/utils/load.py ]; then python -m pkg.utils.load; fi\n",
        ),
    ],
)
def test_a_recipe_follows(before: str, after: str) -> None:
    assert followed("Makefile", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("D = sql\nl:\n\tpsql -f $(D)/x.sql\n", "D = src/pkg/sql\nl:\n\tpsql -f $(D)/x.sql\n"),
        ("SRC := utils sql\n", "SRC := src/pkg/utils src/pkg/sql\n"),
        (
            "PKGS = utils tasks\nlint:\n\truff check $(PKGS)\n",
            "PKGS = src/pkg/utils src/pkg/run.py tasks\nlint:\n\truff check $(PKGS)\n",
        ),
        (
            "FILES = \\\n  utils/load.py \\\n  utils/db.py\n",
            "FILES = \\\n  src/pkg/utils/load.py \\\n  src/pkg/utils/db.py\n",
        ),
        (
            "SCRIPT ?= utils/load.py\nl:\n\tpython $(SCRIPT)\n",
            "SCRIPT ?= src/pkg/utils/load.py\nl:\n\tpython $(SCRIPT)\n",
        ),
        ("l: D = utils\nl:\n\tls $(D)\n", "l: D = src/pkg/utils\nl:\n\tls $(D)\n"),
        (
            "data/out.csv: utils/load.py sql/x.sql\n\tpython $< > $@\n",
            "data/out.csv: src/pkg/utils/load.py src/pkg/sql/x.sql\n\tpython $< > $@\n",
        ),
        ("b/%.o: utils/%.py\n\tcc\n", "b/%.o: src/pkg/utils/%.py\n\tcc\n"),
        (
            "F := $(wildcard sql/*.sql)\nG=$(shell find utils -name '*.py')\n",
            "F := $(wildcard src/pkg/sql/*.sql)\nG=$(shell find src/pkg/utils -name '*.py')\n",
        ),
        (
            "O := $(patsubst utils/%.py,b/%.o,$(F))\n",
            "O := $(patsubst src/pkg/utils/%.py,b/%.o,$(F))\n",
        ),
        (
            "ifneq (,$(wildcard sql/*.sql))\nendif\n",
            "ifneq (,$(wildcard src/pkg/sql/*.sql))\nendif\n",
        ),
        (
            "include scripts/common.sh\n-include config/a.yaml\n",
            "include tools/common.sh\n-include config/a.yaml\n",
        ),
        (
            (
                "ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))\n"
                "l:\n"
                "\tpython $(ROOT)/utils/load.py\n"
                "\tcat $(ROOT)sql/x.sql\n"
            ),
            (
                "ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))\n"
                "l:\n"
                "\tpython -m pkg.utils.load\n"
                "\tcat $(ROOT)src/pkg/sql/x.sql\n"
            ),
        ),
    ],
)
def test_variables_rules_and_functions_follow(before: str, after: str) -> None:
    assert followed("Makefile", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        ".PHONY: utils sql\nutils: sql\n\techo\nall: utils\n",
        "NAME = utils\nl:\n\tdocker push $(NAME)\n",
        "A = utils # sql\n# utils/load.py\n",
        "l:\n\techo 'python utils/load.py'\n\t# python utils/load.py\n",
        ("export PYTHONPATH := $(CURDIR)/utils\nl:\n\tPYTHONPATH=utils python config/a.yaml\n"),
        "l: | utils\n",
        "clean:\n\trm -rf utils/__pycache__\n\tfind . -name utils\n",
        "X = $(Y)\nY = $(X)/utils\nl:\n\tcat $(X)/x\n",
        "all: config/a.yaml\n",
    ],
)
def test_names_of_targets_and_others_are_left(text: str) -> None:
    assert followed("Makefile", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("l:\n\tpython utils/load.py\n", "l:\n\tpython -m pkg.utils.load\n"),
    ],
)
def test_a_part_of_a_makefile_counts_from_the_root(before: str, after: str) -> None:
    assert followed("mk/jobs.mk", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "use", ["cat $(TASKS_DIR)/notes.txt", 'ls "$(TASKS_DIR)"', "cd $(TASKS_DIR)"]
)
def test_a_variable_that_is_one_path_does_not_become_several(use: str) -> None:
    text = f"TASKS_DIR := tasks\nall:\n\t{use}\n"
    after, about = followed("Makefile", text, MOVES, STAYS)
    assert after == text
    assert about[0] == '1: "tasks" names tasks, whose files have different places now'
