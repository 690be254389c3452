import type { Actor, RawTx } from '@linghang/access'
import { readGrants, seesWholeCounty } from '@linghang/access'
import type { ApprovalKind, PowerFacts } from '@linghang/rulebook'
import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Tx } from '../work.ts'
import type { Approval, ApprovalEvent, ApprovalState, Outcome } from './approval.ts'
import type { CommitteeMeeting } from './committee-vote.ts'

const columns = `id, county_id as "countyId", org_id as "orgId", decider_org_id as "deciderOrgId", kind, role, subject_type as "subjectType",
  subject_id as "subjectId", member_id as "memberId", state, requested_by as "requestedBy", recused_member_ids as "recusedMemberIds", requested_on::text as "requestedOn",
  due_on::text as "dueOn", hard_limit_on::text as "hardLimitOn", article, source, certainty, ladder, meeting_wanted as "inMeeting", round, version, revision,
  announced_on::text as "announcedOn", decided_on::text as "decidedOn", decided_by as "decidedBy"`

type Row = Omit<Approval, 'version' | 'revision'> & { version: bigint; revision: bigint }
const toApproval = (row: Row): Approval => ({ ...row, version: Number(row.version), revision: Number(row.revision) })

/** An office that its holder has left to the actor for today. */
export type DelegatedOffice = { delegationId: string; orgId: string; role: string }

export type ApprovalFilter = {
  kinds: readonly string[] | null
  states: readonly string[] | null
  orgId: string | null
  below: boolean
  overdue: boolean
  mine: boolean
}

/** A request as it is written: its state follows from whether it is handed in anew. */
export type NewRequest = Omit<Approval, 'state' | 'revision' | 'decidedOn' | 'decidedBy' | 'countyId'>

