"""PowerShell and batch files."""

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
        ("& python .\\utils\\load.py", "& python -m pkg.utils.load"),
        ('& "python" "utils/load.py" --all', '& "python" -m pkg.utils.load --all'),
        (
            "Set-Location $PSScriptRoot\npython utils\\load.py",
            "Set-Location $PSScriptRoot\npython -m pkg.utils.load",
        ),
        ('python "$PSScriptRoot\\utils\\load.py"', "python -m pkg.utils.load"),
        (
            'python (Join-Path $PSScriptRoot "utils\\load.py")',
            'python (Join-Path $PSScriptRoot "src\\pkg\\utils\\load.py")',
        ),
        (
            '$s = Join-Path $PSScriptRoot "utils\\load.py"\npython $s',
            '$s = Join-Path $PSScriptRoot "src\\pkg\\utils\\load.py"\npython $s',
        ),
        (
            '$s = Join-Path -Path $PSScriptRoot -ChildPath "sql"\npsql -f "$s\\x.sql"',
            ('$s = Join-Path -Path $PSScriptRoot -ChildPath "src\\pkg\\sql"\npsql -f "$s\\x.sql"'),
        ),
        ("python utils\\load.py `\n  --all", "python -m pkg.utils.load `\n  --all"),
        ('$env:SQL_DIR = "sql"', '$env:SQL_DIR = "src\\pkg\\sql"'),
        ('$x="sql\\x.sql"', '$x="src\\pkg\\sql\\x.sql"'),
        (
            'Start-Process python -ArgumentList "utils\\load.py"',
            'Start-Process python -ArgumentList "-m pkg.utils.load"',
        ),
        (
            ('Start-Process -FilePath "python" -ArgumentList "utils\\load.py --all" -NoNewWindow'),
            (
                'Start-Process -FilePath "python" -ArgumentList "-m pkg.utils.load '
                '--all" -NoNewWindow'
            ),
        ),
        (
            'Start-Process python -ArgumentList @("-m", "utils.load")',
            'Start-Process python -ArgumentList @("-m", "pkg.utils.load")',
        ),
        (". .\\scripts\\start.sh", ". .\\tools\\start.sh"),
        (
            '$files = @("utils\\load.py", "utils\\db.py")',
            '$files = @("src\\pkg\\utils\\load.py", "src\\pkg\\utils\\db.py")',
        ),
        (
            'if (Test-Path "utils\\load.py") { python utils\\load.py }',
            'if (Test-Path "src\\pkg\\utils\\load.py") { python -m pkg.utils.load }',
        ),
        (
            "if (-not (Test-Path utils)) { exit 1 }",
            "if (-not (Test-Path src\\pkg\\utils)) { exit 1 }",
        ),
        (
            (
                "$root = Split-Path -Parent $MyInvocation.MyCommand.Path\n"
                'python "$root\\utils\\load.py"'
            ),
            "$root = Split-Path -Parent $MyInvocation.MyCommand.Path\npython -m pkg.utils.load",
        ),
        (
            "Push-Location utils\npython load.py\nPop-Location\npython utils\\db.py",
            (
                "Push-Location src\\pkg\\utils\n"
                "python -m pkg.utils.load\n"
                "Pop-Location\n"
                "python -m pkg.utils.db"
            ),
        ),
        (
            '$python = ".venv\\Scripts\\python.exe"\n& $python utils\\load.py',
            '$python = ".venv\\Scripts\\python.exe"\n& $python -m pkg.utils.load',
        ),
        ('docker run -v "${PWD}\\sql:/sql" img', 'docker run -v "${PWD}\\src\\pkg\\sql:/sql" img'),
        (
            'param([string]$Config = "config\\a.yaml", [string]$Sql = "sql\\x.sql")',
            'param([string]$Config = "config\\a.yaml", [string]$Sql = "src\\pkg\\sql\\x.sql")',
        ),
        (
            'Invoke-Expression "python utils\\load.py"',
            'Invoke-Expression "python -m pkg.utils.load"',
        ),
        ("$x = python utils\\load.py", "$x = python -m pkg.utils.load"),
        (
            "function Run { python utils\\load.py }\r\n",
            "function Run { python -m pkg.utils.load }\r\n",
        ),
    ],
)
def test_a_script_of_powershell_follows(before: str, after: str) -> None:
    assert followed("run.ps1", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        '$env:PYTHONPATH = "$PWD\\utils;$PWD"',
        'Write-Host "python utils\\load.py"',
        "# python utils\\load.py",
        '$p = "C:\\app\\utils\\load.py"',
        '$name = "utils"',
        '"\\utils\\load.py"',
    ],
)
def test_what_only_looks_like_a_path_in_powershell_is_left(text: str) -> None:
    assert followed("run.ps1", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<#\npython utils\\load.py\n#>\n",
            "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            '@"\npython utils\\load.py\n"@ | Out-File x.txt',
            "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
    ],
)
def test_a_text_of_powershell_is_reported(text: str, message: str) -> None:
    assert followed("run.ps1", text, MOVES, STAYS) == (text, [message])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('python "$PSScriptRoot\\..\\utils\\load.py"', "python -m pkg.utils.load"),
        (
            '$root = Split-Path -Parent $PSScriptRoot\npython "$root\\utils\\load.py"',
            "$root = Split-Path -Parent $PSScriptRoot\npython -m pkg.utils.load",
        ),
        (
            'Set-Location "$PSScriptRoot/.."\npython utils/load.py',
            'Set-Location "$PSScriptRoot/.."\npython -m pkg.utils.load',
        ),
    ],
)
def test_a_script_of_powershell_in_a_folder_follows(before: str, after: str) -> None:
    assert followed("scripts/run.ps1", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "@echo off\r\npython utils\\load.py\r\npause\r\n",
            "@echo off\r\npython -m pkg.utils.load\r\npause\r\n",
        ),
        ('cd /d "%~dp0"\r\npython utils/load.py', 'cd /d "%~dp0"\r\npython -m pkg.utils.load'),
        ("python %~dp0utils\\load.py", "python -m pkg.utils.load"),
        ('python "%~dp0utils\\load.py" %*', "python -m pkg.utils.load %*"),
        (
            "set SQL_DIR=sql\npsql -f %SQL_DIR%\\x.sql",
            "set SQL_DIR=src\\pkg\\sql\npsql -f %SQL_DIR%\\x.sql",
        ),
        ('set "SQL_FILE=sql\\x.sql"', 'set "SQL_FILE=src\\pkg\\sql\\x.sql"'),
        ("call scripts\\start.sh", "call tools\\start.sh"),
        ("python utils\\load.py ^\n  --all", "python -m pkg.utils.load ^\n  --all"),
        (
            "if exist utils\\load.py python utils\\load.py",
            "if exist src\\pkg\\utils\\load.py python -m pkg.utils.load",
        ),
        ("IF NOT EXIST utils MKDIR utils", "IF NOT EXIST src\\pkg\\utils MKDIR src\\pkg\\utils"),
        (
            "if exist utils (\n  python utils\\load.py\n) else (\n  echo no\n)",
            "if exist src\\pkg\\utils (\n  python -m pkg.utils.load\n) else (\n  echo no\n)",
        ),
        (
            "for %%f in (sql\\*.sql) do psql -f %%f",
            "for %%f in (src\\pkg\\sql\\*.sql) do psql -f %%f",
        ),
        ('start "" /b python utils\\load.py', 'start "" /b python -m pkg.utils.load'),
        (
            "set PYTHON=py -3\n%PYTHON% utils\\load.py",
            "set PYTHON=py -3\n%PYTHON% -m pkg.utils.load",
        ),
        (
            "CALL .venv\\Scripts\\activate.bat && PYTHON utils\\load.py",
            "CALL .venv\\Scripts\\activate.bat && PYTHON -m pkg.utils.load",
        ),
        (
            "pushd utils\npython load.py\npopd\ntype sql\\x.sql",
            "pushd src\\pkg\\utils\npython -m pkg.utils.load\npopd\ntype src\\pkg\\sql\\x.sql",
        ),
        ("xcopy utils build\\utils /E", "xcopy src\\pkg\\utils build\\utils /E"),
        ("docker run -v %cd%\\sql:/sql img", "docker run -v %cd%\\src\\pkg\\sql:/sql img"),
        ('cmd /c "python utils\\load.py"', 'cmd /c "python -m pkg.utils.load"'),
        ("set F=utils\\load.py\npython !F!", "set F=src\\pkg\\utils\\load.py\npython !F!"),
    ],
)
def test_a_batch_file_follows(before: str, after: str) -> None:
    assert followed("run.bat", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "set X=utils",
        "set PYTHONPATH=%~dp0utils",
        "rem python utils\\load.py",
        "REM sql\\x.sql",
        ":: python utils\\load.py",
        "echo python utils\\load.py",
        "goto utils",
        "set PATH=%PATH%;utils",
        "python D:\\app\\utils\\load.py",
    ],
)
def test_what_only_looks_like_a_path_in_a_batch_file_is_left(text: str) -> None:
    assert followed("run.bat", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cd /d %~dp0..\npython utils\\load.py", "cd /d %~dp0..\npython -m pkg.utils.load"),
        ('python "%~dp0..\\utils\\load.py"', "python -m pkg.utils.load"),
        (
            'set ROOT=%~dp0..\npython "%ROOT%\\utils\\load.py"',
            "set ROOT=%~dp0..\npython -m pkg.utils.load",
        ),
    ],
)
def test_a_batch_file_in_a_folder_follows(before: str, after: str) -> None:
    assert followed("scripts/run.bat", before, MOVES, STAYS) == (after, [])
