//! **Asking**: whom to ask, when, and with which words. Pure, and blind: nothing in this crate has ever seen an answer.

/// Another place where a customer may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// Where it leads.
    pub url: String,
}
