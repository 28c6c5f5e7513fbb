//! What the derive writes.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, LitStr, Result};

use crate::fields::{InputField, fields, file};
use crate::places::{Use, uses};
use crate::prompts::head;
use crate::prompts::template::{Diagnostic, Position, Severity, Template};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let own = fields(input)?;
    let ident = &input.ident;
    let names = own.iter().map(|field| &field.name);
    let types = own.iter().map(|field| field.of);
    let put = own.iter().map(|field| {
        let (name, ident) = (&field.name, field.ident);
        quote! { fields.put(#name, &self.#ident); }
    });
    let checks = match file(input)? {
        Some(path) => checked(input, &own, &path)?,
        None => TokenStream::new(),
    };
    Ok(quote! {
        #[automatically_derived]
        impl ::goodwill::prompts::input::PromptInput for #ident {
            const SHAPE: ::goodwill::prompts::input::Shape =
                ::goodwill::prompts::input::Shape::Fields(&[
                    #((#names, &<#types as ::goodwill::prompts::input::PromptInput>::SHAPE)),*
                ]);

            fn to_input(&self) -> ::goodwill::prompts::input::InputValue {
                let mut fields = ::goodwill::prompts::input::InputFields::default();
                #(#put)*
                fields.into_value()
            }
        }

        #checks
    })
}

