"""The database's own guard of decision 0016: nobody is audit administrator and another one.

Made after every migration, because a later ``ALTER`` on SQLite drops triggers silently.
"""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from onewindow.accounts.states import Role

NAME = "audit_stands_alone"
REFUSAL = "the audit administrator holds no role of another administrator"
VERBS = ("insert", "update")
AUDIT = f"'{Role.AUDIT_ADMINISTRATOR.value}'"
OTHERS = f"('{Role.SYSTEM_ADMINISTRATOR.value}', '{Role.SECURITY_ADMINISTRATOR.value}')"
CONFLICT = """EXISTS (SELECT 1 FROM accounts_membership other WHERE other.user_id = NEW.user_id
    AND (NEW.role = {audit} AND other.role IN {others}
    OR NEW.role IN {others} AND other.role = {audit}))""".replace("{audit}", AUDIT)
CONFLICT = CONFLICT.replace("{others}", OTHERS)
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name}_{verb} AFTER {verb} ON accounts_membership
WHEN {conflict} BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {conflict} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {name}_{verb} AFTER {verb} ON accounts_membership
FOR EACH ROW EXECUTE FUNCTION {name}_{verb}()
"""


def make(using: BaseDatabaseWrapper | Any = connection) -> None:
    """Make the triggers that are not there."""
    statement = SQLITE if using.vendor == "sqlite" else POSTGRESQL
    with using.cursor() as cursor:
        for verb in VERBS:
            cursor.execute(
                statement.format(name=NAME, verb=verb, conflict=CONFLICT, refusal=REFUSAL)
            )
