//! Links as a Node module.

fn main() {
    napi_build::setup();
}
