"""Terraform names modules, files that it reads or packs, and what its provisioners run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references.data.terraform import read_terraform
from relayout.tree import Tree

MOVES = {
    "lambda/handler.py": "src/pkg/lambda_/handler.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "sql/views/y.sql": "src/pkg/sql/views/y.sql",
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tf-modules/bucket/main.tf": "infra/modules/bucket/main.tf",
    "infra/q/z.sql": "infra/queries/z.sql",
}
STAYS = ("config/a.yaml", "infra/policy.json", "infra/views/v.sql")


EXEC = 'resource "null_resource" "r" {\n  provisioner "local-exec" {\n    %s\n  }\n}'


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ('x = file("${path.module}/../sql/x.sql")', "../sql", "../src/pkg/sql"),
        ('x = file("../sql/x.sql")', "../sql", "../src/pkg/sql"),
        ('x=templatefile("${path.root}/../sql/x.sql", {a = "sql/x"})', "../sql", "../src/pkg/sql"),
        ('x = base64encode(file("${path.module}/q/z.sql"))', "q/z", "queries/z"),
        ('x = "a ${file("q/z.sql")} b"', "q/z", "queries/z"),
        ('x = <<EOT\n  q/z.sq ${file("q/z.sql")}\nEOT\ny = 1', "q/z.sql", "queries/z.sql"),
        ('x = <<-EOT\n  a\n  EOT\ny = file("q/z.sql")', "q/z.sql", "queries/z.sql"),
        ('module "b" {\n  source = "../tf-modules/bucket"\n}', "../tf-modules", "./modules"),
        ('module "b" {\n  source = "../tf-modules//bucket"\n}', "../tf-modules", "./modules"),
        ('data "archive_file" "l" {\n  source_dir = "${path.module}/../lambda"\n  type = "zip"\n}',
         "../lambda", "../src/pkg/lambda_"),
        ('data "archive_file" "l" { source_file = "../lambda/handler.py" }',
         "../lambda", "../src/pkg/lambda_"),
        ('resource "aws_s3_object" "o" {\n  source = "../sql/x.sql" # sql/x.sql\n'
         '  etag = filemd5("../sql/x.sql")\n}', "../sql", "../src/pkg/sql"),
        ('for_each = fileset("${path.module}/../sql", "*.sql")', "../sql", "../src/pkg/sql"),
        ('x = file("${path.module}/../sql/${each.value}")', "../sql", "../src/pkg/sql"),
        ('locals {\n  dir = "${path.module}/../sql"\n}', "../sql", "../src/pkg/sql"),
        (EXEC % 'command = "python ../utils/load.py --x ${var.x}"',
         "../utils/load.py", "-m pkg.utils.load"),
        (EXEC % 'command = "python utils/load.py"\n    working_dir = "${path.module}/.."',
         "utils/load.py", "-m pkg.utils.load"),
        (EXEC % 'command = <<-EOT\n      psql -f ${path.module}/../sql/x.sql\n    EOT',
         "../sql", "../src/pkg/sql"),
        (EXEC % 'command = "psql -f ${path.module}/../sql/x.sql"', "../sql", "../src/pkg/sql"),
        ('data "external" "e" {\n  program = ["python", "${path.module}/../utils/load.py"]\n}',
         "../utils", "../src/pkg/utils"),
        ('/* file("q/z") */ a = "${path.module}/q" // file("q/z.sql")', "e}/q", "e}/queries"),
        ('x = try(file("q/z.sql"), "q/z")', "q/z.sql", "queries/z.sql"),
        ('x = [for f in ["a"] : file("q/z.sql")]', "q/z", "queries/z"),
        ('x = var.y ? file("q/z.sql") : "q/z"', "q/z.sql", "queries/z.sql"),
        ('x = file("q/z.sql")\r\ny = 1\r\n', "q/z", "queries/z"),
    ],
)  # fmt: skip
def test_a_configuration_follows(text: str, old: str, new: str) -> None:
    assert followed("infra/main.tf", text, MOVES, STAYS) == (text.replace(old, new), [])


@pytest.mark.parametrize(
    "text",
    [
        'x = "q/z.sql"',
        'bucket = "sql"',
        'resource "a" "utils" { name = "../utils" }',
        'module "b" { source = "terraform-aws-modules/s3-bucket/aws" }',
        'module "b" { source = "git::https://host/x.git//q" }',
        'x = file("${path.module}/policy.json")',
        'x = file("/srv/q/z.sql")',
        'x = file(var.path)',
        'x = "$${path.module}/q"',
        'x = format("%s/q", path.module)',
        'x = <<EOT\n"${"$"}{path.module}/q/z.sql"\nEOT',
        'resource "k" "j" {\n  spec {\n    command = ["python", "../utils/load.py"]\n  }\n}',
        'terraform {\n  required_providers {\n    q = { source = "../tf-modules/bucket" }\n  }\n}',
        'x = file("q/z.sql',
        'x = [file("q/z.sql")',
        '# file("q/z.sql")',
    ],
)  # fmt: skip
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("infra/main.tf", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ('terraform {\n  source = "${get_repo_root()}/tf-modules//bucket"\n}',
         "/tf-modules", "/infra/modules"),
        ('terraform {\n  source = "../../tf-modules//bucket"\n}', "../../tf-m", "../../infra/m"),
        ('inputs = {\n  q = file("${get_terragrunt_dir()}/../../sql/x.sql")\n}',
         "/sql", "/src/pkg/sql"),
        ('dependency "b" {\n  config_path = "../../tf-modules/bucket"\n}',
         "../../tf-m", "../../infra/m"),
    ],
)  # fmt: skip
def test_terragrunt_follows(text: str, old: str, new: str) -> None:
    after = text.replace(old, new)
    assert followed("live/prod/terragrunt.hcl", text, MOVES, STAYS) == (after, [])


def test_the_paths_of_a_set_of_files_must_stay_the_same() -> None:
    text = 'for_each = fileset("${path.module}/..", "sql/*.sql")'
    about = [
        '1: "sql/*.sql" names sql, which would change the paths that the pattern gives, and what '
        "is made for each of them"
    ]
    assert followed("infra/main.tf", text, MOVES, STAYS) == (text, about)
    text = 'for_each = fileset(path.module, "views/*.sql")'
    assert followed("infra/main.tf", text, MOVES, STAYS) == (text, [])


def test_a_called_module_counts_from_the_module_that_calls_it() -> None:
    text = (
        'x = file("q/z.sql")\ny = file("${path.module}/a.json")\nz = file("${path.root}/q/z.sql")'
    )
    caller = 'module "m" {\n  source = "../mods/m"\n}\n'
    files = {
        "infra/main.tf": caller,
        "infra/q/z.sql": "",
        "mods/m/a.json": "",
        "mods/m/main.tf": text,
    }
    found = list(read_terraform(text, "mods/m/main.tf", Tree.of(files)))
    assert [r.path for r in found] == ["infra/q/z.sql", "mods/m/a.json", "infra/q/z.sql"]


def test_a_module_that_moves_still_finds_what_it_names() -> None:
    text = 'x = file("${path.module}/a.json")\ny = file("${path.module}/../../sql/x.sql")\n'
    moves = {"mods/m/main.tf": "infra/main.tf", "sql/x.sql": "src/pkg/sql/x.sql"}
    after, about = followed("mods/m/main.tf", text, moves, ["mods/m/a.json"])
    assert not about
    assert after == (
        'x = file("${path.module}/../mods/m/a.json")\n'
        'y = file("${path.module}/../src/pkg/sql/x.sql")\n'
    )


@given(st.text(alphabet='{}$"<>EOT\n[](),=:/*# file.path%\\'))
def test_any_text_is_read(text: str) -> None:
    """Reading never raises, and every reference is what stands there."""
    tree = Tree.of({"file/path": "", "a.tf": text})
    for found in read_terraform(text, "a.tf", tree):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("piece", ["/*", "{", '"${', "<<A\n", "((", "${", 'a = "b"\n', "x = [\n"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * 100_000
    assert list(read_terraform(text, "a.tf", Tree.of({"a.tf": text}))) == []
