//! The struct that is derived for.

use syn::{Data, DeriveInput, Error, Field, Fields, Ident, LitStr, Result, Type};

/// A field of the input.
pub(crate) struct InputField<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) of: &'i Type,
    /// The name in the template.
    pub(crate) name: String,
}

/// The fields of a struct.
pub(crate) fn fields(input: &DeriveInput) -> Result<Vec<InputField<'_>>> {
    if !input.generics.params.is_empty() {
        let message = "expected a struct without parameters: its template knows none";
        return Err(Error::new_spanned(&input.generics, message));
    }
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "expected a struct"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(Error::new_spanned(&input.ident, "expected a struct whose fields have names"));
    };
    named.named.iter().map(field).collect()
}

fn field(field: &Field) -> Result<InputField<'_>> {
    let ident = field.ident.as_ref();
    let ident = ident.ok_or_else(|| Error::new_spanned(field, "expected a field with a name"))?;
    let mut name = camel_case(&ident.to_string());
    for attribute in field.attrs.iter().filter(|one| one.path().is_ident("prompt")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("name") {
                return Err(meta.error("expected name = \"…\""));
            }
            name = meta.value()?.parse::<LitStr>()?.value();
            Ok(())
        })?;
    }
    Ok(InputField { ident, of: &field.ty, name })
}

/// The file that the attribute of a struct names.
pub(crate) fn file(input: &DeriveInput) -> Result<Option<LitStr>> {
    let mut file = None;
    for attribute in input.attrs.iter().filter(|one| one.path().is_ident("prompt")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("file") {
                return Err(meta.error("expected file = \"…\""));
            }
            file = Some(meta.value()?.parse::<LitStr>()?);
            Ok(())
        })?;
    }
    Ok(file)
}

/// A name of Rust as templates spell it: `created_at` is `createdAt`.
fn camel_case(name: &str) -> String {
    let mut words = name.trim_start_matches("r#").split('_').filter(|word| !word.is_empty());
    let mut spelled = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        spelled.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        spelled.extend(letters);
    }
    spelled
}
