//! Access filters and thread filters as conditions of SQL.
//!
//! In every query `t` is the thread, `s` its subject and, where there is one, `m` the message; or `t` is a
//! follow-up, and `s` the job that it is after. The conditions mean what [`crate::store::facts`]
//! computes.

use rusqlite::types::Value;

use crate::access::{Fact, Filter, RoleSet};
use crate::ids::{Id, Kind, PartyId};
use crate::principal::Identity;
use crate::store::query::{AccessFilter, ThreadFilter};
use crate::store::sqlite::columns::id_value;

/// A part of a statement with the values that it binds, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.text.push('?');
        self.values.push(value.into());
        self
    }

    /// Adds an id.
    pub(super) fn bind_id<K: Kind>(&mut self, id: Id<K>) -> &mut Self {
        self.bind(id_value(id))
    }

    /// Adds another part.
    pub(super) fn append(&mut self, other: Self) -> &mut Self {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// Adds values with commas in parentheses.
    pub(super) fn list(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.push("(");
        for (place, value) in values.into_iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self.push(")")
    }

    /// Adds a condition that a column has one of the values; none when there are none.
    pub(super) fn one_of<V: Into<Value>>(
        &mut self,
        column: &str,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.push(" AND ").push(column).push(" IN ").list(values);
        }
        self
    }
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Threads,
    Messages,
    Followups,
}

/// The condition of an access filter, in parentheses.
pub(super) fn access(access: &AccessFilter, on_messages: bool) -> Sql {
    let on = if on_messages { On::Messages } else { On::Threads };
    condition(&access.filter, &access.identity, on)
}

/// The condition of an access filter on follow-ups.
pub(super) fn on_followups(access: &AccessFilter) -> Sql {
    condition(&access.filter, &access.identity, On::Followups)
}

fn condition(filter: &Filter, who: &Identity, on: On) -> Sql {
    let joined = |parts: &[Filter], word: &str| {
        let mut sql = Sql::new("(");
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                sql.push(word);
            }
            sql.append(condition(part, who, on));
        }
        sql.push(")");
        sql
    };
    match filter {
        Filter::Everything => Sql::new("1"),
        Filter::Nothing => Sql::new("0"),
        Filter::Fact(fact) => fact_sql(*fact, who, on),
        Filter::Not(inner) => {
            let mut sql = Sql::new("NOT ");
            sql.append(condition(inner, who, on));
            sql
        }
        Filter::All(parts) => joined(parts, " AND "),
        Filter::Any(parts) => joined(parts, " OR "),
    }
}

/// A fact as a condition that is 0 or 1, never NULL.
fn fact_sql(fact: Fact, who: &Identity, on: On) -> Sql {
    let constant = |holds: bool| Sql::new(if holds { "1" } else { "0" });
    let about = |party: Option<PartyId>, before: &str, after: &str| match party {
        Some(party) => {
            let mut sql = Sql::new(before);
            sql.bind_id(party).push(after);
            sql
        }
        None => Sql::new("0"),
    };
    let in_scope = |otherwise: &str| match &who.stores {
        None => None,
        Some(stores) => {
            let mut sql = Sql::new("(");
            sql.push(otherwise);
            if stores.is_empty() {
                sql.push("0");
            } else {
                sql.push("(t.store IS NOT NULL AND t.store IN ");
                sql.list(stores.iter().map(|store| id_value(*store))).push(")");
            }
            sql.push(")");
            Some(sql)
        }
    };
    match fact {
        Fact::SameTenant => constant(true),
        Fact::SameStore => in_scope("t.store IS NULL OR ").unwrap_or_else(|| constant(true)),
        Fact::Member => in_scope("").unwrap_or_else(|| constant(true)),
        Fact::Owns => about(who.party, "(t.customer = ", ")"),
        Fact::OnBehalf => about(who.on_behalf_of, "(t.customer = ", ")"),
        Fact::Fulfils => about(
            who.organisation,
            "EXISTS (SELECT 1 FROM subject_party sp WHERE sp.tenant = t.tenant
               AND sp.subject = t.subject AND sp.role = 0 AND sp.party = ",
            ")",
        ),
        Fact::Operates => about(
            who.organisation,
            "EXISTS (SELECT 1 FROM storefront sf WHERE sf.tenant = t.tenant AND sf.id = t.store
               AND sf.reseller = ",
            ")",
        ),
        Fact::Assigned => match who.party {
            Some(party) => {
                let mut sql = Sql::new("(");
                if on == On::Followups {
                    sql.push("0");
                } else {
                    sql.push("t.assignee IS ").bind_id(party);
                }
                sql.push(
                    " OR EXISTS (SELECT 1 FROM subject_party sp WHERE sp.tenant = t.tenant
                        AND sp.subject = t.subject AND sp.role = 1 AND sp.party = ",
                );
                sql.bind_id(party).push("))");
                sql
            }
            None => constant(false),
        },
        Fact::Participant if on == On::Followups => constant(false),
        Fact::Participant => about(
            who.party,
            "EXISTS (SELECT 1 FROM participant p WHERE p.thread = t.row AND p.left_at IS NULL
               AND p.party = ",
            ")",
        ),
        Fact::Restricted => Sql::new(
            "EXISTS (SELECT 1 FROM party c WHERE c.tenant = t.tenant AND c.id = t.customer
               AND c.state <> 0)",
        ),
        Fact::Completed => Sql::new("(s.status IS 'completed')"),
        Fact::Public if on == On::Messages => Sql::new("(m.audience = 0)"),
        Fact::InAudience if on == On::Messages => visible(who.roles),
        Fact::Author if on == On::Messages => about(who.party, "(m.author IS ", ")"),
        _ => constant(false),
    }
}

