"""Migrations are numbered, name what they follow, and build what the models say."""

import ast
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sources import MIGRATIONS, tree
from sqlalchemy import inspect

from campaign.models.tables import Base
from campaign.outside import schema
from campaign.outside.database import make_engine

CHARACTERS = 32  # what alembic's own column holds
FILES = sorted(MIGRATIONS.glob("*.py"))


@pytest.fixture
def engine(bare_database):
    """An engine on a database without any table."""
    engine = make_engine(bare_database)
    yield engine
    engine.dispose()


def _named(path, name: str) -> str | None:
    """The constant that a migration gives a name at its top."""
    for node in tree(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return ast.literal_eval(node.value)
    return None


def test_migrations_are_numbered_without_a_gap():
    assert [path.stem[:5] for path in FILES] == [f"{number:04}_" for number in range(1, len(FILES) + 1)]
    assert [path.stem for path in FILES if not re.fullmatch(r"[0-9]{4}_[a-z0-9_]+", path.stem)] == []


def test_a_revision_is_named_like_its_file_and_fits_the_column():
    assert [_named(path, "revision") for path in FILES] == [path.stem for path in FILES]
    assert [path.stem for path in FILES if len(path.stem) > CHARACTERS] == []


def test_each_migration_follows_the_one_numbered_before():
    assert [_named(path, "down_revision") for path in FILES] == [None, *(path.stem for path in FILES[:-1])]


def test_head_names_the_last_migration_so_that_two_branches_collide():
    assert (MIGRATIONS / "HEAD").read_text(encoding="utf-8") == f"{FILES[-1].stem}\n"
    assert schema.head() == FILES[-1].stem


def test_models_and_migrations_build_the_same_tables(engine):
    schema.move(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_up_down_and_up_again_and_every_constraint_has_a_name(engine):
    for target in ("head", "base", "head"):
        schema.move(engine, target)
        has_tables = set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
        assert has_tables == (target == "head")
    inspector = inspect(engine)
    for table in Base.metadata.tables:
        constraints = (
            *inspector.get_check_constraints(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_foreign_keys(table),
            inspector.get_pk_constraint(table),
        )
        assert [one for one in constraints if not one["name"]] == [], table
