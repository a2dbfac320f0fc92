"""The part of a database cursor that modules beside the store use: only the store knows DuckDB."""

from __future__ import annotations

from typing import Any, Protocol, Self


class Cursor(Protocol):
    """Runs SQL on one warehouse; for one use in one thread."""

    @property
    def description(self) -> Any:
        """The columns of the answer, each with its name first."""
        ...

    def execute(self, query: str, parameters: Any = ..., /) -> Self:
        """Runs a query; its answer is there to be fetched."""
        ...

    def fetchone(self) -> Any:
        """The next row of the answer, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """The rows of the answer."""
        ...

    def sql(self, query: str, /) -> Any:
        """A query as a relation, which Arrow can read."""
        ...

    def register(self, view_name: str, python_object: Any, /) -> Self:
        """Lets queries read an Arrow table under a name."""
        ...
