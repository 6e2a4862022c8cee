"""Open the catalogue's database and bring it to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 60


def open_database(url: str) -> Engine:
    """Connect to `url` (name the driver: a bare `postgresql://` means another one from one release to the next).

    The schema is migrated if it is behind. SQLite gets write-ahead logging, so that readers never wait for a writer.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        _migrate(engine)
        return engine
    folder = Path(parsed.database or "").parent
    folder.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    if not _is_current(engine):
        with FileLock(folder / f"{Path(parsed.database or '').name}.lock"):
            _migrate(engine)
    return engine


def _prepare_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _is_current(engine: Engine) -> bool:
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def _migrate(engine: Engine) -> None:
    if _is_current(engine):
        return
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7244217)")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
