import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tables, type Tx } from '../../work.ts'
import type { Member, PersonKind } from './member.ts'
import { orgsAt } from './place-store.ts'
import { memberKeys, toMember } from './store.ts'

export type MemberFilter = {
  kinds: readonly PersonKind[] | null
  /** The beginning of a name: in characters, or in pinyin without spaces. */
  nameStartsWith: { characters: string } | { pinyin: string } | null
  floating: boolean | null
  lostContact: boolean | null
}

const begins = (name: NonNullable<MemberFilter['nameStartsWith']>) =>
  'characters' in name
    ? sql<boolean>`name ^@ ${name.characters}`
    : sql<boolean>`replace(name_key, ' ', '') ^@ ${name.pinyin}`

/** People in the register whom a filter asks for. */
const askedBy =
  ({ kinds, nameStartsWith, floating, lostContact }: MemberFilter) =>
  ({ and, eb }: ExpressionBuilder<Tables, 'member'>) =>
    and([
      eb('leftOn', 'is', null),
      ...(kinds ? [eb('kind', '=', anyOf(kinds, 'text'))] : []),
      ...(nameStartsWith ? [begins(nameStartsWith)] : []),
      ...(floating === null ? [] : [eb('floating', '=', floating)]),
      ...(lostContact === null ? [] : [eb('lostContact', '=', lostContact)]),
    ])

const peopleAt = (tx: Tx, orgId: RawBuilder<string>, below: boolean, filter: MemberFilter) =>
  sqlOf(tx)
    .selectFrom('member')
    .select(['id', 'nameKey'])
    .where('orgId', '=', orgsAt(orgId, below))
    .where(askedBy(filter))

/** People of organisations, filtered and by name. */
export const memberListStore = {
  /** The `size` + 1 people of a stretch of each organisation's, by name; one statement for all, whatever their number. */
  async atOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
    stretch: Stretch,
  ): Promise<Map<string, Member[]>> {
    const listOf = (orgId: RawBuilder<string>) => peopleAt(tx, orgId, below, filter)
    const listed = await stretchUnder(sqlOf(tx), orgIds, listOf, stretch, { by: ['nameKey', 'id'] })
    const people = await sqlOf(tx)
      .selectFrom('member')
      .select(memberKeys)
      .where('id', '=', anyOf([...listed.values()].flat().map(({ id }) => id)))
      .execute()
    const found = new Map(people.map(row => [row.id, toMember(row)]))
    return new Map([...listed].map(([orgId, rows]) => [orgId, rows.flatMap(({ id }) => found.get(id) ?? [])]))
  },

  countAtOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
  ): Promise<Map<string, number>> => countUnder(sqlOf(tx), orgIds, orgId => peopleAt(tx, orgId, below, filter)),
}
