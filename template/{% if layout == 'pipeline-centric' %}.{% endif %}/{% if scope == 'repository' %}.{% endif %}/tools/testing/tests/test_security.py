"""Secrets in git and broken policies are found, and shown without what they are."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# In two parts, so that this file itself holds none.
SECRETS = {
    "a private key": "-----BEGIN RSA" + " PRIVATE KEY-----",
    "an AWS access key": "id = AKIA" + "ABCDEFGHIJKLMNOP",
    "a GitHub token": "ghp_" + 36 * "a",
    "a GitLab token": "glpat-" + 20 * "b",
    "a Slack token": "xoxb-" + 12 * "1",
    "a Google API key": "AIza" + 35 * "c",
    "a password in a URL": "postgresql://app:s3cr3t-" + "word@db/x",
}
HARMLESS = [
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
    "postgresql://app:${PGPASSWORD}" + "@db/x",
    "postgresql://postgres:postgres" + "@localhost/x",
    "postgresql://user:password" + "@localhost/x",
    "postgresql://user:<password>" + "@localhost/x",
    "see https://example.com:8080/a@b",
    "AKIA" + 16 * "A" + "  # not a secret",
]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


@pytest.fixture
def secrets(load: Callable[[str], Any]) -> Any:
    return load("platform/security/check_secrets.py")


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_shown_by_place_and_kind(secrets: Any, tmp_path: Path, kind: str) -> None:
    (tmp_path / "settings").write_bytes(b"\xff\n\n" + SECRETS[kind].encode() + b"\n")
    assert list(secrets.secrets_in(tmp_path, ["settings"])) == [f"settings:3: {kind}"]


@pytest.mark.parametrize("line", HARMLESS)
def test_what_only_looks_like_a_secret(secrets: Any, tmp_path: Path, line: str) -> None:
    (tmp_path / "settings").write_text(line, encoding="utf-8")
    assert list(secrets.secrets_in(tmp_path, ["settings"])) == []


def test_files_by_their_names(secrets: Any, tmp_path: Path) -> None:
    names = [".env", "a/.env.prod", "keys/id_rsa", "x.p12", ".env.example", "id_rsa.pub", "env.py"]
    found = list(secrets.secrets_in(tmp_path, names))
    assert [line.partition(":")[0] for line in found] == names[:4]


def test_only_what_git_tracks_is_looked_at(secrets: Any, tmp_path: Path) -> None:
    with pytest.raises(secrets.GitError):
        secrets.tracked(tmp_path)
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".env").write_text("untracked\n", encoding="utf-8")
    (tmp_path / "ü b.txt").write_text("tracked\n", encoding="utf-8")
    git(tmp_path, "add", "ü b.txt")
    assert secrets.tracked(tmp_path) == ["ü b.txt"]


@pytest.fixture
def policies(load: Callable[[str], Any]) -> Any:
    return load("platform/security/check_policies.py")


def write(root: Path, path: str, text: str) -> None:
    file = root / "pipelines" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_rules_of_this_repository_are_right(policies: Any) -> None:
    assert policies.access_of(policies.ROOT).secret_names


@pytest.mark.parametrize("text", ["", "[]", "owner: []", "owners: me", "owners: [1]", "owners: ["])
def test_wrong_rules_are_refused(policies: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / policies.ACCESS
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(policies.PolicyError, match=r"access\.yml"):
        policies.access_of(tmp_path)


def test_owners_have_to_be_known(policies: Any, tmp_path: Path) -> None:
    write(tmp_path, "orders/config/pipeline.yml", "owner: team:sales\n")
    known = policies.Access(owners=("team:crm",))
    assert list(policies.broken(tmp_path, policies.Access())) == []
    assert list(policies.broken(tmp_path, policies.Access(owners=("team:sales",)))) == []
    assert "team:sales is no owner" in next(iter(policies.broken(tmp_path, known)))


@pytest.mark.parametrize(
    ("readers", "owner", "allowed"),
    [
        ("[]", "team:sales", True),
        ("[team:sales]", "team:sales", True),
        ("[team:finance]", "team:crm", True),
        ("[team:finance]", "team:sales", False),
        ("[team:finance]", "", False),
    ],
)
def test_outputs_are_read_by_readers(
    policies: Any, tmp_path: Path, readers: str, owner: str, allowed: bool
) -> None:
    write(tmp_path, "customers/config/pipeline.yml", f"owner: team:crm\nreaders: {readers}\n")
    source = "sources: [{name: a, kind: pipeline, location: customers.by_country}]\n"
    write(tmp_path, "orders/config/pipeline.yml", f"owner: {owner}\n{source}")
    assert (list(policies.broken(tmp_path, policies.Access())) == []) == allowed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dbt/profiles.yml", "password: \"{{env_var('SHOP_TOKEN')}}\"\n"),
        ("scripts/a.py", "os.environ['SHOP_TOKEN']\n"),
        ("scripts/a.py", "os.environ.get( 'SHOP_TOKEN', '')\n"),
        ("orchestration/a.py", 'token=dg.EnvVar("SHOP_TOKEN")\n'),
        ("scripts/a.sh", 'curl -H "$SHOP_TOKEN"\n'),
        ("scripts/a.sh", 'curl -H "${SHOP_TOKEN:-}"\n'),
    ],
)
def test_secrets_are_named_by_who_uses_them(
    policies: Any, tmp_path: Path, path: str, text: str
) -> None:
    access = policies.Access(secret_names=("*_TOKEN",))
    write(tmp_path, "orders/config/pipeline.yml", "owner: me\n")
    write(tmp_path, f"orders/{path}", f"{text}os.environ['HOME']\n")
    write(tmp_path, "orders/dbt/target/compiled.sql", "env_var('OTHER_TOKEN')\n")
    problem = f"pipelines/orders/{path}: uses SHOP_TOKEN, which secrets in config/pipeline.yml do not name"
    assert list(policies.broken(tmp_path, access)) == [problem]
    write(tmp_path, "orders/config/pipeline.yml", "owner: me\nsecrets: [SHOP_TOKEN]\n")
    assert list(policies.broken(tmp_path, access)) == []
