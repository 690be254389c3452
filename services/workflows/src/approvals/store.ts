import type { RawTx } from '@linghang/access'
import { anyOf, batchOf, excluded, insertBatch } from '@linghang/database'
import type { PowerFacts } from '@linghang/rulebook'
import { sql } from 'kysely'
import { type Row, sqlOf } from '../work.ts'
import type { Approval, ApprovalEvent, Outcome } from './approval.ts'
import type { CommitteeMeeting } from './committee-vote.ts'

/** What is asked, and may be told anew within a round. */
const asked = [
  ...(['orgId', 'deciderOrgId', 'role', 'requestedBy', 'recusedMemberIds', 'requestedOn', 'dueOn'] as const),
  ...(['hardLimitOn', 'article', 'source', 'certainty', 'ladder', 'meetingWanted', 'round', 'version'] as const),
]
const ofRequest = [
  ...(['id', 'countyId', 'kind', 'subjectType', 'subjectId', 'memberId', 'state', 'announcedOn'] as const),
  ...asked,
]
/** What an `Approval` is made of, by `toApproval`. */
export const approvalKeys = [...ofRequest, ...(['revision', 'decidedOn', 'decidedBy'] as const)]
const eventKeys = [
  ...(['approvalId', 'orgId', 'deciderOrgId', 'round', 'what', 'happenedOn', 'accountId', 'delegationId'] as const),
  ...(['meetingId', 'reason', 'recordedAt'] as const),
]

export const toApproval = ({
  meetingWanted,
  version,
  revision,
  ...row
}: Row<'approval', (typeof approvalKeys)[number]>): Approval => ({
  ...row,
  ...{ inMeeting: meetingWanted, version: Number(version), revision: Number(revision) },
})

/** An office that its holder has left to the actor for today. */
export type DelegatedOffice = { delegationId: string; orgId: string; role: string }

/** A request as it is written: its state follows from whether it is handed in anew. */
export type NewRequest = Omit<Approval, 'state' | 'revision' | 'decidedOn' | 'decidedBy' | 'countyId'>

/** Approvals of a county, in front of whatever else is asked of them. */
export const ofCounty = (tx: RawTx, countyId: string) =>
  sqlOf(tx).selectFrom('approval').where('countyId', '=', countyId)

