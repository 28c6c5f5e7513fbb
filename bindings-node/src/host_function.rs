//! Functions of the host's, in JavaScript, which are called on the event loop.

use goodwill::ops::HostFunction;
use napi::Status;
use napi::bindgen_prelude::Promise;
use napi::threadsafe_function::ThreadsafeFunction;

/// Takes a request and promises its answer. It does not keep the process alive.
pub(crate) type Callback = ThreadsafeFunction<String, Promise<String>, String, Status, false, true>;

/// The function behind a log or a model.
pub(crate) struct JsFunction(pub(crate) Callback);

impl std::fmt::Debug for JsFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JsFunction")
    }
}

#[async_trait::async_trait]
impl HostFunction for JsFunction {
    async fn call(&self, request: String) -> Option<String> {
        self.0.call_async_catch(request).await.ok()?.await.ok()
    }
}
