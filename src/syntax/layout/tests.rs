//! What the layout keeps and how it stands.
