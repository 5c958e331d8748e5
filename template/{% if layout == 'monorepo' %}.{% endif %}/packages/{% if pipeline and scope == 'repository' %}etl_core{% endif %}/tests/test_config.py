"""Three layers of configuration; what is wrong is named by layer and key."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl_core.config import ConfigError, load


@dataclass(frozen=True)
class Server:
    """A section."""

    host: str
    port: int = 443
    tls: bool = True
    timeout: float = 1.5

    def __post_init__(self) -> None:
        if self.port < 1:
            raise ValueError("port is below 1")


@dataclass(frozen=True)
class Settings:
    """All of it."""

    server: Server
    folder: Path = field(default_factory=lambda: Path("var"))


def loaded(tmp_path: Path, toml: str = "", **variables: str) -> Settings:
    file = tmp_path / "job.toml"
    file.write_text(toml, encoding="utf-8")
    return load(Settings, prefix="JOB", environ=variables, file=file)


def test_each_layer_overrides_the_one_before(tmp_path: Path) -> None:
    toml = 'folder = "data"\n[server]\nhost = "a"\nport = 80\n'
    settings = loaded(tmp_path, toml, JOB__SERVER__PORT="8080", OTHER__SERVER__PORT="1")
    assert settings == Settings(Server("a", 8080), Path("data"))


def test_the_environment_alone_is_enough() -> None:
    settings = load(Settings, prefix="JOB", environ={"JOB__SERVER__HOST": "b"})
    assert settings == Settings(Server("b"))


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("1", True), ("No", False), ("0", False), ("FALSE", False)]
)
def test_words_for_truth_are_understood(tmp_path: Path, text: str, value: bool) -> None:
    assert loaded(tmp_path, JOB__SERVER__HOST="a", JOB__SERVER__TLS=text).server.tls is value


def test_a_whole_number_serves_as_a_float_and_text_as_a_path(tmp_path: Path) -> None:
    settings = loaded(tmp_path, '[server]\nhost = "a"\ntimeout = 2\n', JOB__FOLDER="x/y")
    assert (settings.server.timeout, type(settings.server.timeout)) == (2.0, float)
    assert settings.folder == Path("x/y")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[server]\n", "server.host is not set: give it in the file or as JOB__SERVER__HOST"),
        ('[server]\nhost = "a"\nhots = "b"\n', "there is no setting server.hots; known: host"),
        ("[sever]\n", "there is no setting sever; known: server, folder"),
        ('[server]\nhost = "a"\nport = "80"\n', "server.port is str, expected int"),
        ('[server]\nhost = "a"\nport = true\n', "server.port is bool, expected int"),
        ('[server]\nhost = "a"\nport = 0\n', "server: port is below 1"),
        ("server = 1\n", "server is a section, not a value"),
        ("folder = 1\n", "folder is int, expected Path"),
        ("[server\n", "job.toml: "),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, toml)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("JOB__SERVER__PORT", "many", "JOB__SERVER__PORT='many' cannot be read as int"),
        ("JOB__SERVER__TLS", "perhaps", "JOB__SERVER__TLS='perhaps' cannot be read as bool"),
        ("JOB__SERVER__PROT", "1", "JOB__SERVER__PROT: there is no setting prot; known: host"),
        ("JOB__SERVER", "1", "JOB__SERVER: server is a section, not a value"),
        ("JOB__FOLDER__X", "1", "JOB__FOLDER__X: folder is a value, not a section"),
        ("JOB__", "1", "JOB__: there is no setting"),
    ],
)
def test_what_is_wrong_in_a_variable_is_named(
    tmp_path: Path, variable: str, value: str, message: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, '[server]\nhost = "a"\n', **{variable: value})
    assert message in str(refused.value)


def test_a_file_that_is_named_must_be_there_and_be_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        load(Settings, prefix="JOB", environ={}, file=tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"binary\.toml: "):
        load(Settings, prefix="JOB", environ={}, file=tmp_path / "binary.toml")