export const approvalStore = {
  async byIds(tx: RawTx, countyId: string, ids: readonly string[]): Promise<Approval[]> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `select ${columns} from approval where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return rows.map(toApproval)
  },

  /**
   * Opens requests, each at most once in a call, or opens them again in a new round; what changes within a round (a due
   * date) is taken over while it is open. @returns those that were handed in by this
   */
  async open(tx: RawTx, countyId: string, requests: readonly NewRequest[]): Promise<Set<string>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; handed_in: boolean }[]>(
      `with before as (select id, round from approval where id = any (array(select (w->>'id')::uuid from jsonb_array_elements($2::jsonb) w)))
       insert into approval as a (id, county_id, org_id, decider_org_id, kind, role, subject_type, subject_id, member_id, state, requested_by,
         recused_member_ids, requested_on, due_on, hard_limit_on, article, source, certainty, ladder, meeting_wanted, round, version, announced_on)
       select id, $1::uuid, "orgId", "deciderOrgId", kind, role, "subjectType", "subjectId", "memberId", 'OPEN', "requestedBy",
         array(select jsonb_array_elements_text("recusedMemberIds"))::uuid[], "requestedOn", "dueOn", "hardLimitOn", article, source, certainty,
         ladder, "inMeeting", round, version, "announcedOn"
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, "deciderOrgId" uuid, kind text, role text, "subjectType" text,
         "subjectId" uuid, "memberId" uuid, "requestedBy" uuid, "recusedMemberIds" jsonb, "requestedOn" date, "dueOn" date, "hardLimitOn" date,
         article text, source text, certainty text, ladder jsonb, "inMeeting" boolean, round int, version bigint, "announcedOn" date)
       on conflict (id) do update set org_id = excluded.org_id, decider_org_id = excluded.decider_org_id, role = excluded.role,
         member_id = coalesce(excluded.member_id, a.member_id), requested_by = excluded.requested_by, recused_member_ids = excluded.recused_member_ids, requested_on = excluded.requested_on,
         due_on = excluded.due_on, hard_limit_on = excluded.hard_limit_on, article = excluded.article, source = excluded.source,
         certainty = excluded.certainty, ladder = excluded.ladder, meeting_wanted = excluded.meeting_wanted, version = excluded.version, revision = a.revision + 1, round = excluded.round,
         state = 'OPEN', decided_on = null, decided_by = null,
         announced_on = case when excluded.round > a.round then excluded.announced_on else a.announced_on end
       where excluded.version > a.version and (excluded.round > a.round or a.state = 'OPEN')
       returning a.id, not exists (select from before b where b.id = a.id and b.round >= a.round) as handed_in`,
      countyId,
      JSON.stringify(requests),
    )
    return new Set(rows.flatMap(row => (row.handed_in ? [row.id] : [])))
  },

  /** Takes back what is still open or was returned. @returns those that this has taken back */
  async withdraw(
    tx: RawTx,
    countyId: string,
    withdrawn: readonly { id: string; version: number }[],
  ): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `update approval a set state = 'WITHDRAWN', version = w.version, revision = a.revision + 1
       from jsonb_to_recordset($2::jsonb) as w (id uuid, version bigint)
       where a.county_id = $1::uuid and a.id = w.id and a.version < w.version and a.state in ('OPEN', 'RETURNED') returning a.id`,
      countyId,
      JSON.stringify(withdrawn),
    )
    return rows.map(row => row.id)
  },

  /** @returns false when it was decided or taken back meanwhile */
  async decide(
    tx: RawTx,
    approval: Approval,
    decision: { state: Outcome; decidedOn: string; decidedBy: string },
  ): Promise<boolean> {
    const changed = await tx.$executeRawUnsafe(
      `update approval set state = $4, decided_on = $5::date, decided_by = $6::uuid, revision = revision + 1
       where county_id = $1::uuid and id = $2::uuid and round = $3 and state = 'OPEN'`,
      approval.countyId,
      approval.id,
      approval.round,
      decision.state,
      decision.decidedOn,
      decision.decidedBy,
    )
    return changed === 1
  },

  async record(
    tx: RawTx,
    countyId: string,
    events: readonly Omit<ApprovalEvent, 'id' | 'recordedAt'>[],
    now: Date,
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into approval_event (county_id, org_id, decider_org_id, approval_id, round, what, happened_on, account_id, delegation_id, meeting_id, reason, recorded_at)
       select $1::uuid, "orgId", "deciderOrgId", "approvalId", round, what, "happenedOn", "accountId", "delegationId", "meetingId", reason, $3::timestamptz
       from jsonb_to_recordset($2::jsonb) as w ("orgId" uuid, "deciderOrgId" uuid, "approvalId" uuid, round int, what text, "happenedOn" date,
         "accountId" uuid, "delegationId" uuid, "meetingId" uuid, reason text)`,
      countyId,
      JSON.stringify(events),
      now,
    )
  },

  /** The histories of these approvals, each from its beginning. */
  async histories(tx: RawTx, countyId: string, ids: readonly string[]): Promise<ApprovalEvent[]> {
    return tx.$queryRawUnsafe<ApprovalEvent[]>(
      `select id, approval_id as "approvalId", org_id as "orgId", decider_org_id as "deciderOrgId", round, what, happened_on::text as "happenedOn",
         account_id as "accountId", delegation_id as "delegationId", meeting_id as "meetingId", reason, recorded_at as "recordedAt"
       from approval_event where county_id = $1::uuid and approval_id = any ($2::uuid[]) order by id`,
      countyId,
      ids,
    )
  },

  /** Offices that others have left to the actor for today, and still hold. */
  async delegatedOffices(tx: RawTx): Promise<DelegatedOffice[]> {
    return tx.$queryRawUnsafe<DelegatedOffice[]>(
      'select delegation_id as "delegationId", org_id as "orgId", role from app.delegated_offices()',
    )
  },

  /** What decides whether an organisation at which the actor acts may approve; null for any other. */
  async powerOfActing(tx: RawTx, orgId: string): Promise<PowerFacts | null> {
    const [row] = await tx.$queryRawUnsafe<PowerFacts[]>(
      `select kind, approves, superior_kind as "superiorKind", superior_unit_kind as "superiorUnitKind" from app.power_of_acting($1::uuid)`,
      orgId,
    )
    return row ?? null
  },

  /** A closed committee meeting of an organisation at which the actor acts; null for any other, and while it is unheard of. */
  async committeeMeeting(tx: RawTx, id: string): Promise<CommitteeMeeting | null> {
    const [row] = await tx.$queryRawUnsafe<CommitteeMeeting[]>(
      'select org_id as "orgId", held_on::text as "heldOn", resolutions from app.committee_meeting($1::uuid)',
      id,
    )
    return row ?? null
  },

  /** Keeps the newest version of each meeting. */
  async keepCommitteeMeetings(
    tx: RawTx,
    countyId: string,
    meetings: readonly (CommitteeMeeting & { id: string; version: number })[],
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into committee_meeting (id, county_id, org_id, held_on, resolutions, version)
       select id, $1::uuid, "orgId", "heldOn", resolutions, version
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, "heldOn" date, resolutions jsonb, version bigint)
       on conflict (id) do update set held_on = excluded.held_on, resolutions = excluded.resolutions, version = excluded.version
       where excluded.version > committee_meeting.version`,
      countyId,
      JSON.stringify(meetings),
    )
  },

  /** The `size` + 1 of a stretch of those that the actor sees, by due date. */
  async list(tx: Tx, asking: Asking, stretch: Stretch): Promise<Approval[]> {
    const { past, order } = walkOf(stretch)
    const { condition, values } = whereOf(asking)
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `select ${columns} from approval a where ${condition}
         and ($${values.length + 1}::date is null or (a.due_on, a.id) ${past} ($${values.length + 1}::date, $${values.length + 2}::uuid))
       order by a.due_on ${order}, a.id ${order} limit ${stretch.size + 1}`,
      ...values,
      stretch.from?.[0] ?? null,
      stretch.from?.[1] ?? null,
    )
    return rows.map(toApproval)
  },

  async count(tx: Tx, asking: Asking): Promise<{ kind: ApprovalKind; state: ApprovalState; count: number }[]> {
    const { condition, values } = whereOf(asking)
    const rows = await tx.$queryRawUnsafe<{ kind: ApprovalKind; state: ApprovalState; n: bigint }[]>(
      `select a.kind, a.state, count(*) as n from approval a where ${condition} group by a.kind, a.state order by a.kind, a.state`,
      ...values,
    )
    return rows.map(({ kind, state, n }) => ({ kind, state, count: Number(n) }))
  },
}

export type Asking = { actor: Actor; filter: ApprovalFilter; delegated: readonly DelegatedOffice[]; today: string }

const uuidArray = (ids: readonly string[]) => `{${ids.join(',')}}`

/** One shape of statement for every filter, so that its plan is kept. */
function whereOf({ actor, filter, delegated, today }: Asking): { condition: string; values: unknown[] } {
  const own = [...actor.grants.filter(grant => grant.orgId !== null), ...delegated]
  const condition = `a.county_id = $1::uuid
    and ($2::boolean or a.org_id = any ((select app.orgs_under($3))::uuid[]) or a.decider_org_id = any ((select app.orgs_under($3))::uuid[])
      or a.decider_org_id = any ($4::uuid[]))
    and ($5::text[] is null or a.kind = any ($5::text[])) and ($6::text[] is null or a.state = any ($6::text[]))
    and ($7::uuid is null
      or a.org_id = any ((select case when $8::boolean then app.orgs_under('{' || $7 || '}') else array[$7::uuid] end)::uuid[])
      or a.decider_org_id = any ((select case when $8::boolean then app.orgs_under('{' || $7 || '}') else array[$7::uuid] end)::uuid[]))
    and (not $9::boolean or (a.state = 'OPEN' and a.due_on < $10::date))
    and (not $11::boolean or (a.state = 'OPEN'
      and exists (select from unnest($12::uuid[], $13::text[]) as o (org_id, role) where o.org_id = a.decider_org_id and o.role = a.role)
      and a.requested_by is distinct from $14::uuid and not coalesce($15::uuid = any (a.recused_member_ids), false)))`
  const values = [
    actor.countyId,
    seesWholeCounty(actor),
    uuidArray(readGrants(actor)),
    delegated.map(office => office.orgId),
    filter.kinds,
    filter.states,
    filter.orgId,
    filter.below,
    filter.overdue,
    today,
    filter.mine,
    own.map(office => office.orgId),
    own.map(office => office.role),
    actor.accountId,
    actor.memberId,
  ]
  return { condition, values }
}
