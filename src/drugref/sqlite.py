"""SQLite for look-ups: what ``sqlite3`` is made of, without the dates that it loads as well, a tenth of a look-up."""

try:
    from _sqlite3 import Connection, DatabaseError, Error, OperationalError, connect
except ImportError:  # another Python's, which is made otherwise
    from sqlite3 import Connection, DatabaseError, Error, OperationalError, connect

__all__ = ["Connection", "DatabaseError", "Error", "OperationalError", "connect"]
