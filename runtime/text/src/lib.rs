//! Text without objects: Unicode tables, codecs, number and string formatting.
