//! `#[derive(PromptInput)]`: a struct as the input of a prompt, checked against its template when it
//! is compiled. It is re-exported, and described, as `goodwill::prompts::input::PromptInput`.
//!
//! The template is read by the very reader that the library has.

mod error;
mod expand;
mod fields;
mod places;
mod prompts;

use proc_macro::TokenStream;

/// Makes a struct the input of a prompt, or a part of one; see `goodwill::prompts::input`.
#[proc_macro_derive(PromptInput, attributes(prompt))]
pub fn prompt_input(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    expand::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
