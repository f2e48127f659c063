//! Links the command at a fixed address: nothing has to be relocated when it starts, and the pages with its tables of
//! pointers stay those of the file.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-bins=-no-pie");
}
