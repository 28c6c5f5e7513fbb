//! The reader of templates asks for a feature that only the library has.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(feature, values(\"schema\"))");
    println!("cargo::rerun-if-changed=build.rs");
}
