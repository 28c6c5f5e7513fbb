//! Payments.

use rusqlite::{Connection, params, params_from_iter};

use crate::directory::{PartyState, SubjectKind};
use crate::error::Result;
use crate::ids::{Kind as _, PaymentId, Ref, TenantId, kind};
use crate::money::Money;
use crate::payments::{Payment, PaymentKind};
use crate::store::query::Payments;
use crate::store::sqlite::batch::execute;
use crate::store::sqlite::columns::{Columns, id, id_value, maybe_id};
use crate::store::sqlite::errors::{corrupt, store_error};
use crate::store::sqlite::filter::Sql;
use crate::store::sqlite::read::scene::resolve;

const COLUMNS: &str =
    "p.id, p.customer, p.subject, p.subject_kind, p.store, p.minor, p.currency, p.kind, p.method,
  p.paid_at, p.created_at, p.version";

/// Writes the payment.
pub(super) fn put(connection: &Connection, payment: &Payment) -> Result<()> {
    execute(
        connection,
        "INSERT INTO payment (tenant, id, customer, subject, subject_kind, store, minor, currency,
           kind, method, paid_at, created_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (tenant, id) DO UPDATE SET
           customer = excluded.customer, subject = excluded.subject,
           subject_kind = excluded.subject_kind, store = excluded.store,
           minor = excluded.minor, currency = excluded.currency, kind = excluded.kind,
           method = excluded.method, paid_at = excluded.paid_at, version = excluded.version",
        params![
            id(payment.tenant),
            id(payment.id),
            id(payment.customer),
            maybe_id(payment.subject),
            payment.subject_kind.map(SubjectKind::number),
            maybe_id(payment.store),
            payment.amount.minor(),
            payment.amount.currency().code(),
            payment.kind.number(),
            payment.method,
            payment.paid_at.as_millis(),
            payment.created_at.as_millis(),
            payment.version
        ],
    )
    .map(drop)
}

/// A payment by id or reference.
pub(super) fn payment(
    connection: &Connection,
    tenant: TenantId,
    key: &Ref<kind::Payment>,
) -> Result<Option<Payment>> {
    let payment = match key {
        Ref::Id(id) => *id,
        Ref::External(reference) => {
            match resolve(connection, tenant, kind::Payment::NAME, reference)? {
                Some(id) => PaymentId::from_uuid(id),
                None => return Ok(None),
            }
        }
    };
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS).push(" FROM payment p WHERE p.tenant = ").bind_id(tenant);
    sql.push(" AND p.id = ").bind_id(payment);
    Ok(read(connection, tenant, sql)?.pop())
}

/// A page of payments.
pub(super) fn page(connection: &Connection, query: &Payments) -> Result<Vec<Payment>> {
    read(connection, query.tenant, page_sql(query))
}

pub(super) fn page_sql(query: &Payments) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS);
    sql.push(" FROM payment p WHERE p.tenant = ").bind_id(query.tenant);
    sql.push(" AND EXISTS (SELECT 1 FROM party c WHERE c.tenant = p.tenant AND c.id = p.customer");
    sql.push(" AND c.state = ").bind(i64::from(PartyState::Active.number())).push(")");
    if let Some(customer) = query.customer {
        sql.push(" AND p.customer = ").bind_id(customer);
    }
    if let Some(stores) = &query.stores {
        sql.push(" AND p.store IN ").list(stores.iter().map(|store| id_value(*store)));
    }
    if let Some(from) = query.from {
        sql.push(" AND p.paid_at >= ").bind(from.as_millis());
    }
    if let Some(until) = query.until {
        sql.push(" AND p.paid_at < ").bind(until.as_millis());
    }
    if let Some((at, id)) = query.after {
        sql.push(" AND (p.paid_at, p.id) > (")
            .bind(at.as_millis())
            .push(", ")
            .bind_id(id)
            .push(")");
    }
    sql.push(" ORDER BY p.paid_at, p.id LIMIT ").bind(i64::from(query.limit));
    sql
}

fn read(connection: &Connection, tenant: TenantId, sql: Sql) -> Result<Vec<Payment>> {
    let mut statement = connection.prepare_cached(&sql.text).map_err(store_error)?;
    let mut rows = statement.query(params_from_iter(sql.values)).map_err(store_error)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(store_error)? {
        let mut columns = Columns::of(row);
        found.push(Payment {
            id: columns.id()?,
            tenant,
            customer: columns.id()?,
            subject: columns.maybe_id()?,
            subject_kind: kind_of(columns.value()?)?,
            store: columns.maybe_id()?,
            amount: amount(&mut columns)?,
            kind: columns.one_of(PaymentKind::from_number)?,
            method: columns.value()?,
            paid_at: columns.at()?,
            created_at: columns.at()?,
            version: columns.value()?,
        });
    }
    Ok(found)
}

fn kind_of(number: Option<u8>) -> Result<Option<SubjectKind>> {
    number.map(|number| SubjectKind::from_number(number).ok_or_else(corrupt)).transpose()
}

fn amount(columns: &mut Columns<'_, '_>) -> Result<Money> {
    let minor = columns.value()?;
    let currency: String = columns.value()?;
    Ok(Money::from_minor(minor, currency.parse().map_err(|_| corrupt())?))
}