export const approvalStore = {
  async byIds(tx: RawTx, countyId: string, ids: readonly string[]): Promise<Approval[]> {
    return (await ofCounty(tx, countyId).select(approvalKeys).where('id', '=', anyOf(ids)).execute()).map(toApproval)
  },

  /**
   * Opens requests, each at most once in a call, or opens them again in a new round; what changes within a round (a due
   * date) is taken over while it is open. @returns those that were handed in by this
   */
  async open(tx: RawTx, countyId: string, requests: readonly NewRequest[]): Promise<Set<string>> {
    const rows = await insertBatch(
      sqlOf(tx),
      'approval',
      ofRequest,
      requests.map(({ inMeeting, version, ...request }) => ({
        ...request,
        ...{ countyId, state: 'OPEN' as const, meetingWanted: inMeeting, version: BigInt(version) },
      })),
    )
      .onConflict(found =>
        found
          .column('id')
          .doUpdateSet({
            ...excluded(asked),
            ...{ state: 'OPEN', decidedOn: null, decidedBy: null, revision: sql<bigint>`approval.revision + 1` },
            memberId: sql<string | null>`coalesce(excluded.member_id, approval.member_id)`,
            announcedOn: sql<string>`case when excluded.round > approval.round then excluded.announced_on else approval.announced_on end`,
          })
          .whereRef('excluded.version', '>', 'approval.version')
          .where(({ eb, or }) =>
            or([eb('excluded.round', '>', eb.ref('approval.round')), eb('approval.state', '=', 'OPEN')]),
          ),
      )
      .returning(['id', sql<boolean>`coalesce(old.round < new.round, true)`.as('isHandedIn')])
      .execute()
    return new Set(rows.flatMap(({ id, isHandedIn }) => (isHandedIn ? [id] : [])))
  },

  /** Takes back what is still open or was returned. @returns those that this has taken back */
  async withdraw(
    tx: RawTx,
    countyId: string,
    withdrawn: readonly { id: string; version: number }[],
  ): Promise<string[]> {
    const rows = await sqlOf(tx)
      .updateTable('approval')
      .from(
        batchOf(
          'approval',
          withdrawn.map(({ id, version }) => ({ id, version: BigInt(version) })),
        ),
      )
      .set(({ ref }) => ({
        state: 'WITHDRAWN',
        version: ref('batch.version'),
        revision: sql<bigint>`approval.revision + 1`,
      }))
      .where('approval.countyId', '=', countyId)
      .whereRef('approval.id', '=', 'batch.id')
      .whereRef('approval.version', '<', 'batch.version')
      .where('approval.state', 'in', ['OPEN', 'RETURNED'])
      .returning('approval.id')
      .execute()
    return rows.map(row => row.id)
  },

  /** @returns false when it was decided or taken back meanwhile */
  async decide(
    tx: RawTx,
    approval: Approval,
    decision: { state: Outcome; decidedOn: string; decidedBy: string },
  ): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('approval')
      .set({ ...decision, revision: sql<bigint>`revision + 1` })
      .where('countyId', '=', approval.countyId)
      .where('id', '=', approval.id)
      .where('round', '=', approval.round)
      .where('state', '=', 'OPEN')
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },

  async record(
    tx: RawTx,
    countyId: string,
    events: readonly Omit<ApprovalEvent, 'id' | 'recordedAt'>[],
    now: Date,
  ): Promise<void> {
    const recorded = events.map(event => ({ ...event, countyId, recordedAt: now }))
    await insertBatch(sqlOf(tx), 'approvalEvent', ['countyId', ...eventKeys], recorded).execute()
  },

  /** The histories of these approvals, each from its beginning. */
  histories: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<ApprovalEvent[]> =>
    sqlOf(tx)
      .selectFrom('approvalEvent')
      .select(['id', ...eventKeys])
      .where('countyId', '=', countyId)
      .where('approvalId', '=', anyOf(ids))
      .orderBy('id')
      .execute(),

  /** Offices that others have left to the actor for today, and still hold. */
  async delegatedOffices(tx: RawTx): Promise<DelegatedOffice[]> {
    const left = sql<DelegatedOffice>`select delegation_id, org_id, role from app.delegated_offices()`
    return (await left.execute(sqlOf(tx))).rows
  },

  /** What decides whether an organisation at which the actor acts may approve; null for any other. */
  async powerOfActing(tx: RawTx, orgId: string): Promise<PowerFacts | null> {
    const power = sql<PowerFacts>`
      select kind, approves, superior_kind, superior_unit_kind from app.power_of_acting(${orgId}::uuid)`
    return (await power.execute(sqlOf(tx))).rows[0] ?? null
  },

  /** A closed committee meeting of an organisation at which the actor acts; null for any other, and while it is unheard of. */
  async committeeMeeting(tx: RawTx, id: string): Promise<CommitteeMeeting | null> {
    const held = sql<CommitteeMeeting>`select org_id, held_on, resolutions from app.committee_meeting(${id}::uuid)`
    return (await held.execute(sqlOf(tx))).rows[0] ?? null
  },

  /** Keeps the newest version of each meeting. */
  async keepCommitteeMeetings(
    tx: RawTx,
    countyId: string,
    meetings: readonly (CommitteeMeeting & { id: string; version: number })[],
  ): Promise<void> {
    await insertBatch(
      sqlOf(tx),
      'committeeMeeting',
      ['id', 'countyId', 'orgId', 'heldOn', 'resolutions', 'version'],
      meetings.map(meeting => ({ ...meeting, countyId, version: BigInt(meeting.version) })),
    )
      .onConflict(found =>
        found
          .column('id')
          .doUpdateSet(excluded(['heldOn', 'resolutions', 'version']))
          .whereRef('excluded.version', '>', 'committeeMeeting.version'),
      )
      .execute()
  },
}
