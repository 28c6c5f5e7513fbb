# Written by core/codegen from the operation table; do not edit.
"""Makes dataclasses of what the engine returns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import models as m

_instant = datetime.fromisoformat
# What comes from the engine is right: it needs no `__init__`, which is slow for frozen classes.
_new = object.__new__


def actor(it: dict[str, Any]) -> m.Actor:
    made = _new(m.Actor)
    made.__dict__.update(
        kind=it["kind"],
        role=it["role"],
        id=it.get("id"),
    )
    return made


def analytics_models(it: dict[str, Any]) -> m.AnalyticsModels:
    made = _new(m.AnalyticsModels)
    made.__dict__.update(
        health=health_model(it["health"]),
        churn=churn_model(it["churn"]),
        engagement=engagement_model(it["engagement"]),
        vip=vip_rules(it["vip"]),
    )
    return made


def answer_format(it: dict[str, Any]) -> m.AnswerFormat:
    made = _new(m.AnswerFormat)
    made.__dict__.update(
        instruction=it["instruction"],
        json_instruction=it["jsonInstruction"],
        json_schema=it["jsonSchema"],
        grammar=it["grammar"],
        json_grammar=it["jsonGrammar"],
    )
    return made


def answer_span(it: dict[str, Any]) -> m.AnswerSpan:
    made = _new(m.AnswerSpan)
    made.__dict__.update(
        path=it["path"],
        start=it["start"],
        end=it["end"],
    )
    return made


def answer_warning(it: dict[str, Any]) -> m.AnswerWarning:
    made = _new(m.AnswerWarning)
    made.__dict__.update(
        kind=it["kind"],
        path=it["path"],
        expected=it["expected"],
    )
    return made


def answered(it: dict[str, Any]) -> m.Answered:
    made = _new(m.Answered)
    made.__dict__.update(
        prompt=it["prompt"],
        version=it["version"],
        content_hash=it["contentHash"],
        value=it["value"],
        text=it["text"],
        acceptable=it["acceptable"],
        missing=tuple(it["missing"]),
        warnings=tuple(answer_warning(each) for each in it["warnings"]),
        confidence=it["confidence"],
        deterministic=it["deterministic"],
        cached=it["cached"],
        usage=token_usage(it["usage"]),
        attempts=it["attempts"],
        unknown_pseudonyms=tuple(it["unknownPseudonyms"]),
        failure=it.get("failure"),
        model=it.get("model"),
        provider=it.get("provider"),
    )
    return made


def appliance_profile(it: dict[str, Any]) -> m.ApplianceProfile:
    made = _new(m.ApplianceProfile)
    made.__dict__.update(
        type=it["type"],
        aliases=tuple(it["aliases"]),
        service_interval_months=it["serviceIntervalMonths"],
        average_lifespan_years=it["averageLifespanYears"],
        failure_points=tuple(failure_point(each) for each in it["failurePoints"]),
        seasonal_impact=seasonal_impact(it["seasonalImpact"]),
        brand=it.get("brand"),
    )
    return made


def appliance_profiles(it: dict[str, Any]) -> m.ApplianceProfiles:
    made = _new(m.ApplianceProfiles)
    made.__dict__.update(
        version=it["version"],
        sources=tuple(it["sources"]),
        profiles=tuple(appliance_profile(each) for each in it["profiles"]),
    )
    return made


def attachment(it: dict[str, Any]) -> m.Attachment:
    made = _new(m.Attachment)
    made.__dict__.update(
        blob_ref=it["blobRef"],
        name=it["name"],
        mime=it["mime"],
        size=it["size"],
        disposition=it["disposition"],
        scan_state=it["scanState"],
        cid=it.get("cid"),
        sha256=it.get("sha256"),
    )
    return made


def audit_message(it: dict[str, Any]) -> m.AuditMessage:
    made = _new(m.AuditMessage)
    made.__dict__.update(
        internal=it["internal"],
        kind=it["kind"],
        topic=it["topic"],
    )
    return made


def audit_private(it: dict[str, Any]) -> m.AuditPrivate:
    made = _new(m.AuditPrivate)
    made.__dict__.update(
        salt=it["salt"],
        customer=it.get("customer"),
        diff=it.get("diff"),
        ip=it.get("ip"),
        reason=it.get("reason"),
        user_agent=it.get("userAgent"),
    )
    return made


def audit_record(it: dict[str, Any]) -> m.AuditRecord:
    made = _new(m.AuditRecord)
    made.__dict__.update(
        action=it["action"],
        actor=actor(it["actor"]),
        at=_instant(it["at"]),
        id=it["id"],
        key_id=it["keyId"],
        outcome=it["outcome"],
        resource=resource(it["resource"]),
        seq=it["seq"],
        tenant=it["tenant"],
        after_hash=it.get("afterHash"),
        before_hash=it.get("beforeHash"),
        changes=it.get("changes"),
        channel=it.get("channel"),
        commitments=it.get("commitments"),
        message=audit_message(it["message"]) if it.get("message") is not None else None,
        on_behalf_of=it.get("onBehalfOf"),
        prev_hash=it.get("prevHash"),
        request_id=it.get("requestId"),
        rule_ids=tuple(it["ruleIds"]) if it.get("ruleIds") is not None else None,
        store=it.get("store"),
        subject=it.get("subject"),
        thread=it.get("thread"),
    )
    return made


def author(it: dict[str, Any]) -> m.Author:
    made = _new(m.Author)
    made.__dict__.update(
        role=it["role"],
        party=it.get("party"),
    )
    return made


def bin(it: dict[str, Any]) -> m.Bin:
    made = _new(m.Bin)
    made.__dict__.update(
        score=it["score"],
        above=it.get("above"),
        up_to=it.get("upTo"),
        lowest=it.get("lowest"),
        highest=it.get("highest"),
        customers=it["customers"],
    )
    return made


def call_action(it: dict[str, Any]) -> m.CallAction:
    made = _new(m.CallAction)
    made.__dict__.update(
        action=it["action"],
        owner=it.get("owner"),
        due=it.get("due"),
    )
    return made


def call_summary(it: dict[str, Any]) -> m.CallSummary:
    made = _new(m.CallSummary)
    made.__dict__.update(
        summary=it["summary"],
        reason=it["reason"],
        outcome=it["outcome"],
        sentiment=it["sentiment"],
        actions=tuple(call_action(each) for each in it["actions"]),
        call_back_on=it.get("callBackOn"),
    )
    return made


def candidate(it: dict[str, Any]) -> m.Candidate:
    made = _new(m.Candidate)
    made.__dict__.update(
        kind=it["kind"],
        subject=it["subject"],
        number=it.get("number"),
    )
    return made


def candidate2(it: dict[str, Any]) -> m.Candidate2:
    made = _new(m.Candidate2)
    made.__dict__.update(
        id=it["id"],
        name=it["name"],
        score=it["score"],
        reasons=tuple(match_reason(each) for each in it["reasons"]),
    )
    return made


def candidates(it: dict[str, Any]) -> m.Candidates:
    made = _new(m.Candidates)
    made.__dict__.update(
        candidates=tuple(candidate2(each) for each in it["candidates"]),
        refused=tuple(refused(each) for each in it["refused"]),
    )
    return made


def channel_message_result(it: dict[str, Any]) -> m.ChannelMessageResult:
    made = _new(m.ChannelMessageResult)
    made.__dict__.update(
        outcome=it["outcome"],
        message=order_message_dto(it["message"]) if it.get("message") is not None else None,
        reason=it.get("reason"),
    )
    return made


def churn_bands(it: dict[str, Any]) -> m.ChurnBands:
    made = _new(m.ChurnBands)
    made.__dict__.update(
        medium=it["medium"],
        high=it["high"],
    )
    return made


def churn_contribution(it: dict[str, Any]) -> m.ChurnContribution:
    made = _new(m.ChurnContribution)
    made.__dict__.update(
        name=it["name"],
        value=it.get("value"),
        contribution=it["contribution"],
    )
    return made


def churn_driver(it: dict[str, Any]) -> m.ChurnDriver:
    made = _new(m.ChurnDriver)
    made.__dict__.update(
        name=it["name"],
        coefficient=it["coefficient"],
        typical=it["typical"],
        lowest=it["lowest"],
        highest=it["highest"],
    )
    return made


def churn_explanation(it: dict[str, Any]) -> m.ChurnExplanation:
    made = _new(m.ChurnExplanation)
    made.__dict__.update(
        risk=it["risk"],
        explanation=it["explanation"],
        drivers=tuple(explained_churn_driver(each) for each in it["drivers"]),
        recommendation=it["recommendation"],
    )
    return made


def churn_model(it: dict[str, Any]) -> m.ChurnModel:
    made = _new(m.ChurnModel)
    made.__dict__.update(
        version=it["version"],
        baseline=it["baseline"],
        drivers=tuple(churn_driver(each) for each in it["drivers"]),
        bands=churn_bands(it["bands"]),
        reasons=it["reasons"],
    )
    return made


def churn_risk(it: dict[str, Any]) -> m.ChurnRisk:
    made = _new(m.ChurnRisk)
    made.__dict__.update(
        version=it["version"],
        probability=it["probability"],
        log_odds=it["logOdds"],
        baseline=it["baseline"],
        band=it["band"],
        contributions=tuple(churn_contribution(each) for each in it["contributions"]),
        reasons=tuple(it["reasons"]),
    )
    return made


def communication_sentiment(it: dict[str, Any]) -> m.CommunicationSentiment:
    made = _new(m.CommunicationSentiment)
    made.__dict__.update(
        date=it.get("date"),
        score=it["score"],
        themes=tuple(it["themes"]),
        issues=tuple(it["issues"]),
        opportunities=tuple(it["opportunities"]),
    )
    return made


def contact_point(it: dict[str, Any]) -> m.ContactPoint:
    made = _new(m.ContactPoint)
    made.__dict__.update(
        kind=it["kind"],
        key=it["key"],
        address=it["address"],
    )
    return made


def content(it: dict[str, Any]) -> m.Content:
    made = _new(m.Content)
    made.__dict__.update(
        state=it["state"],
        text=it["text"],
        attachments=tuple(attachment(each) for each in it["attachments"]) if it.get("attachments") is not None else None,
        metadata=it.get("metadata"),
        original=it.get("original"),
        title=it.get("title"),
    )
    return made


def counters(it: dict[str, Any]) -> m.Counters:
    made = _new(m.Counters)
    made.__dict__.update(
        messages=it["messages"],
        public_messages=it["publicMessages"],
        events=it["events"],
        public_events=it["publicEvents"],
    )
    return made


def customer_lifetime_value(it: dict[str, Any]) -> m.CustomerLifetimeValue:
    made = _new(m.CustomerLifetimeValue)
    made.__dict__.update(
        customer=it["customer"],
        repeat_purchases=it["repeatPurchases"],
        alive=it["alive"],
        expected_purchases=it["expectedPurchases"],
        expected_spend=money(it["expectedSpend"]),
        value=money(it["value"]),
    )
    return made


def customer_message(it: dict[str, Any]) -> m.CustomerMessage:
    made = _new(m.CustomerMessage)
    made.__dict__.update(
        title=it["title"],
        message=it["message"],
    )
    return made


def customer_message_dto(it: dict[str, Any]) -> m.CustomerMessageDto:
    made = _new(m.CustomerMessageDto)
    made.__dict__.update(
        id=it["id"],
        job_id=it["jobId"],
        type=it["type"],
        channel=it["channel"],
        source=it["source"],
        title=it.get("title"),
        body=it["body"],
        created_at=_instant(it["createdAt"]),
        read_at=_instant(it["readAt"]) if it.get("readAt") is not None else None,
        metadata_json=it.get("metadataJson"),
    )
    return made


def customer_rfm(it: dict[str, Any]) -> m.CustomerRfm:
    made = _new(m.CustomerRfm)
    made.__dict__.update(
        customer=it["customer"],
        recency_days=it["recencyDays"],
        frequency=it["frequency"],
        monetary=money(it["monetary"]),
        code=it["code"],
        segment=it["segment"],
    )
    return made


def delta(it: dict[str, Any]) -> m.Delta:
    made = _new(m.Delta)
    made.__dict__.update(
        messages=tuple(message(each) for each in it["messages"]),
        cursor=it["cursor"],
        more=it["more"],
        thread=thread(it["thread"]) if it.get("thread") is not None else None,
    )
    return made


def dropped(it: dict[str, Any]) -> m.Dropped:
    made = _new(m.Dropped)
    made.__dict__.update(
        list=it["list"],
        kept=it["kept"],
        omitted=it["omitted"],
    )
    return made


def due_days(it: dict[str, Any]) -> m.DueDays:
    made = _new(m.DueDays)
    made.__dict__.update(
        earliest=it["earliest"],
        latest=it["latest"],
    )
    return made


def engagement(it: dict[str, Any]) -> m.Engagement:
    made = _new(m.Engagement)
    made.__dict__.update(
        version=it["version"],
        score=it["score"],
        parts=tuple(engagement_part(each) for each in it["parts"]),
        unknown=it["unknown"],
    )
    return made


def engagement_model(it: dict[str, Any]) -> m.EngagementModel:
    made = _new(m.EngagementModel)
    made.__dict__.update(
        version=it["version"],
        half_life_days=it["halfLifeDays"],
        half=it["half"],
        weights=it["weights"],
    )
    return made


def engagement_part(it: dict[str, Any]) -> m.EngagementPart:
    made = _new(m.EngagementPart)
    made.__dict__.update(
        kind=it["kind"],
        activities=it["activities"],
        weight=it["weight"],
        contribution=it["contribution"],
    )
    return made


def event(it: dict[str, Any]) -> m.Event:
    made = _new(m.Event)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        position=it["position"],
        seq=it["seq"],
        stream=stream(it["stream"]),
        type=it["type"],
        at=_instant(it["at"]),
        actor_kind=it["actorKind"],
        depth=it["depth"],
        visibility=it["visibility"],
        data=it["data"],
        actor=it.get("actor"),
        causation=it.get("causation"),
        correlation=it.get("correlation"),
        on_behalf_of=it.get("onBehalfOf"),
        public_seq=it.get("publicSeq"),
        store=it.get("store"),
    )
    return made


def explained_churn_driver(it: dict[str, Any]) -> m.ExplainedChurnDriver:
    made = _new(m.ExplainedChurnDriver)
    made.__dict__.update(
        driver=it["driver"],
        evidence=it["evidence"],
    )
    return made


def explanation(it: dict[str, Any]) -> m.Explanation:
    made = _new(m.Explanation)
    made.__dict__.update(
        action=it["action"],
        roles=tuple(it["roles"]),
        allowed=it["allowed"],
        permitted_by=tuple(it["permittedBy"]),
        forbidden_by=tuple(it["forbiddenBy"]),
        lacking=tuple(lacking(each) for each in it["lacking"]),
        obligations=tuple(it["obligations"]),
    )
    return made


def failure_point(it: dict[str, Any]) -> m.FailurePoint:
    made = _new(m.FailurePoint)
    made.__dict__.update(
        component=it["component"],
        age_from=it["ageFrom"],
        age_to=it.get("ageTo"),
    )
    return made


def financials(it: dict[str, Any]) -> m.Financials:
    made = _new(m.Financials)
    made.__dict__.update(
        currency=it["currency"],
        payments=it["payments"],
        expenses=it["expenses"],
        revenue=money(it["revenue"]),
        costs=money(it["costs"]),
        profit=money(it["profit"]),
        completed_jobs=it["completedJobs"],
        average_revenue_per_job=money(it["averageRevenuePerJob"]) if it.get("averageRevenuePerJob") is not None else None,
    )
    return made


def followup(it: dict[str, Any]) -> m.Followup:
    made = _new(m.Followup)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        customer=it["customer"],
        kind=it["kind"],
        state=it["state"],
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        due_at=_instant(it["dueAt"]) if it.get("dueAt") is not None else None,
        job=it.get("job"),
        logged_by=it.get("loggedBy"),
        note=it.get("note"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        result=followup_result(it["result"]) if it.get("result") is not None else None,
        store=it.get("store"),
    )
    return made


def followup_plan(it: dict[str, Any]) -> m.FollowupPlan:
    made = _new(m.FollowupPlan)
    made.__dict__.update(
        suggestions=tuple(followup_suggestion(each) for each in it["suggestions"]),
    )
    return made


def followup_result(it: dict[str, Any]) -> m.FollowupResult:
    made = _new(m.FollowupResult)
    made.__dict__.update(
        comment=it.get("comment"),
        rating=it.get("rating"),
    )
    return made


def followup_suggestion(it: dict[str, Any]) -> m.FollowupSuggestion:
    made = _new(m.FollowupSuggestion)
    made.__dict__.update(
        title=it["title"],
        reason=it["reason"],
        timing=it["timing"],
        draft_message=it["draftMessage"],
    )
    return made


def found(it: dict[str, Any]) -> m.Found:
    made = _new(m.Found)
    made.__dict__.update(
        hits=tuple(hit(each) for each in it["hits"]),
        total=total(it["total"]),
        next=it.get("next"),
    )
    return made


def generated_call_summary(it: dict[str, Any]) -> m.GeneratedCallSummary:
    made = _new(m.GeneratedCallSummary)
    made.__dict__.update(
        answer=call_summary(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_churn_explanation(it: dict[str, Any]) -> m.GeneratedChurnExplanation:
    made = _new(m.GeneratedChurnExplanation)
    made.__dict__.update(
        answer=churn_explanation(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_customer_message(it: dict[str, Any]) -> m.GeneratedCustomerMessage:
    made = _new(m.GeneratedCustomerMessage)
    made.__dict__.update(
        answer=customer_message(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_insight_cards(it: dict[str, Any]) -> m.GeneratedInsightCards:
    made = _new(m.GeneratedInsightCards)
    made.__dict__.update(
        answer=insight_cards(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_message_reply(it: dict[str, Any]) -> m.GeneratedMessageReply:
    made = _new(m.GeneratedMessageReply)
    made.__dict__.update(
        answer=message_reply(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_relationship_summary(it: dict[str, Any]) -> m.GeneratedRelationshipSummary:
    made = _new(m.GeneratedRelationshipSummary)
    made.__dict__.update(
        answer=relationship_summary(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def generated_survey_draft(it: dict[str, Any]) -> m.GeneratedSurveyDraft:
    made = _new(m.GeneratedSurveyDraft)
    made.__dict__.update(
        answer=survey_draft(it["answer"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def greeting(it: dict[str, Any]) -> m.Greeting:
    made = _new(m.Greeting)
    made.__dict__.update(
        answer=occasion_message(it["answer"]),
        occasion=occasion(it["occasion"]),
        upcoming=tuple(occasion(each) for each in it["upcoming"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def health(it: dict[str, Any]) -> m.Health:
    made = _new(m.Health)
    made.__dict__.update(
        version=it["version"],
        score=it.get("score"),
        colour=it.get("colour"),
        computed=it.get("computed"),
        overridden=health_override(it["overridden"]) if it.get("overridden") is not None else None,
        baseline=it["baseline"],
        parts=tuple(health_contribution(each) for each in it["parts"]),
        groups=tuple(health_group(each) for each in it["groups"]),
        coverage=it["coverage"],
        trend=health_trend(it["trend"]) if it.get("trend") is not None else None,
    )
    return made


def health_contribution(it: dict[str, Any]) -> m.HealthContribution:
    made = _new(m.HealthContribution)
    made.__dict__.update(
        name=it["name"],
        group=it.get("group"),
        value=it.get("value"),
        points=it.get("points"),
        weight=it["weight"],
        contribution=it["contribution"],
    )
    return made


def health_group(it: dict[str, Any]) -> m.HealthGroup:
    made = _new(m.HealthGroup)
    made.__dict__.update(
        name=it["name"],
        points=it.get("points"),
        contribution=it["contribution"],
    )
    return made


def health_model(it: dict[str, Any]) -> m.HealthModel:
    made = _new(m.HealthModel)
    made.__dict__.update(
        version=it["version"],
        parts=tuple(health_part(each) for each in it["parts"]),
        baseline=it["baseline"],
        bands=it["bands"],
        least_coverage=it["leastCoverage"],
        steady_within=it["steadyWithin"],
    )
    return made


def health_override(it: dict[str, Any]) -> m.HealthOverride:
    made = _new(m.HealthOverride)
    made.__dict__.update(
        score=it["score"],
        reason=it["reason"],
    )
    return made


def health_part(it: dict[str, Any]) -> m.HealthPart:
    made = _new(m.HealthPart)
    made.__dict__.update(
        name=it["name"],
        group=it.get("group"),
        weight=it["weight"],
        scale=it["scale"],
    )
    return made


def health_step(it: dict[str, Any]) -> m.HealthStep:
    made = _new(m.HealthStep)
    made.__dict__.update(
        from_=it["from"],
        points=it["points"],
    )
    return made


def health_trend(it: dict[str, Any]) -> m.HealthTrend:
    made = _new(m.HealthTrend)
    made.__dict__.update(
        previous=it["previous"],
        change=it["change"],
        direction=it["direction"],
    )
    return made


def hit(it: dict[str, Any]) -> m.Hit:
    made = _new(m.Hit)
    made.__dict__.update(
        message=message(it["message"]),
        thread=thread(it["thread"]),
        snippet=snippet(it["snippet"]),
    )
    return made


def inbound_message(it: dict[str, Any]) -> m.InboundMessage:
    made = _new(m.InboundMessage)
    made.__dict__.update(
        channel=it["channel"],
        account=it["account"],
        from_=it["from"],
        to=tuple(it["to"]),
        headers=it["headers"],
        attachments=tuple(attachment(each) for each in it["attachments"]),
        html=it.get("html"),
        in_reply_to=it.get("inReplyTo"),
        metadata=it.get("metadata"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        order_ref=it.get("orderRef"),
        provider_ref=it.get("providerRef"),
        sender_verified=it.get("senderVerified"),
        subject=it.get("subject"),
        text=it.get("text"),
    )
    return made


def inbound_policy(it: dict[str, Any]) -> m.InboundPolicy:
    made = _new(m.InboundPolicy)
    made.__dict__.update(
        calling_code=it.get("callingCode"),
        number_patterns=tuple(it["numberPatterns"]),
        own_addresses=tuple(it["ownAddresses"]),
        finished_statuses=tuple(it["finishedStatuses"]),
    )
    return made


def ingested(it: dict[str, Any]) -> m.Ingested:
    made = _new(m.Ingested)
    made.__dict__.update(
        outcome=it["outcome"],
        message=message(it["message"]) if it.get("message") is not None else None,
        triage=triage_item(it["triage"]) if it.get("triage") is not None else None,
    )
    return made


def insight_card(it: dict[str, Any]) -> m.InsightCard:
    made = _new(m.InsightCard)
    made.__dict__.update(
        title=it["title"],
        insight=it["insight"],
        action=it["action"],
        impact=it["impact"],
    )
    return made


def insight_cards(it: dict[str, Any]) -> m.InsightCards:
    made = _new(m.InsightCards)
    made.__dict__.update(
        cards=tuple(insight_card(each) for each in it["cards"]),
    )
    return made


def lacking(it: dict[str, Any]) -> m.Lacking:
    made = _new(m.Lacking)
    made.__dict__.update(
        rule=it["rule"],
        failing=tuple(it["failing"]),
        missing=tuple(it["missing"]),
    )
    return made


def lifetime_values(it: dict[str, Any]) -> m.LifetimeValues:
    made = _new(m.LifetimeValues)
    made.__dict__.update(
        reference=_instant(it["reference"]),
        model=it["model"],
        customers=tuple(customer_lifetime_value(each) for each in it["customers"]),
        not_identified=it.get("notIdentified"),
    )
    return made


def limits(it: dict[str, Any]) -> m.Limits:
    made = _new(m.Limits)
    made.__dict__.update(
        text_bytes=it["textBytes"],
        inbound_bytes=it["inboundBytes"],
        title_bytes=it["titleBytes"],
        metadata_bytes=it["metadataBytes"],
        attachments=it["attachments"],
        attachment_bytes=it["attachmentBytes"],
        tags=it["tags"],
        participants=it["participants"],
    )
    return made


def log_entry(it: dict[str, Any]) -> m.LogEntry:
    made = _new(m.LogEntry)
    made.__dict__.update(
        position=it["position"],
        entry=it["entry"],
    )
    return made


def maintenance_forecast(it: dict[str, Any]) -> m.MaintenanceForecast:
    made = _new(m.MaintenanceForecast)
    made.__dict__.update(
        risk=it["risk"],
        predicted_needs=tuple(predicted_need(each) for each in it["predictedNeeds"]),
        actions=tuple(it["actions"]),
        optimal_timing=it["optimalTiming"],
        cost_savings=it["costSavings"],
        alert_priority=it["alertPriority"],
    )
    return made


def maintenance_prediction(it: dict[str, Any]) -> m.MaintenancePrediction:
    made = _new(m.MaintenancePrediction)
    made.__dict__.update(
        answer=maintenance_forecast(it["answer"]),
        appliance=it["appliance"],
        rule_risk=it["ruleRisk"],
        profile=it["profile"],
        profiles_version=it["profilesVersion"],
        provenance=provenance(it["provenance"]),
    )
    return made


def marked_read(it: dict[str, Any]) -> m.MarkedRead:
    made = _new(m.MarkedRead)
    made.__dict__.update(
        updated=it["updated"],
    )
    return made


def match_reason(it: dict[str, Any]) -> m.MatchReason:
    made = _new(m.MatchReason)
    made.__dict__.update(
        factor=it["factor"],
        points=it["points"],
        reason=it["reason"],
    )
    return made


def mean_score(it: dict[str, Any]) -> m.MeanScore:
    made = _new(m.MeanScore)
    made.__dict__.update(
        lowest=it.get("lowest"),
        highest=it.get("highest"),
        n=it["n"],
        mean=it["mean"],
        standard_deviation=it.get("standardDeviation"),
        low=it.get("low"),
        high=it.get("high"),
    )
    return made


def message(it: dict[str, Any]) -> m.Message:
    made = _new(m.Message)
    made.__dict__.update(
        id=it["id"],
        thread=it["thread"],
        seq=it["seq"],
        author=author(it["author"]),
        origin=it["origin"],
        topic=it["topic"],
        kind=it["kind"],
        visibility=it["visibility"],
        via=it["via"],
        intended=it["intended"],
        format=it["format"],
        state=it["state"],
        text=it["text"],
        attachments=tuple(attachment(each) for each in it["attachments"]),
        reactions=tuple(reaction(each) for each in it["reactions"]),
        read_by=tuple(read_by(each) for each in it["readBy"]),
        is_read=it["isRead"],
        unread=it["unread"],
        created_at=_instant(it["createdAt"]),
        corrected_at=_instant(it["correctedAt"]) if it.get("correctedAt") is not None else None,
        language=it.get("language"),
        metadata=it.get("metadata"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        on_behalf_of=it.get("onBehalfOf"),
        original=it.get("original"),
        public_seq=it.get("publicSeq"),
        read_at=_instant(it["readAt"]) if it.get("readAt") is not None else None,
        reply_to=it.get("replyTo"),
        title=it.get("title"),
    )
    return made


def message_list(it: dict[str, Any]) -> m.MessageList:
    made = _new(m.MessageList)
    made.__dict__.update(
        messages=tuple(message(each) for each in it["messages"]),
        more=it["more"],
        thread=thread(it["thread"]) if it.get("thread") is not None else None,
    )
    return made


def message_reply(it: dict[str, Any]) -> m.MessageReply:
    made = _new(m.MessageReply)
    made.__dict__.update(
        reply=it["reply"],
        needs_person=it["needsPerson"],
        open_question=it.get("openQuestion"),
    )
    return made


def model_message(it: dict[str, Any]) -> m.ModelMessage:
    made = _new(m.ModelMessage)
    made.__dict__.update(
        role=it["role"],
        content=it["content"],
    )
    return made


def model_request(it: dict[str, Any]) -> m.ModelRequest:
    made = _new(m.ModelRequest)
    made.__dict__.update(
        messages=tuple(model_message(each) for each in it["messages"]),
        stop=tuple(it["stop"]),
        max_output_tokens=it.get("maxOutputTokens"),
        seed=it.get("seed"),
        temperature=it.get("temperature"),
    )
    return made


def money(it: dict[str, Any]) -> m.Money:
    made = _new(m.Money)
    made.__dict__.update(
        amount=it["amount"],
        currency=it["currency"],
    )
    return made


def named_reference(it: dict[str, Any]) -> m.NamedReference:
    made = _new(m.NamedReference)
    made.__dict__.update(
        id=it.get("id"),
        name=it["name"],
    )
    return made


def net_promoter_score(it: dict[str, Any]) -> m.NetPromoterScore:
    made = _new(m.NetPromoterScore)
    made.__dict__.update(
        n=it["n"],
        promoters=it["promoters"],
        passives=it["passives"],
        detractors=it["detractors"],
        score=it["score"],
        low=it["low"],
        high=it["high"],
    )
    return made


def occasion(it: dict[str, Any]) -> m.Occasion:
    made = _new(m.Occasion)
    made.__dict__.update(
        kind=it["kind"],
        name=it["name"],
        day=it["day"],
        days_away=it["daysAway"],
    )
    return made


def occasion_message(it: dict[str, Any]) -> m.OccasionMessage:
    made = _new(m.OccasionMessage)
    made.__dict__.update(
        occasion=it["occasion"],
        message=it["message"],
    )
    return made


def order_message_dto(it: dict[str, Any]) -> m.OrderMessageDto:
    made = _new(m.OrderMessageDto)
    made.__dict__.update(
        id=it["id"],
        thread_id=it["threadId"],
        order_id=it["orderId"],
        store_id=it.get("storeId"),
        sender_role=it["senderRole"],
        sender_id=it.get("senderId"),
        channel=it["channel"],
        message_type=it["messageType"],
        content=it["content"],
        attachments=tuple(it["attachments"]),
        is_read=it["isRead"],
        read_by=tuple(read_receipt_dto(each) for each in it["readBy"]),
        is_internal=it["isInternal"],
        created_at=_instant(it["createdAt"]),
        metadata=it.get("metadata"),
    )
    return made


def order_message_search_result(it: dict[str, Any]) -> m.OrderMessageSearchResult:
    made = _new(m.OrderMessageSearchResult)
    made.__dict__.update(
        messages=tuple(order_message_dto(each) for each in it["messages"]),
        total=it["total"],
        total_is_exact=it["totalIsExact"],
        page=it["page"],
        limit=it["limit"],
    )
    return made


def order_thread_dto(it: dict[str, Any]) -> m.OrderThreadDto:
    made = _new(m.OrderThreadDto)
    made.__dict__.update(
        id=it["id"],
        store_id=it.get("storeId"),
        order_id=it["orderId"],
        customer_id=it["customerId"],
        status=it["status"],
        last_message_at=_instant(it["lastMessageAt"]) if it.get("lastMessageAt") is not None else None,
        created_at=_instant(it["createdAt"]),
    )
    return made


def order_thread_messages(it: dict[str, Any]) -> m.OrderThreadMessages:
    made = _new(m.OrderThreadMessages)
    made.__dict__.update(
        thread=order_thread_dto(it["thread"]) if it.get("thread") is not None else None,
        messages=tuple(order_message_dto(each) for each in it["messages"]),
    )
    return made


def overall_sentiment(it: dict[str, Any]) -> m.OverallSentiment:
    made = _new(m.OverallSentiment)
    made.__dict__.update(
        average=it["average"],
        description=it["description"],
    )
    return made


def parsed_answer(it: dict[str, Any]) -> m.ParsedAnswer:
    made = _new(m.ParsedAnswer)
    made.__dict__.update(
        value=it["value"],
        complete=it["complete"],
        acceptable=it["acceptable"],
        confidence=it["confidence"],
        form=it["form"],
        warnings=tuple(answer_warning(each) for each in it["warnings"]),
        missing=tuple(it["missing"]),
        spans=tuple(answer_span(each) for each in it["spans"]),
        extra=it["extra"],
        reason=it.get("reason"),
        repair=it.get("repair"),
    )
    return made


def participant(it: dict[str, Any]) -> m.Participant:
    made = _new(m.Participant)
    made.__dict__.update(
        thread=it["thread"],
        party=it["party"],
        role=it["role"],
        joined_at=_instant(it["joinedAt"]),
        muted=it["muted"],
        left_at=_instant(it["leftAt"]) if it.get("leftAt") is not None else None,
    )
    return made


def party(it: dict[str, Any]) -> m.Party:
    made = _new(m.Party)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        kind=it["kind"],
        contacts=tuple(contact_point(each) for each in it["contacts"]),
        state=it["state"],
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        name=it.get("name"),
    )
    return made


def policies(it: dict[str, Any]) -> m.Policies:
    made = _new(m.Policies)
    made.__dict__.update(
        closed_to_customers=it["closedToCustomers"],
        closed_to_staff=it["closedToStaff"],
        note_audience=tuple(it["noteAudience"]),
        undo_seconds=it["undoSeconds"],
        customers_see_receipts=it["customersSeeReceipts"],
        share_unscanned_files=it["shareUnscannedFiles"],
        titles=titles(it["titles"]),
        limits=limits(it["limits"]),
        inbound=inbound_policy(it["inbound"]),
        checkpoint_entries=it["checkpointEntries"],
        idempotency_seconds=it["idempotencySeconds"],
    )
    return made


def predicted_need(it: dict[str, Any]) -> m.PredictedNeed:
    made = _new(m.PredictedNeed)
    made.__dict__.update(
        component=it["component"],
        likelihood=it["likelihood"],
    )
    return made


def preview(it: dict[str, Any]) -> m.Preview:
    made = _new(m.Preview)
    made.__dict__.update(
        messages=tuple(prompt_message(each) for each in it["messages"]),
        diagnostics=tuple(preview_diagnostic(each) for each in it["diagnostics"]),
        tokens=it["tokens"],
        hash=it["hash"],
        used_paths=tuple(it["usedPaths"]),
        unused_inputs=tuple(it["unusedInputs"]),
        missing_inputs=tuple(it["missingInputs"]),
        dropped=tuple(dropped(each) for each in it["dropped"]),
        segments=tuple(preview_segment(each) for each in it["segments"]),
    )
    return made


def preview_diagnostic(it: dict[str, Any]) -> m.PreviewDiagnostic:
    made = _new(m.PreviewDiagnostic)
    made.__dict__.update(
        code=it["code"],
        severity=it["severity"],
        message=it["message"],
        start=it["start"],
        end=it["end"],
        line=it["line"],
        column=it["column"],
        fix=preview_fix(it["fix"]) if it.get("fix") is not None else None,
        hint=it.get("hint"),
    )
    return made


def preview_fix(it: dict[str, Any]) -> m.PreviewFix:
    made = _new(m.PreviewFix)
    made.__dict__.update(
        start=it["start"],
        end=it["end"],
        replacement=it["replacement"],
    )
    return made


def preview_segment(it: dict[str, Any]) -> m.PreviewSegment:
    made = _new(m.PreviewSegment)
    made.__dict__.update(
        message=it["message"],
        out_start=it["outStart"],
        out_end=it["outEnd"],
        src_start=it["srcStart"],
        src_end=it["srcEnd"],
        kind=it["kind"],
        partial=it.get("partial"),
        path=it.get("path"),
        trust=it.get("trust"),
    )
    return made


def profitability_analysis(it: dict[str, Any]) -> m.ProfitabilityAnalysis:
    made = _new(m.ProfitabilityAnalysis)
    made.__dict__.update(
        answer=profitability_report(it["answer"]),
        financials=tuple(financials(each) for each in it["financials"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def profitability_report(it: dict[str, Any]) -> m.ProfitabilityReport:
    made = _new(m.ProfitabilityReport)
    made.__dict__.update(
        summary=it["summary"],
        key_observation=it["keyObservation"],
        recommendation=it["recommendation"],
        classification=it["classification"],
    )
    return made


def prompt_diagnostic(it: dict[str, Any]) -> m.PromptDiagnostic:
    made = _new(m.PromptDiagnostic)
    made.__dict__.update(
        path=it["path"],
        code=it["code"],
        severity=it["severity"],
        message=it["message"],
        line=it["line"],
        column=it["column"],
        end_line=it["endLine"],
        end_column=it["endColumn"],
        hint=it.get("hint"),
        replacement=it.get("replacement"),
    )
    return made


def prompt_entry(it: dict[str, Any]) -> m.PromptEntry:
    made = _new(m.PromptEntry)
    made.__dict__.update(
        id=it["id"],
        version=it["version"],
        labels=tuple(it["labels"]),
        content_hash=it["contentHash"],
        source=it["source"],
        description=it.get("description"),
        input_schema=it.get("inputSchema"),
    )
    return made


def prompt_media(it: dict[str, Any]) -> m.PromptMedia:
    made = _new(m.PromptMedia)
    made.__dict__.update(
        url=it["url"],
        content_type=it.get("contentType"),
    )
    return made


def prompt_message(it: dict[str, Any]) -> m.PromptMessage:
    made = _new(m.PromptMessage)
    made.__dict__.update(
        role=it["role"],
        content=tuple(it["content"]),
    )
    return made


def provenance(it: dict[str, Any]) -> m.Provenance:
    made = _new(m.Provenance)
    made.__dict__.update(
        prompt=it["prompt"],
        version=it["version"],
        content_hash=it["contentHash"],
        deterministic=it["deterministic"],
        cached=it["cached"],
        acceptable=it["acceptable"],
        confidence=it["confidence"],
        warnings=tuple(answer_warning(each) for each in it["warnings"]),
        usage=token_usage(it["usage"]),
        attempts=it["attempts"],
        unknown_pseudonyms=tuple(it["unknownPseudonyms"]),
        failure=it.get("failure"),
        model=it.get("model"),
        provider=it.get("provider"),
    )
    return made


def public_attachment(it: dict[str, Any]) -> m.PublicAttachment:
    made = _new(m.PublicAttachment)
    made.__dict__.update(
        name=it["name"],
        mime=it["mime"],
        size=it["size"],
        blob_ref=it.get("blobRef"),
    )
    return made


def public_delta(it: dict[str, Any]) -> m.PublicDelta:
    made = _new(m.PublicDelta)
    made.__dict__.update(
        messages=tuple(public_message(each) for each in it["messages"]),
        cursor=it["cursor"],
        more=it["more"],
        thread=public_thread(it["thread"]) if it.get("thread") is not None else None,
    )
    return made


def public_event(it: dict[str, Any]) -> m.PublicEvent:
    made = _new(m.PublicEvent)
    made.__dict__.update(
        id=it["id"],
        number=it["number"],
        type=it["type"],
        at=_instant(it["at"]),
        thread=it["thread"],
        message=it.get("message"),
    )
    return made


def public_events(it: dict[str, Any]) -> m.PublicEvents:
    made = _new(m.PublicEvents)
    made.__dict__.update(
        events=tuple(public_event(each) for each in it["events"]),
        position=it.get("position"),
    )
    return made


def public_found(it: dict[str, Any]) -> m.PublicFound:
    made = _new(m.PublicFound)
    made.__dict__.update(
        hits=tuple(public_hit(each) for each in it["hits"]),
        total=total(it["total"]),
        next=it.get("next"),
    )
    return made


def public_hit(it: dict[str, Any]) -> m.PublicHit:
    made = _new(m.PublicHit)
    made.__dict__.update(
        message=public_message(it["message"]),
        thread=public_thread(it["thread"]),
        snippet=snippet(it["snippet"]),
    )
    return made


def public_message(it: dict[str, Any]) -> m.PublicMessage:
    made = _new(m.PublicMessage)
    made.__dict__.update(
        id=it["id"],
        thread=it["thread"],
        number=it["number"],
        author_role=it["authorRole"],
        mine=it["mine"],
        origin=it["origin"],
        topic=it["topic"],
        kind=it["kind"],
        via=it["via"],
        intended=it["intended"],
        format=it["format"],
        state=it["state"],
        text=it["text"],
        attachments=tuple(public_attachment(each) for each in it["attachments"]),
        reactions=tuple(public_reaction(each) for each in it["reactions"]),
        read_by=tuple(public_read_by(each) for each in it["readBy"]),
        unread=it["unread"],
        created_at=_instant(it["createdAt"]),
        corrected_at=_instant(it["correctedAt"]) if it.get("correctedAt") is not None else None,
        language=it.get("language"),
        occurred_at=_instant(it["occurredAt"]) if it.get("occurredAt") is not None else None,
        reply_to=it.get("replyTo"),
        title=it.get("title"),
    )
    return made


def public_message_list(it: dict[str, Any]) -> m.PublicMessageList:
    made = _new(m.PublicMessageList)
    made.__dict__.update(
        messages=tuple(public_message(each) for each in it["messages"]),
        more=it["more"],
        thread=public_thread(it["thread"]) if it.get("thread") is not None else None,
    )
    return made


def public_reaction(it: dict[str, Any]) -> m.PublicReaction:
    made = _new(m.PublicReaction)
    made.__dict__.update(
        emoji=it["emoji"],
        count=it["count"],
        mine=it["mine"],
    )
    return made


def public_read_by(it: dict[str, Any]) -> m.PublicReadBy:
    made = _new(m.PublicReadBy)
    made.__dict__.update(
        role=it["role"],
        at=_instant(it["at"]),
    )
    return made


def public_thread(it: dict[str, Any]) -> m.PublicThread:
    made = _new(m.PublicThread)
    made.__dict__.update(
        id=it["id"],
        subject_kind=it["subjectKind"],
        subject=it["subject"],
        customer=it["customer"],
        status=it["status"],
        messages=it["messages"],
        created_at=_instant(it["createdAt"]),
        last_message_at=_instant(it["lastMessageAt"]) if it.get("lastMessageAt") is not None else None,
        store=it.get("store"),
    )
    return made


def public_thread_list(it: dict[str, Any]) -> m.PublicThreadList:
    made = _new(m.PublicThreadList)
    made.__dict__.update(
        threads=tuple(public_thread(each) for each in it["threads"]),
        next=it.get("next"),
    )
    return made


def reaction(it: dict[str, Any]) -> m.Reaction:
    made = _new(m.Reaction)
    made.__dict__.update(
        emoji=it["emoji"],
        authors=tuple(author(each) for each in it["authors"]),
    )
    return made


def read_by(it: dict[str, Any]) -> m.ReadBy:
    made = _new(m.ReadBy)
    made.__dict__.update(
        party=it["party"],
        role=it["role"],
        at=_instant(it["at"]),
    )
    return made


def read_receipt_dto(it: dict[str, Any]) -> m.ReadReceiptDto:
    made = _new(m.ReadReceiptDto)
    made.__dict__.update(
        role=it["role"],
        user_id=it.get("userId"),
        read_at=_instant(it["readAt"]),
    )
    return made


def recipient(it: dict[str, Any]) -> m.Recipient:
    made = _new(m.Recipient)
    made.__dict__.update(
        party=it["party"],
        role=it["role"],
    )
    return made


def refused(it: dict[str, Any]) -> m.Refused:
    made = _new(m.Refused)
    made.__dict__.update(
        id=it["id"],
        name=it["name"],
        reason=it["reason"],
    )
    return made


def relationship_summary(it: dict[str, Any]) -> m.RelationshipSummary:
    made = _new(m.RelationshipSummary)
    made.__dict__.update(
        relationship_summary=it["relationshipSummary"],
        communication_preferences=it["communicationPreferences"],
        recurring_themes=it["recurringThemes"],
        opportunities=it["opportunities"],
    )
    return made


def rendered_prompt(it: dict[str, Any]) -> m.RenderedPrompt:
    made = _new(m.RenderedPrompt)
    made.__dict__.update(
        id=it["id"],
        version=it["version"],
        content_hash=it["contentHash"],
        hash=it["hash"],
        messages=tuple(prompt_message(each) for each in it["messages"]),
        tokens=it["tokens"],
        dropped=tuple(dropped(each) for each in it["dropped"]),
        missing=tuple(it["missing"]),
    )
    return made


def reply_draft(it: dict[str, Any]) -> m.ReplyDraft:
    made = _new(m.ReplyDraft)
    made.__dict__.update(
        text=it["text"],
        needs_person=it["needsPerson"],
        open_question=it.get("openQuestion"),
        metadata=it["metadata"],
    )
    return made


def resource(it: dict[str, Any]) -> m.Resource:
    made = _new(m.Resource)
    made.__dict__.update(
        id=it["id"],
        kind=it["kind"],
    )
    return made


def revision(it: dict[str, Any]) -> m.Revision:
    made = _new(m.Revision)
    made.__dict__.update(
        at=_instant(it["at"]),
        content=content(it["content"]),
    )
    return made


def rfm_digit(it: dict[str, Any]) -> m.RfmDigit:
    made = _new(m.RfmDigit)
    made.__dict__.update(
        value=it["value"],
        bin=bin(it["bin"]),
    )
    return made


def rfm_explanation(it: dict[str, Any]) -> m.RfmExplanation:
    made = _new(m.RfmExplanation)
    made.__dict__.update(
        code=it["code"],
        segment=it["segment"],
        map=it["map"],
        recency=rfm_digit(it["recency"]),
        frequency=rfm_digit(it["frequency"]),
        monetary=rfm_digit(it["monetary"]),
    )
    return made


def rfm_scores(it: dict[str, Any]) -> m.RfmScores:
    made = _new(m.RfmScores)
    made.__dict__.update(
        reference=_instant(it["reference"]),
        customers=tuple(customer_rfm(each) for each in it["customers"]),
        segments=tuple(rfm_segment(each) for each in it["segments"]),
    )
    return made


def rfm_segment(it: dict[str, Any]) -> m.RfmSegment:
    made = _new(m.RfmSegment)
    made.__dict__.update(
        segment=it["segment"],
        customers=it["customers"],
    )
    return made


def rule(it: dict[str, Any]) -> m.Rule:
    made = _new(m.Rule)
    made.__dict__.update(
        id=it["id"],
        effect=it["effect"],
        roles=tuple(it["roles"]),
        actions=tuple(it["actions"]),
        when=it["when"],
        obligations=tuple(it["obligations"]) if it.get("obligations") is not None else None,
    )
    return made


def seasonal_impact(it: dict[str, Any]) -> m.SeasonalImpact:
    made = _new(m.SeasonalImpact)
    made.__dict__.update(
        autumn=it.get("autumn"),
        spring=it.get("spring"),
        summer=it.get("summer"),
        winter=it.get("winter"),
    )
    return made


def sentiment_analysis(it: dict[str, Any]) -> m.SentimentAnalysis:
    made = _new(m.SentimentAnalysis)
    made.__dict__.update(
        answer=sentiment_report(it["answer"]),
        activities=tuple(it["activities"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def sentiment_report(it: dict[str, Any]) -> m.SentimentReport:
    made = _new(m.SentimentReport)
    made.__dict__.update(
        communications=tuple(communication_sentiment(each) for each in it["communications"]),
        overall=overall_sentiment(it["overall"]),
        themes=tuple(it["themes"]),
        issues=tuple(it["issues"]),
        opportunities=tuple(it["opportunities"]),
    )
    return made


def snippet(it: dict[str, Any]) -> m.Snippet:
    made = _new(m.Snippet)
    made.__dict__.update(
        pieces=tuple(snippet_piece(each) for each in it["pieces"]),
    )
    return made


def snippet_piece(it: dict[str, Any]) -> m.SnippetPiece:
    made = _new(m.SnippetPiece)
    made.__dict__.update(
        text=it["text"],
        found=it["found"],
    )
    return made


def stored_payment(it: dict[str, Any]) -> m.StoredPayment:
    made = _new(m.StoredPayment)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        customer=it["customer"],
        amount=money(it["amount"]),
        kind=it["kind"],
        paid_at=_instant(it["paidAt"]),
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        method=it.get("method"),
        store=it.get("store"),
        subject=it.get("subject"),
        subject_kind=it.get("subjectKind"),
    )
    return made


def stream(it: dict[str, Any]) -> m.Stream:
    made = _new(m.Stream)
    made.__dict__.update(
        kind=it["kind"],
        id=it["id"],
    )
    return made


def subject(it: dict[str, Any]) -> m.Subject:
    made = _new(m.Subject)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        kind=it["kind"],
        customer=it["customer"],
        suppliers=tuple(it["suppliers"]),
        assigned=tuple(it["assigned"]),
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        number=it.get("number"),
        status=it.get("status"),
        store=it.get("store"),
    )
    return made


def suggested_followups(it: dict[str, Any]) -> m.SuggestedFollowups:
    made = _new(m.SuggestedFollowups)
    made.__dict__.update(
        answer=followup_plan(it["answer"]),
        due=tuple(it["due"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def suggestion(it: dict[str, Any]) -> m.Suggestion:
    made = _new(m.Suggestion)
    made.__dict__.update(
        title=it["title"],
        body=it["body"],
        message_type=it["messageType"],
        channel=it.get("channel"),
        acceptable=it["acceptable"],
        metadata=it["metadata"],
    )
    return made


def survey_draft(it: dict[str, Any]) -> m.SurveyDraft:
    made = _new(m.SurveyDraft)
    made.__dict__.update(
        introduction=it["introduction"],
        questions=tuple(survey_question(each) for each in it["questions"]),
        closing=it["closing"],
    )
    return made


def survey_question(it: dict[str, Any]) -> m.SurveyQuestion:
    made = _new(m.SurveyQuestion)
    made.__dict__.update(
        question=it["question"],
        answer=it["answer"],
    )
    return made


def technician_choice(it: dict[str, Any]) -> m.TechnicianChoice:
    made = _new(m.TechnicianChoice)
    made.__dict__.update(
        technician=named_reference(it["technician"]),
        reason=it["reason"],
    )
    return made


def technician_match(it: dict[str, Any]) -> m.TechnicianMatch:
    made = _new(m.TechnicianMatch)
    made.__dict__.update(
        answer=technician_recommendation(it["answer"]),
        candidates=tuple(candidate2(each) for each in it["candidates"]),
        refused=tuple(refused(each) for each in it["refused"]),
        provenance=provenance(it["provenance"]),
    )
    return made


def technician_recommendation(it: dict[str, Any]) -> m.TechnicianRecommendation:
    made = _new(m.TechnicianRecommendation)
    made.__dict__.update(
        primary=technician_choice(it["primary"]),
        alternatives=tuple(technician_choice(each) for each in it["alternatives"]),
        special_notes=tuple(it["specialNotes"]),
    )
    return made


def tenant(it: dict[str, Any]) -> m.Tenant:
    made = _new(m.Tenant)
    made.__dict__.update(
        id=it["id"],
        name=it["name"],
        policies=policies(it["policies"]),
        rules=tuple(rule(each) for each in it["rules"]),
        version=it["version"],
    )
    return made


def thread(it: dict[str, Any]) -> m.Thread:
    made = _new(m.Thread)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        subject_kind=it["subjectKind"],
        subject=it["subject"],
        customer=it["customer"],
        status=it["status"],
        priority=it["priority"],
        tags=tuple(it["tags"]),
        counters=counters(it["counters"]),
        active_at=_instant(it["activeAt"]),
        public_active_at=_instant(it["publicActiveAt"]),
        created_at=_instant(it["createdAt"]),
        version=it["version"],
        assignee=it.get("assignee"),
        closed_at=_instant(it["closedAt"]) if it.get("closedAt") is not None else None,
        first_response_at=_instant(it["firstResponseAt"]) if it.get("firstResponseAt") is not None else None,
        last_customer_message_at=_instant(it["lastCustomerMessageAt"]) if it.get("lastCustomerMessageAt") is not None else None,
        merged_into=it.get("mergedInto"),
        resolved_at=_instant(it["resolvedAt"]) if it.get("resolvedAt") is not None else None,
        snoozed_until=_instant(it["snoozedUntil"]) if it.get("snoozedUntil") is not None else None,
        store=it.get("store"),
        waiting_since=_instant(it["waitingSince"]) if it.get("waitingSince") is not None else None,
    )
    return made


def thread_list(it: dict[str, Any]) -> m.ThreadList:
    made = _new(m.ThreadList)
    made.__dict__.update(
        threads=tuple(thread(each) for each in it["threads"]),
        next=it.get("next"),
    )
    return made


def tick(it: dict[str, Any]) -> m.Tick:
    made = _new(m.Tick)
    made.__dict__.update(
        woken=tuple(it["woken"]),
        checkpoints=it["checkpoints"],
        next=_instant(it["next"]) if it.get("next") is not None else None,
    )
    return made


def titles(it: dict[str, Any]) -> m.Titles:
    made = _new(m.Titles)
    made.__dict__.update(
        status_update=it["statusUpdate"],
        eta_update=it["etaUpdate"],
        generic=it["generic"],
        reminder=it["reminder"],
        greeting=it["greeting"],
        survey=it["survey"],
    )
    return made


def token_usage(it: dict[str, Any]) -> m.TokenUsage:
    made = _new(m.TokenUsage)
    made.__dict__.update(
        input=it["input"],
        output=it["output"],
        cached=it["cached"],
    )
    return made


def top_box(it: dict[str, Any]) -> m.TopBox:
    made = _new(m.TopBox)
    made.__dict__.update(
        lowest=it["lowest"],
        highest=it["highest"],
        from_=it["from"],
        n=it["n"],
        top=it["top"],
        percent=it["percent"],
        low=it["low"],
        high=it["high"],
        mean=it["mean"],
    )
    return made


def total(it: dict[str, Any]) -> m.Total:
    made = _new(m.Total)
    made.__dict__.update(
        count=it["count"],
        exact=it["exact"],
    )
    return made


def trail(it: dict[str, Any]) -> m.Trail:
    made = _new(m.Trail)
    made.__dict__.update(
        entries=tuple(trail_entry(each) for each in it["entries"]),
        last=it["last"],
    )
    return made


def trail_entry(it: dict[str, Any]) -> m.TrailEntry:
    made = _new(m.TrailEntry)
    made.__dict__.update(
        record=audit_record(it["record"]),
        private=audit_private(it["private"]) if it.get("private") is not None else None,
    )
    return made


def triage_item(it: dict[str, Any]) -> m.TriageItem:
    made = _new(m.TriageItem)
    made.__dict__.update(
        id=it["id"],
        tenant=it["tenant"],
        state=it["state"],
        reason=it["reason"],
        arrived=inbound_message(it["arrived"]),
        senders=tuple(it["senders"]),
        candidates=tuple(candidate(each) for each in it["candidates"]),
        received_at=_instant(it["receivedAt"]),
        version=it["version"],
        message=it.get("message"),
        sender_key=it.get("senderKey"),
        settled_at=_instant(it["settledAt"]) if it.get("settledAt") is not None else None,
    )
    return made


def triage_list(it: dict[str, Any]) -> m.TriageList:
    made = _new(m.TriageList)
    made.__dict__.update(
        items=tuple(triage_item(each) for each in it["items"]),
        more=it["more"],
    )
    return made


def verify_report(it: dict[str, Any]) -> m.VerifyReport:
    made = _new(m.VerifyReport)
    made.__dict__.update(
        entries=it["entries"],
        last_seq=it["lastSeq"],
        checkpoints=it["checkpoints"],
        erased=it["erased"],
        messages=it["messages"],
        messages_without_text=it["messagesWithoutText"],
        findings=tuple(it["findings"]),
        problems=it["problems"],
    )
    return made


def vip(it: dict[str, Any]) -> m.Vip:
    made = _new(m.Vip)
    made.__dict__.update(
        version=it["version"],
        vip=it["vip"],
        reason=it["reason"],
        rules=tuple(vip_rule_result(each) for each in it["rules"]),
    )
    return made


def vip_condition(it: dict[str, Any]) -> m.VipCondition:
    made = _new(m.VipCondition)
    made.__dict__.update(
        measure=it["measure"],
        at_least=it["atLeast"],
    )
    return made


def vip_condition_result(it: dict[str, Any]) -> m.VipConditionResult:
    made = _new(m.VipConditionResult)
    made.__dict__.update(
        measure=it["measure"],
        at_least=it["atLeast"],
        value=it.get("value"),
        met=it["met"],
        missing=it["missing"],
    )
    return made


def vip_rule(it: dict[str, Any]) -> m.VipRule:
    made = _new(m.VipRule)
    made.__dict__.update(
        name=it["name"],
        all_of=tuple(vip_condition(each) for each in it["allOf"]),
    )
    return made


def vip_rule_result(it: dict[str, Any]) -> m.VipRuleResult:
    made = _new(m.VipRuleResult)
    made.__dict__.update(
        name=it["name"],
        met=it["met"],
        conditions=tuple(vip_condition_result(each) for each in it["conditions"]),
    )
    return made


def vip_rules(it: dict[str, Any]) -> m.VipRules:
    made = _new(m.VipRules)
    made.__dict__.update(
        version=it["version"],
        any_of=tuple(vip_rule(each) for each in it["anyOf"]),
    )
    return made
