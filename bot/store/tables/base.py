"""What every table is made of: ids, words of a list, moments in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    String,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way in."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way out."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def one_of(of: type) -> Enum:
    """A column that holds one word of an enumeration."""
    return Enum(of, native_enum=False, length=20, values_callable=lambda members: [member.value for member in members])


def id_(name: str, *rest: Any, **more: Any) -> Column[Any]:
    """A column that holds a random id of ours."""
    return Column(name, String(22), *rest, **more)
