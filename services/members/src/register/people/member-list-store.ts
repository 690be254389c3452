import { anyOf } from '@linghang/database'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { type ExpressionBuilder, sql } from 'kysely'
import { sqlOf, type Tables, type Tx } from '../../work.ts'
import type { Member, PersonKind } from './member.ts'
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

const placesOf = (orgIds: readonly string[]) =>
  sql<{ id: string }>`unnest(${orgIds}::uuid[])`.as<'place'>(sql`place (id)`)
const orgsAt = (below: boolean) =>
  below ? sql<string>`any (app.orgs_under('{' || place.id || '}'))` : sql<string>`any (array[place.id])`

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
    const { past, order } = walkOf(stretch)
    const [nameKey, id] = stretch.from ?? []
    const rows = await sqlOf(tx)
      .selectFrom(placesOf(orgIds))
      .crossJoinLateral(db =>
        db
          .selectFrom('member')
          .select(['id', 'nameKey'])
          .where('orgId', '=', orgsAt(below))
          .where(askedBy(filter))
          .$if(stretch.from !== null, people =>
            people.where(sql<boolean>`(name_key, id) ${sql.raw(past)} (${nameKey}, ${id}::uuid)`),
          )
          .orderBy('nameKey', order)
          .orderBy('id', order)
          .limit(stretch.size + 1)
          .as('person'),
      )
      .select(['place.id as orgId', 'person.id'])
      .orderBy('person.nameKey', order)
      .orderBy('person.id', order)
      .execute()
    const people = await sqlOf(tx)
      .selectFrom('member')
      .select(memberKeys)
      .where('id', '=', anyOf(rows.map(row => row.id)))
      .execute()
    const found = new Map(people.map(row => [row.id, toMember(row)]))
    const byOrganisation = Map.groupBy(rows, row => row.orgId)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => found.get(row.id) ?? [])]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
  ): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom(placesOf(orgIds))
      .crossJoinLateral(db =>
        db
          .selectFrom('member')
          .select(({ fn }) => fn.countAll<bigint>().as('n'))
          .where('orgId', '=', orgsAt(below))
          .where(askedBy(filter))
          .as('counted'),
      )
      .select(['place.id as orgId', 'counted.n'])
      .execute()
    return new Map(rows.map(({ orgId, n }) => [orgId, Number(n)]))
  },
}
