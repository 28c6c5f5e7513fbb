//! temp
fn main(){}
