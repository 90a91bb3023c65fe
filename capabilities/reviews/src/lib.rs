//! **Reviews**: the organisation's own form, the private question, the device in the shop, and what is printed.