/// The condition that a message admits one of the roles.
pub(super) fn visible(roles: RoleSet) -> Sql {
    let mut sql = Sql::new("(m.audience = 0 OR m.audience & ");
    sql.bind(i64::from(roles.bits())).push(")");
    sql
}

/// The condition that a message is unread by a reader: an entry that the roles admit, written by
/// somebody else, not retracted and not read. `r` is the reader's read state of the thread.
pub(super) fn unread(reader: Option<PartyId>, roles: RoleSet) -> Sql {
    let mut sql = Sql::new(
        "ifnull(m.relation, 0) = 0 AND m.seq > ifnull(r.cursor, 0)
         AND (ifnull(r.extra, '[]') = '[]'
              OR NOT EXISTS (SELECT 1 FROM json_each(r.extra) e WHERE e.value = m.seq))
         AND NOT EXISTS (SELECT 1 FROM message l WHERE l.target = m.id AND l.relation = 2
                         AND l.relation > 0) AND ",
    );
    sql.append(visible(roles));
    if let Some(reader) = reader {
        sql.push(" AND m.author IS NOT ").bind_id(reader);
    }
    sql
}

/// The join of a reader's read state `r` of the thread of `m`.
pub(super) fn join_read_state(reader: Option<PartyId>) -> Sql {
    let mut sql = Sql::new(" LEFT JOIN read_state r ON r.thread = m.thread AND r.reader = ");
    match reader {
        Some(reader) => sql.bind_id(reader),
        None => sql.push("NULL"),
    };
    sql
}

/// The conditions of a thread filter, each begun with AND.
pub(super) fn threads(filter: &ThreadFilter, who: &Identity, roles: RoleSet) -> Sql {
    let mut sql = Sql::default();
    sql.one_of("t.status", filter.status.iter().map(|status| i64::from(status.number())));
    sql.one_of("t.subject_kind", filter.subject_kind.iter().map(|kind| i64::from(kind.number())));
    sql.one_of("s.status", filter.subject_status.iter().cloned());
    sql.one_of("t.priority", filter.priority.iter().map(|p| i64::from(p.number())));
    sql.one_of("t.subject", filter.subject.map(id_value));
    sql.one_of("t.store", filter.store.map(id_value));
    sql.one_of("t.customer", filter.customer.map(id_value));
    sql.one_of("t.assignee", filter.assignee.map(id_value));
    if filter.unassigned {
        sql.push(" AND t.assignee IS NULL");
    }
    for tag in &filter.tags {
        sql.push(" AND EXISTS (SELECT 1 FROM json_each(t.tags) tag WHERE tag.value = ");
        sql.bind(tag.clone()).push(")");
    }
    match filter.waiting {
        Some(true) => sql.push(" AND t.waiting_since IS NOT NULL"),
        Some(false) => sql.push(" AND t.waiting_since IS NULL"),
        None => &mut sql,
    };
    if filter.unread {
        sql.push(" AND EXISTS (SELECT 1 FROM message m");
        sql.append(join_read_state(who.party));
        sql.push(
            " WHERE (m.thread = t.row
                OR m.thread IN (SELECT o.row FROM thread o WHERE o.merged_into = t.id)) AND ",
        );
        sql.append(unread(who.party, roles)).push(")");
    }
    sql
}
