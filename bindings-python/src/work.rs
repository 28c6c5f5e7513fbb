//! Long work: without the interpreter's lock, and with Ctrl-C.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use goodwill::{Result, ops};
use pyo3::prelude::*;

use crate::failure::{of_envelope, raised};

/// How often signals are looked at, while work goes on.
const TICK: Duration = Duration::from_millis(50);

/// Does something on another thread, without the interpreter's lock, and looks for signals meanwhile: Ctrl-C
/// raises at once, and what was begun is finished for nobody. A panic is an error. `progress` is called at
/// each look with the seconds since the start; what it raises ends the call like Ctrl-C.
pub(crate) fn done<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> PyResult<T> {
    ops::hide_panic_texts();
    let (send, receive) = channel();
    let started = thread::Builder::new().name("goodwill".to_owned()).spawn(move || {
        // Nobody listens after Ctrl-C.
        let _ = send.send(ops::guard(work));
    });
    started.map_err(|_| raised(goodwill::Error::internal("no thread can be started")))?;
    // Moved to and fro, since a receiver belongs to one thread.
    let mut receive = receive;
    let mut ticks = 0_u32;
    loop {
        let (back, waited) = py.detach(move || {
            let waited = receive.recv_timeout(TICK);
            (receive, waited)
        });
        receive = back;
        match waited {
            Ok(done) => return done.map_err(|envelope| of_envelope(&envelope)),
            Err(RecvTimeoutError::Timeout) => {
                py.check_signals()?;
                ticks = ticks.saturating_add(1);
                if let Some(progress) = progress {
                    progress.call1(((TICK * ticks).as_secs_f64(),))?;
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(raised(goodwill::Error::internal("the work was lost")));
            }
        }
    }
}
