//! Searching messages.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Role};
use crate::decide::Draft;
use crate::engine::scene_query;
use crate::error::Result;
use crate::ids::MessageId;
use crate::messages::view::current;
use crate::messages::{Channel, MessageKind, Topic};
use crate::search::{SearchQuery, Snippet, snippet};
use crate::session::messages::limit_between;
use crate::session::threads::{ThreadQuery, offset};
use crate::session::{Session, View};
use crate::store::MessageSearch;
use crate::time::Timestamp;

/// Which messages to find. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MessageFilter {
    /// Words, `"phrases"`, `prefix*` and `-without`; see [`crate::search`].
    pub keyword: Option<String>,
    /// In which threads; its paging fields are not looked at.
    pub threads: ThreadQuery,
    /// Any of these channels.
    pub channel: Vec<Channel>,
    /// Any of these roles of the author.
    pub author_role: Vec<Role>,
    /// Any of these kinds.
    pub kind: Vec<MessageKind>,
    /// Any of these topics.
    pub topic: Vec<Topic>,
    /// Posted at or after.
    pub from: Option<Timestamp>,
    /// Posted before.
    pub until: Option<Timestamp>,
    /// Only what the caller has yet to read.
    pub unread: bool,
    /// Go on before this message: the page before's `next`.
    pub before: Option<MessageId>,
    /// Or skip to this page, from 1.
    pub page: Option<u32>,
    /// At most so many a page, 1 to 200.
    pub limit: u32,
    /// Count the hits up to here; 0 for no count.
    pub count_to: u64,
}

impl Default for MessageFilter {
    fn default() -> Self {
        Self {
            keyword: None,
            threads: ThreadQuery::default(),
            channel: Vec::new(),
            author_role: Vec::new(),
            kind: Vec::new(),
            topic: Vec::new(),
            from: None,
            until: None,
            unread: false,
            before: None,
            page: None,
            limit: 20,
            count_to: 1_000,
        }
    }
}

impl MessageFilter {
    /// Messages with these words.
    #[must_use]
    pub fn keyword(words: impl Into<String>) -> Self {
        Self { keyword: Some(words.into()), ..Self::default() }
    }
}

/// How many hits there are in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// How many were counted.
    pub count: u64,
    /// Whether that is all of them; otherwise there are at least so many.
    pub exact: bool,
}

/// One hit of a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{V}Hit"))]
#[serde(rename_all = "camelCase", bound = "")]
pub struct Hit<V: View> {
    /// The message.
    pub message: V::Message,
    /// Its thread.
    pub thread: V::Thread,
    /// The part of the text that was found, with its highlights.
    pub snippet: Snippet,
}

/// A page of hits, newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{V}Found"))]
#[serde(rename_all = "camelCase", bound = "")]
pub struct Found<V: View> {
    /// The hits.
    pub hits: Vec<Hit<V>>,
    /// The `before` of the next page; `None` at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<MessageId>,
    /// How many hits there are in all.
    pub total: Total,
}

impl<V: View> Session<V> {
    /// Finds messages among those that the principal may see. What it may not see is not counted
    /// either. The search is part of the audit trail; its words are not.
    ///
    /// # Errors
    /// `access.denied`, `input.*` for a query that says nothing or a limit outside 1 to 200.
    pub async fn search(&self, filter: &MessageFilter) -> Result<Found<V>> {
        /// Characters of a snippet.
        const SNIPPET: usize = 160;

        limit_between(filter.limit, 200)?;
        let keyword = filter.keyword.as_deref().map(SearchQuery::parse).transpose()?;
        let threads = filter.threads.filter()?;
        let query = crate::store::SceneQuery { read_states: true, ..scene_query(&self.principal) };
        let (access, scene, state) = self
            .looking("message.search", query, |context, _| {
                let access = self.access(context, Action::MessageSearch);
                if access.filter == crate::access::Filter::Nothing {
                    let facts = crate::store::facts::store_facts(context.identity, None);
                    context.check(Action::MessageSearch, facts)?;
                }
                Ok(access)
            })
            .await?;
        let page = self
            .engine
            .inner
            .ask(MessageSearch {
                tenant: self.principal.tenant,
                access,
                roles: self.roles(&scene.identity),
                keyword: keyword.clone(),
                threads,
                via: filter.channel.clone(),
                author_role: filter.author_role.clone(),
                kind: filter.kind.clone(),
                topic: filter.topic.clone(),
                from: filter.from,
                until: filter.until,
                unread: filter.unread,
                before: filter.before,
                offset: offset(filter.page, filter.limit)?,
                limit: filter.limit,
                count_to: filter.count_to,
            })
            .await?;
        self.record_search(&scene, &state, page.total).await?;
        let next = page.hits.last().filter(|_| page.more).map(|hit| hit.message.row.new.id);
        let mut hits = Vec::with_capacity(page.hits.len());
        for hit in page.hits {
            let (_, content) = current(&hit.message);
            let text = content.map(|content| content.text.as_str()).unwrap_or_default();
            let words = match &keyword {
                Some(keyword) => snippet(text, keyword, SNIPPET),
                None => Snippet::start(text, SNIPPET),
            };
            let views = self.project(&scene, &state.tenant.policies, vec![hit.message]).await?;
            hits.extend(views.into_iter().map(|message| Hit {
                message,
                thread: V::thread(&hit.thread),
                snippet: words.clone(),
            }));
        }
        let total = Total { count: page.total, exact: page.total < filter.count_to };
        Ok(Found { hits, next, total })
    }

    async fn record_search(
        &self,
        scene: &crate::store::Scene,
        state: &crate::engine::TenantState,
        total: u64,
    ) -> Result<()> {
        let inner = &self.engine.inner;
        let call = self.call("message.search");
        let context = inner.context(&call, &scene.identity, state);
        let mut draft = Draft::new(&context);
        let tenant = self.principal.tenant.uuid();
        let entry = draft.audit("message.searched", ("tenant", tenant));
        entry.changes.insert("hits".into(), total.into());
        inner.commit(draft.finish()).await.map(drop)
    }
}
