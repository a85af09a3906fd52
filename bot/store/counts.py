"""How many rows each table has; never which."""

from sqlalchemy import func, select

from bot.store.engines import make_engine
from bot.store.tables import metadata


async def row_counts(url: str) -> dict[str, int]:
    """The number of rows by table, of the database at `url`."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            return {
                table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in metadata.sorted_tables
            }
    finally:
        await engine.dispose()