/// The file with a check for each value that its template uses.
fn checked(input: &DeriveInput, own: &[InputField<'_>], path: &LitStr) -> Result<TokenStream> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let place: PathBuf = folder.join(path.value());
    let unreadable =
        |_| Error::new(path.span(), "there is no such file below the package's folder");
    let source = std::fs::read_to_string(&place).map_err(unreadable)?;
    let (found, wrong) = check(&source, own, &path.value());
    let mut errors = wrong.into_iter().map(|message| Error::new(path.span(), message));
    if let Some(mut first) = errors.next() {
        errors.for_each(|one| first.combine(one));
        return Err(first);
    }
    let ident = &input.ident;
    let checks = found.iter().map(|(used, at)| {
        let names = &used.names;
        let message = format!("{at}: the input has no value {}", used.path());
        quote! {
            const _: () = assert!(
                <#ident as ::goodwill::prompts::input::PromptInput>::SHAPE.has(&[#(#names),*]),
                #message
            );
        }
    });
    let whole = place.to_string_lossy();
    let named = path.value();
    let name = Path::new(&named).file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(quote! {
        #(#checks)*

        #[automatically_derived]
        impl ::goodwill::prompts::input::PromptFileInput for #ident {
            const FILE: (&'static str, &'static str) = (#name, include_str!(#whole));
        }
    })
}

/// The values that a template uses with their places, and what is wrong already: what the template
/// cannot be read for, and names that the struct does not have.
fn check(source: &str, own: &[InputField<'_>], file: &str) -> (Vec<(Use, String)>, Vec<String>) {
    let body = head::split(source).1;
    let place = |at: usize| {
        let place = Position::of(source, body.saturating_add(at));
        format!("{file}:{}:{}", place.line, place.column)
    };
    let checked = Template::check(source.get(body..).unwrap_or_default());
    let Some(template) = checked.template else {
        let errors = checked.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let said = |one: &Diagnostic| {
            format!("{}: {} {}", place(one.span.start), one.code.as_str(), one.message)
        };
        return (Vec::new(), errors.map(said).collect());
    };
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for used in uses(&template) {
        let at = place(used.at);
        match used.names.first() {
            Some(name) if !own.iter().any(|field| field.name == *name) => {
                let near = own.iter().find(|field| close(&field.name, name));
                let meant = near.map(|field| format!(", did you mean {}?", field.name));
                wrong.push(format!(
                    "{at}: the input has no value {name}{}",
                    meant.unwrap_or_default()
                ));
            }
            _ => found.push((used, at)),
        }
    }
    (found, wrong)
}

/// Whether two names are at most two letters apart, or the same letters in another case.
fn close(one: &str, two: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().replace('_', "").chars().collect::<Vec<_>>();
    let (one, two) = (letters(one), letters(two));
    let mut before: Vec<usize> = (0..=two.len()).collect();
    for (at, from) in one.iter().enumerate() {
        let mut row = vec![at.saturating_add(1)];
        for ((above_left, above), to) in before.iter().zip(before.iter().skip(1)).zip(&two) {
            let left = row.last().copied().unwrap_or_default();
            let change = above_left.saturating_add(usize::from(from != to));
            row.push(change.min(above.saturating_add(1)).min(left.saturating_add(1)));
        }
        before = row;
    }
    before.last().is_some_and(|edits| *edits <= 2 && *edits < one.len())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    /// What is said about a template over a struct of a customer, jobs and a total.
    fn said(source: &str) -> Vec<String> {
        let input: DeriveInput = parse_quote! {
            struct Card {
                customer: Customer,
                #[prompt(name = "jobs")]
                open_jobs: Vec<Job>,
                total_revenue: f64,
            }
        };
        let own = fields(&input).unwrap();
        check(source, &own, "prompts/card.hbs").1
    }

    fn used(body: &str) -> Vec<String> {
        let template = Template::check(body).template.unwrap();
        uses(&template).iter().map(Use::path).collect()
    }

    /// F158: a placeholder without a field is said with its line and column in the file.
    #[test]
    fn unknown_names_have_a_place_and_a_hint() {
        let source =
            "---\ndescription: A card\n---\nDear {{customer.name}},\n  {{totalRevenues}} {{due}}";
        assert_eq!(
            said(source),
            [
                "prompts/card.hbs:5:5: the input has no value totalRevenues, did you mean totalRevenue?",
                "prompts/card.hbs:5:23: the input has no value due",
            ],
        );
        assert!(
            said("{{#each jobs}}{{date}} {{../totalRevenue}}{{@index}}{{/each}}{{history}}")
                .is_empty()
        );
        assert_eq!(said("{{open_jobs}}").len(), 1, "the template's name counts");
    }

    #[test]
    fn templates_that_cannot_be_read_say_where() {
        let wrong = said("Dear\n{{#if customer}}");
        assert!(wrong[0].starts_with("prompts/card.hbs:2:"), "{wrong:?}");
        assert!(wrong[0].contains("P002"), "{wrong:?}");
    }

    #[test]
    fn blocks_move_the_place() {
        assert_eq!(
            used("{{#each jobs as |job at|}}{{job.date}}{{at}}{{this.id}}{{/each}}"),
            ["jobs", "jobs[].date", "jobs[].id"]
        );
        assert_eq!(
            used("{{#with customer}}{{name}}{{else}}{{none}}{{/with}}"),
            ["customer", "customer.name", "none"]
        );
        assert_eq!(
            used("{{#if a}}{{formatDate(b.c)}}{{/if}}{{#unless d}}{{@root.e}}{{/unless}}"),
            ["a", "b.c", "d", "e"]
        );
        assert_eq!(
            used("{{> part with=x}}{{money (lookup y z) currency=k}}"),
            ["x", "y", "z", "k"]
        );
    }

    #[test]
    fn only_structs_with_names_are_inputs() {
        let refused = |input: DeriveInput| expand(&input).unwrap_err().to_string();
        assert_eq!(refused(parse_quote! { enum E { A } }), "expected a struct");
        assert_eq!(
            refused(parse_quote! { struct T(u8); }),
            "expected a struct whose fields have names"
        );
        assert!(refused(parse_quote! { struct G<T> { a: T } }).contains("without parameters"));
        let missing = refused(parse_quote! { #[prompt(file = "none.hbs")] struct S { a: u8 } });
        assert_eq!(missing, "there is no such file below the package's folder");
        assert!(
            refused(parse_quote! { #[prompt(path = "x")] struct S { a: u8 } }).contains("file")
        );
    }
}
