//! **Customers**: who bought or used something, when, and on what lawful basis they may be written to.
