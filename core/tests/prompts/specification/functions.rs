//! The functions of the specification in Rust, by their text in JavaScript.

use goodwill::prompts::render::{Arguments, Helpers, Value};

/// What JavaScript makes of a value that is added to a text.
fn text(value: Option<&Value<'_>>) -> String {
    match value {
        None | Some(Value::Undefined) => "undefined".to_owned(),
        Some(Value::Null) => "null".to_owned(),
        Some(value) => value.print().into_owned(),
    }
}

/// The text of a number, or `NaN` in its place.
fn number(value: Option<&Value<'_>>) -> String {
    if matches!(value, Some(Value::Number(_))) { text(value) } else { "NaN".to_owned() }
}

/// The text of a truth value, or `NaB` in its place.
fn truth(value: Option<&Value<'_>>) -> String {
    if matches!(value, Some(Value::Bool(_))) { text(value) } else { "NaB".to_owned() }
}

/// `===`, as far as the specification needs it.
fn is_same(one: Option<&Value<'_>>, other: Option<&Value<'_>>) -> bool {
    match (one, other) {
        (Some(Value::Text(one)), Some(Value::Text(other))) => one == other,
        (Some(Value::Number(one)), Some(Value::Number(other))) => one == other,
        (Some(Value::Bool(one)), Some(Value::Bool(other))) => one == other,
        (None | Some(Value::Undefined), None | Some(Value::Undefined)) => true,
        (Some(Value::Null), Some(Value::Null)) => true,
        _ => false,
    }
}

/// What a function gives for its arguments.
fn result(source: &str, given: &Arguments<'_, '_>) -> Value<'static> {
    let (first, second, third) = (given.value(0), given.value(1), given.value(2));
    let named = |name: &str| text(given.named(name));
    let said = match source {
        "function () {}" => return Value::Undefined,
        "function () { return 'found it!'; }" => "found it!".to_owned(),
        "function () { return 'world!'; }" => "world!".to_owned(),
        "function () { return 'world'; }" => "world".to_owned(),
        "function () { return 'helpers'; }" => "helpers".to_owned(),
        "function () { return 'helper'; }" => "helper".to_owned(),
        "function () { return 'dude'; }" => "dude".to_owned(),
        "function () { return 'missing'; }" => "missing".to_owned(),
        "function () { return 'LOL'; }" => "LOL".to_owned(),
        "function (x, y) { return x === y; }" => return Value::Bool(is_same(first, second)),
        "function (a, b) { return a + '-' + b; }" => format!("{}-{}", text(first), text(second)),
        "function (a, b) { return a + b; }" => text(first) + &text(second),
        "function (val) { return val + val; }" => text(first).repeat(2),
        "function (value) { return value + ''; }" => text(first),
        "function (val) { return 'val is ' + val; }" => format!("val is {}", text(first)),
        "function (value) { return 'bar ' + value; }" => format!("bar {}", text(first)),
        "function (param) { return 'Hello ' + param; }" => format!("Hello {}", text(first)),
        "function (cruel, world) { return 'Goodbye ' + cruel + ' ' + world; }" => {
            format!("Goodbye {} {}", text(first), text(second))
        }
        "function (val, that, theOther) { return 'val is ' + val + ', ' + that + ' and ' + theOther; }" =>
        {
            format!("val is {}, {} and {}", text(first), text(second), text(third))
        }
        "function (defaultString) { return new Handlebars.SafeString(defaultString); }" => {
            text(first)
        }
        "function (options) { return \"val is \" + options.hash.fun; }" => {
            format!("val is {}", named("fun"))
        }
        source if source.starts_with("function (times) {") => {
            format!("Hello {} times", number(first))
        }
        source if source.starts_with("function (times, times2) {") => {
            format!("Hello {} {} times", number(first), number(second))
        }
        source if source.starts_with("function (param, times, bool1, bool2) {") => {
            let (one, two) = (truth(third), truth(given.value(3)));
            format!("Hello {} {} times: {one} {two}", text(first), number(second))
        }
        source if source.starts_with("function (options) { return 'GOODBYE ' +") => {
            format!("GOODBYE {} {} {} TIMES", named("cruel"), named("world"), named("times"))
        }
        source if source.starts_with("function goodbye(options) {") => match given.named("print") {
            Some(Value::Bool(true)) => format!("GOODBYE {} {}", named("cruel"), named("world")),
            Some(Value::Bool(false)) => "NOT PRINTING".to_owned(),
            _ => "THIS SHOULD NOT HAPPEN".to_owned(),
        },
        source
            if source
                .starts_with("function (options) { var hash = options.hash; var ariaLabel") =>
        {
            let (label, placeholder) = (named("aria-label"), named("placeholder"));
            format!("<input aria-label=\"{label}\" placeholder=\"{placeholder}\" />")
        }
        other => panic!("this function is not here in Rust: {other}"),
    };
    Value::Text(said.into())
}

/// The helpers of a case.
pub(super) fn helpers(case: &serde_json::Value) -> Helpers {
    let mut helpers = Helpers::none();
    let given = case.get("helpers").and_then(serde_json::Value::as_object);
    for (name, source) in given.into_iter().flatten() {
        let source = source.as_str().unwrap().to_owned();
        helpers.insert(name, move |given| Ok(result(&source, given)));
    }
    helpers
}
