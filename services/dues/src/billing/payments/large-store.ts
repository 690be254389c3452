import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { sqlOf, type Tx, type Work } from '../../work.ts'
import type { LargeDue, LargeState, LargeStep } from './large-due.ts'
import type { Payment } from './payment.ts'

const keys = [
  ...(['paymentId', 'orgId', 'memberId', 'amountFen', 'receivedOn', 'state', 'holderOrgId', 'keeperId'] as const),
  ...(['fundId', 'nextOrgId', 'centreReceipt', 'centreReceiptOn'] as const),
]
const stepKeys = [
  ...([
    'n',
    'kind',
    'atOrgId',
    'keeperId',
    'fundId',
    'nextOrgId',
    'journalId',
    'countsOn',
    'reason',
    'takenAt',
  ] as const),
]

/** Those that an organisation's members gave, that it has or has passed up last, and that are on their way to it. */
const about = (orgId: string | ReturnType<typeof sql<string>>, state: LargeState | null, tx: Tx) =>
  sqlOf(tx)
    .selectFrom('duesLargeDue')
    .select(keys)
    .where(({ eb, or }) => or([eb('orgId', '=', orgId), eb('holderOrgId', '=', orgId), eb('nextOrgId', '=', orgId)]))
    .$if(state !== null, found => found.where('state', '=', state as LargeState))

export const largeStore = {
  /** It came, and lies with the committee whose account it is. */
  async receive(work: Work, payment: Payment, { id: keeperId, orgId }: RealAccount, journalId: string): Promise<void> {
    const { amountFen, receivedOn, memberId } = payment
    const place = { holderOrgId: orgId, keeperId, fundId: payment.accountId, nextOrgId: null }
    const due: LargeDue = {
      ...{ paymentId: payment.id, orgId: payment.orgId, memberId, amountFen, receivedOn, state: 'RECEIVED' },
      ...{ ...place, centreReceipt: null, centreReceiptOn: null },
    }
    await sqlOf(work.tx)
      .insertInto('duesLargeDue')
      .values({ ...due, countyId: work.actor.countyId })
      .execute()
    await this.addStep(work, due, { kind: 'RECEIVED', atOrgId: orgId, journalId, countsOn: receivedOn, reason: null })
  },

  /** A step, and how it stands after it. */
  async take(
    work: Work,
    due: LargeDue,
    step: Pick<LargeStep, 'kind' | 'atOrgId' | 'journalId' | 'countsOn' | 'reason'>,
    after: Partial<LargeDue>,
  ): Promise<void> {
    await sqlOf(work.tx).updateTable('duesLargeDue').set(after).where('paymentId', '=', due.paymentId).execute()
    await this.addStep(work, { ...due, ...after }, step)
  },

  async addStep(
    { tx, actor, now }: Work,
    { paymentId, orgId, memberId, keeperId, fundId, nextOrgId }: LargeDue,
    {
      kind,
      atOrgId,
      journalId,
      countsOn,
      reason,
    }: Pick<LargeStep, 'kind' | 'atOrgId' | 'journalId' | 'countsOn' | 'reason'>,
  ): Promise<void> {
    await sql`insert into dues_large_step (payment_id, n, county_id, org_id, member_id, kind, at_org_id, keeper_id, fund_id,
        next_org_id, journal_id, counts_on, reason, taken_at, taken_by)
      select ${paymentId}::uuid, count(*) + 1, ${actor.countyId}::uuid, ${orgId}::uuid, ${memberId}::uuid, ${kind},
        ${atOrgId}::uuid, ${keeperId}::uuid, ${fundId}::uuid, ${nextOrgId}::uuid, ${journalId}::uuid, ${countsOn}::date,
        ${reason}, ${now}::timestamptz, ${actor.accountId}::uuid
      from dues_large_step where payment_id = ${paymentId}::uuid`.execute(sqlOf(tx))
  },

  /** One, held until the transaction ends. */
  hold: (tx: Tx, countyId: string, paymentId: string): Promise<LargeDue | undefined> =>
    sqlOf(tx)
      .selectFrom('duesLargeDue')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('paymentId', '=', paymentId)
      .forUpdate()
      .executeTakeFirst(),

  byPayments: (tx: Tx, countyId: string, paymentIds: readonly string[]): Promise<LargeDue[]> =>
    sqlOf(tx)
      .selectFrom('duesLargeDue')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('paymentId', '=', anyOf(paymentIds))
      .execute(),

  async stepsOf(tx: Tx, paymentIds: readonly string[]): Promise<Map<string, LargeStep[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesLargeStep')
      .select(['paymentId', ...stepKeys])
      .where('paymentId', '=', anyOf(paymentIds))
      .orderBy('paymentId')
      .orderBy('n')
      .execute()
    return Map.groupBy(rows, ({ paymentId }) => paymentId)
  },

  /** Whose account the superior's part lies in: who has next what an organisation passes up; null where nobody on the platform does. */
  async nextOf(tx: Tx, countyId: string, orgId: string): Promise<string | null> {
    const { rows } = await sql<{ orgId: string }>`
      select k.org_id from org_node n join ledger_account v on v.org_id = n.superior_id and v.nearest
      join ledger_account k on k.id = v.keeper_id
      where n.county_id = ${countyId}::uuid and n.id = ${orgId}::uuid`.execute(sqlOf(tx))
    return rows[0]?.orgId ?? null
  },

  ofOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    state: LargeState | null,
    stretch: Stretch,
  ): Promise<Map<string, LargeDue[]>> =>
    stretchUnder(sqlOf(tx), orgIds, orgId => about(orgId, state, tx), stretch, { by: ['paymentId'], descending: true }),
  countOf: (tx: Tx, orgIds: readonly string[], state: LargeState | null): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId => about(orgId, state, tx)),

  /** Of a fund for the centre in which lies something else than the large dues that are said to be there; null where of none. */
  async firstDifference(
    tx: Tx,
    countyId: string | null,
  ): Promise<{ what: string; id: string; found: string; wanted: string } | null> {
    const { rows } = await sql<{ id: string; found: string; wanted: string }>`
      select f.account_id as id, format('%s fen', b.balance_fen) as found,
        format('%s, which members gave and nobody has passed up', coalesce(s.fen, 0)) as wanted
      from ledger_fund f join ledger_balance b on b.account_id = f.account_id
      left join (select fund_id, sum(amount_fen) as fen from dues_large_due where state = 'RECEIVED' group by 1) s on s.fund_id = f.account_id
      where f.purpose = 'TO_CENTRE' and (${countyId}::uuid is null or f.county_id = ${countyId}::uuid)
        and b.balance_fen <> coalesce(s.fen, 0) limit 1`.execute(sqlOf(tx))
    return rows[0] ? { what: 'LARGE_DUES', ...rows[0] } : null
  },
}
