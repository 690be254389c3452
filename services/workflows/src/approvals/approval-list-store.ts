import { type Actor, readGrants, seesWholeCounty } from '@linghang/access'
import { anyOf, type Stretch, stretchOf } from '@linghang/database'
import type { ApprovalKind } from '@linghang/rulebook'
import { type ExpressionBuilder, sql } from 'kysely'
import { sqlOf, type Tables, type Tx } from '../work.ts'
import type { Approval, ApprovalState } from './approval.ts'
import { approvalKeys, type DelegatedOffice, ofCounty, toApproval } from './store.ts'

export type ApprovalFilter = {
  kinds: readonly ApprovalKind[] | null
  states: readonly ApprovalState[] | null
  orgId: string | null
  below: boolean
  overdue: boolean
  mine: boolean
}

export type Asking = { actor: Actor; filter: ApprovalFilter; delegated: readonly DelegatedOffice[]; today: string }

type Condition = ExpressionBuilder<Tables, 'approval'>

const under = (orgIds: readonly string[]) =>
  sql<string>`any ((select app.orgs_under(${`{${orgIds.join(',')}}`}::text))::uuid[])`

/** Requests to be seen from an organisation, the asking one or the deciding, of these; or decided where they were left. */
const atOrganisations =
  (orgs: ReturnType<typeof under>, delegated: readonly DelegatedOffice[] = []) =>
  ({ eb, or }: Condition) =>
    or([
      eb('orgId', '=', orgs),
      eb('deciderOrgId', '=', orgs),
      ...(delegated.length > 0 ? [eb('deciderOrgId', '=', anyOf(delegated.map(office => office.orgId)))] : []),
    ])

/** Those that wait for a decision that is the actor's to make, in an office of their own or one left to them. */
const isMine =
  ({ actor, delegated }: Asking) =>
  ({ and, eb, not }: Condition) => {
    const own = [...actor.grants.filter(grant => grant.orgId !== null), ...delegated]
    const [orgIds, roles] = [own.map(office => office.orgId), own.map(office => office.role)]
    return and([
      eb('state', '=', 'OPEN'),
      sql<boolean>`exists (select from unnest(${orgIds}::uuid[], ${roles}::text[]) as office (org_id, role)
        where office.org_id = approval.decider_org_id and office.role = approval.role)`,
      eb('requestedBy', 'is distinct from', actor.accountId),
      ...(actor.memberId === null ? [] : [not(sql<boolean>`${actor.memberId}::uuid = any (recused_member_ids)`)]),
    ])
  }

const askedBy =
  (asking: Asking) =>
  (builder: Condition): ReturnType<Condition['and']> => {
    const { actor, filter, delegated, today } = asking
    const { and, eb } = builder
    const { kinds, states, orgId, below, overdue, mine } = filter
    const place = orgId === null ? null : below ? under([orgId]) : sql<string>`any (${[orgId]}::uuid[])`
    return and([
      ...(seesWholeCounty(actor) ? [] : [atOrganisations(under(readGrants(actor)), delegated)(builder)]),
      ...(kinds === null ? [] : [eb('kind', '=', anyOf(kinds, 'text'))]),
      ...(states === null ? [] : [eb('state', '=', anyOf(states, 'text'))]),
      ...(place === null ? [] : [atOrganisations(place)(builder)]),
      ...(overdue ? [eb('state', '=', 'OPEN'), eb('dueOn', '<', today)] : []),
      ...(mine ? [isMine(asking)(builder)] : []),
    ])
  }

/** Requests that an actor sees, filtered. */
export const approvalLists = {
  /** The `size` + 1 of a stretch of those that the actor sees, by due date. */
  async page(tx: Tx, asking: Asking, stretch: Stretch): Promise<Approval[]> {
    const list = ofCounty(tx, asking.actor.countyId).select(approvalKeys).where(askedBy(asking))
    const { rows } = await stretchOf(list, stretch, { by: ['dueOn', 'id'] }).execute(sqlOf(tx))
    return rows.map(toApproval)
  },

  count: (tx: Tx, asking: Asking): Promise<{ kind: ApprovalKind; state: ApprovalState; count: number }[]> =>
    ofCounty(tx, asking.actor.countyId)
      .where(askedBy(asking))
      .select(({ fn, cast }) => ['kind', 'state', cast<number>(fn.countAll(), 'integer').as('count')])
      .groupBy(['kind', 'state'])
      .orderBy('kind')
      .orderBy('state')
      .execute(),
}
