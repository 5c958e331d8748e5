"""The type variables of this package.

They stand apart so that the code is the same for every version of Python: those from 3.12 on have a
syntax of their own for variables that one function uses (PEP 695).
"""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Config = TypeVar("Config", bound="DataclassInstance")
Result = TypeVar("Result")
