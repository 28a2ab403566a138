"""Statements that are put together once: ``insert`` and ``change`` a row, ``Kept`` for a query.

The ORM puts a statement together field by field each time, which takes several times longer than
running it. These stand for ``save()``, ``update()`` and ``first()`` where every request comes by,
nowhere else.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models.query import get_related_populators
from django.db.transaction import get_connection

Row = TypeVar("Row", bound=models.Model)

NONE = type(None)
# What fields of exactly these kinds hold goes to the database as it is, if it is of these types.
AS_IT_IS: dict[type[models.Field[Any, Any]], tuple[type, ...]] = {
    models.CharField: (str, NONE),
    models.TextField: (str, NONE),
    models.BooleanField: (bool, NONE),
    models.PositiveIntegerField: (int, NONE),
    models.PositiveSmallIntegerField: (int, NONE),
    models.BigIntegerField: (int, NONE),
    models.ForeignKey: (int, NONE),
}


def insert(row: Row) -> Row:
    """Insert a new row as ``save`` would, and give it its id; no signal is sent."""
    fields, sql = _insertion(type(row))
    line = get_connection()
    values = [
        value
        if type(value := getattr(row, field.attname)) in ready
        else field.get_db_prep_save(field.pre_save(row, True), line)
        for field, ready in fields
    ]
    with line.cursor() as cursor:
        cursor.execute(sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, line.alias
    return row


@cache
def _insertion(kind: type[models.Model]) -> tuple[list[tuple[Any, tuple[type, ...]]], str]:
    name = get_connection().ops.quote_name
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(name(field.column) for field in fields)
    key = name(kind._meta.pk.column)
    marks = ", ".join(["%s"] * len(fields))
    table = name(kind._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {key}"  # noqa: S608 (ours)
    return [(field, AS_IT_IS.get(type(field), ())) for field in fields], sql


def change(
    kind: type[models.Model], pk: int, still: Mapping[str, Any], changes: Mapping[str, Any]
) -> bool:
    """Change one row as ``update`` would, if it is ``still`` so; say whether it was.

    Both name fields and give values: a model's row, an id, None.
    """
    absent = frozenset(name for name, value in still.items() if value is None)
    sql, fields = _changing(kind, tuple(changes), tuple(still), absent)
    given = [*changes.values(), pk, *(value for value in still.values() if value is not None)]
    line = get_connection()
    values = [
        field.get_db_prep_save(getattr(value, "pk", value), line)
        for field, value in zip(fields, given, strict=True)
    ]
    with line.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


@cache
def _changing(
    kind: type[models.Model], names: tuple[str, ...], still: tuple[str, ...], absent: frozenset[str]
) -> tuple[str, list[Any]]:
    name = get_connection().ops.quote_name
    meta: Any = kind._meta
    changed = [meta.get_field(each) for each in names]
    asked = [meta.pk, *(meta.get_field(each) for each in still if each not in absent)]
    column = {field: name(field.column) for field in [*changed, *asked]}
    sets = ", ".join(f"{column[field]} = %s" for field in changed)
    same = [f"{column[field]} = %s" for field in asked]
    same += [f"{name(meta.get_field(each).column)} IS NULL" for each in still if each in absent]
    table = name(meta.db_table)
    sql = f"UPDATE {table} SET {sets} WHERE {' AND '.join(same)}"  # noqa: S608 (names of our own)
    return sql, [*changed, *asked]


class Kept(Generic[Row]):
    """A query with its statement, its values and the way back from columns to rows."""

    def __init__(self, rows: "models.QuerySet[Row]") -> None:
        """Put the query together. ``select_related`` and locks are part of it."""
        compiler: Any = rows.query.get_compiler(rows.db)
        self._sql, self._values = compiler.as_sql()
        chosen, columns = compiler.klass_info, compiler.select
        self._compiler, self._kind = compiler, chosen["model"]
        self._converters = compiler.get_converters([column[0] for column in columns])
        self._own = slice(chosen["select_fields"][0], chosen["select_fields"][-1] + 1)
        self._names = [column[0].target.attname for column in columns[self._own]]
        populators: Any = get_related_populators  # the stubs describe a later Django
        self._related = populators(chosen, columns, rows.db)

    def first(self) -> Row | None:
        """Run it and return the first row; None when there is none."""
        line = get_connection()
        with line.cursor() as cursor:
            cursor.execute(self._sql, self._values)
            found = cursor.fetchone()
        if found is None:
            return None
        (values,) = self._compiler.apply_converters([found], self._converters)
        row: Row = self._kind.from_db(line.alias, self._names, values[self._own])
        for related in self._related:
            related.populate(values, row)
        return row


def change_many(kind: type[models.Model], rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Change many rows, each in its own fields, as ``update`` would; those of the same together."""
    alike: dict[tuple[str, ...], list[list[Any]]] = {}
    line = get_connection()
    for pk, changes in rows:
        names = tuple(sorted(changes))
        _sql, fields = _changing(kind, names, (), frozenset())
        given = [*(changes[name] for name in names), pk]
        values = [
            field.get_db_prep_save(getattr(value, "pk", value), line)
            for field, value in zip(fields, given, strict=True)
        ]
        alike.setdefault(names, []).append(values)
    with line.cursor() as cursor:
        for names, values in alike.items():
            if names:
                cursor.executemany(_changing(kind, names, (), frozenset())[0], values)
