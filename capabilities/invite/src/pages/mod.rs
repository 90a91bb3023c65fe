//! Routes of this room.
