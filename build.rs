//! Links the command at a fixed address: nothing has to be relocated when it starts, and the pages with its tables of
//! pointers stay those of the file.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
