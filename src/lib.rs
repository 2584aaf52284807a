//! samverk
