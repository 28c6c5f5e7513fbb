//! Streams, however the network cuts them.

use goodwill::llm::{
    Endpoint, Finish, LlmError, LlmErrorKind, LlmEvent, Protocol, StreamDecoder, Usage,
};
use proptest::prelude::*;

const OPENAI: &str = "\u{feff}: hello\r\n\r\ndata: {\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"Grüße \"}}]}\n\nevent: x\rdata:{\"choices\":[{\"delta\":{\"content\":\"🙏\"}}]}\r\rdata: {\"choices\":[\ndata: {\"delta\":{},\"finish_reason\":\"stop\"}]}\nid: 7\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\ndata: [DONE]\n\ndata: after the end\n\n";
const ANTHROPIC: &str = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Grüße \"}}\n\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}\n\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"🙏\"}}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\ndata: {\"type\":\"message_stop\"}\n\n";
const OLLAMA: &str = "{\"model\":\"m\",\"message\":{\"content\":\"Grüße \"},\"done\":false}\n{\"model\":\"m\",\"message\":{\"content\":\"🙏\"},\"done\":false}\r\n\n{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":5,\"eval_count\":2}";
const ALL: [(Protocol, &str); 3] =
    [(Protocol::OpenAi, OPENAI), (Protocol::Anthropic, ANTHROPIC), (Protocol::Ollama, OLLAMA)];

/// Everything that a decoder says about pieces.
fn read<'p>(
    protocol: Protocol,
    pieces: impl IntoIterator<Item = &'p [u8]>,
) -> (Vec<LlmEvent>, Result<(), LlmError>) {
    let endpoint = Endpoint::new(protocol, "http://localhost").unwrap();
    let mut decoder = StreamDecoder::new(&endpoint);
    let mut events = Vec::new();
    for piece in pieces {
        if let Err(error) = decoder.feed(piece, &mut events) {
            assert_eq!(decoder.finish(&mut events), Err(error.clone()), "an error stays");
            return (events, Err(error));
        }
    }
    let end = decoder.finish(&mut events);
    (events, end)
}

/// The bytes in pieces of these lengths, over and over.
fn cut<'b>(bytes: &'b [u8], lengths: &[usize]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at((*length).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[test]
fn every_protocol_brings_the_same_events() {
    for (protocol, body) in ALL {
        let (events, end) = read(protocol, [body.as_bytes()]);
        assert_eq!(end, Ok(()), "{protocol:?}");
        assert_eq!(events.len(), 3, "{protocol:?}");
        assert_eq!(events[0], LlmEvent::Text("Grüße ".into()));
        assert_eq!(events[1], LlmEvent::Text("🙏".into()));
        let LlmEvent::Done(response) = &events[2] else { panic!("no end") };
        assert_eq!((response.text.as_str(), response.finish), ("Grüße 🙏", Finish::Stop));
        assert_eq!(response.usage, Usage { input: 5, output: 2, cached: 0 });
        assert_eq!(response.model, "m");
    }
}

/// A stream that is cut anywhere before its end is an error, and never half an answer.
#[test]
fn streams_that_are_cut_say_so() {
    for (protocol, body) in ALL {
        let (whole, _) = read(protocol, [body.as_bytes()]);
        for length in 0..body.len() {
            let (events, end) = read(protocol, [&body.as_bytes()[..length]]);
            if let Some((LlmEvent::Done(response), pieces)) = events.split_last() {
                // The text was whole; what it cost may be lost with the end.
                assert!(whole.starts_with(pieces) && response.text == "Grüße 🙏");
                assert_eq!((response.finish, end), (Finish::Stop, Ok(())));
            } else {
                assert!(whole.starts_with(&events));
                let kind = end.unwrap_err().kind();
                // Half a line of JSON is one that is malformed.
                let malformed = protocol == Protocol::Ollama && kind == LlmErrorKind::Malformed;
                assert!(kind == LlmErrorKind::Transport || malformed, "{protocol:?} {length}");
            }
        }
    }
}

#[test]
fn what_no_protocol_says_is_malformed() {
    let kind = |protocol, body: &[u8]| read(protocol, [body]).1.unwrap_err().kind();
    for body in
        [&b"data: {\"a\":\xff}\n\n"[..], b"data: nothing\n\n", b"data: [1]\n\n", b"data: 7\n\n"]
    {
        assert_eq!(kind(Protocol::OpenAi, body), LlmErrorKind::Malformed);
        assert_eq!(kind(Protocol::Anthropic, body), LlmErrorKind::Malformed);
    }
    assert_eq!(kind(Protocol::Ollama, b"<html>\n"), LlmErrorKind::Malformed);
    let endless = vec![b'a'; (4 << 20) + 1];
    assert_eq!(kind(Protocol::OpenAi, &endless), LlmErrorKind::Malformed);
    let error = b"{\"error\":\"model requires more system memory\"}\n";
    assert_eq!(kind(Protocol::Ollama, error), LlmErrorKind::Transport);
    let error =
        b"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}\n\n";
    assert_eq!(kind(Protocol::Anthropic, error), LlmErrorKind::RateLimited);
    let refusal = b"data: {\"choices\":[{\"delta\":{\"refusal\":\"No\"}}]}\n\ndata: [DONE]\n\n";
    assert_eq!(kind(Protocol::OpenAi, refusal), LlmErrorKind::Refused);
}

proptest! {
    /// How the network cuts a stream changes nothing.
    #[test]
    fn any_pieces_bring_the_same_events(lengths in prop::collection::vec(1_usize..40, 1..20)) {
        for (protocol, body) in ALL {
            let whole = read(protocol, [body.as_bytes()]);
            prop_assert_eq!(read(protocol, cut(body.as_bytes(), &lengths)), whole);
        }
    }

    /// Nor for a stream that is damaged: the same events, then the same error.
    #[test]
    fn any_pieces_of_a_damaged_stream_bring_the_same_end(
        lengths in prop::collection::vec(1_usize..40, 1..20),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        for (protocol, body) in ALL {
            let mut bytes = body.as_bytes().to_vec();
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let whole = read(protocol, [bytes.as_slice()]);
            prop_assert_eq!(read(protocol, cut(&bytes, &lengths)), whole);
        }
    }
}
