import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../../prisma/client/client.ts'
import type { Tx } from '../../work.ts'
import type { Member, PersonKind } from './member.ts'
import { toMember } from './store.ts'

export type MemberFilter = {
  kinds: readonly PersonKind[] | null
  /** The beginning of a name: in characters, or in pinyin without spaces. */
  nameStartsWith: { characters: string } | { pinyin: string } | null
  floating: boolean | null
  lostContact: boolean | null
}

const charactersOf = ({ nameStartsWith }: MemberFilter) =>
  nameStartsWith && 'characters' in nameStartsWith ? nameStartsWith.characters : null
const pinyinOf = ({ nameStartsWith }: MemberFilter) =>
  nameStartsWith && 'pinyin' in nameStartsWith ? nameStartsWith.pinyin : null

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
    const [nameKey = null, id = null] = stretch.from ?? []
    const rows = await tx.$queryRaw<{ org_id: string; id: string }[]>`
      select p.id as org_id, m.id from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select id, name_key from member
        where org_id = any (case when ${below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and left_on is null
          and (${filter.kinds}::text[] is null or kind = any (${filter.kinds}::text[]))
          and (${charactersOf(filter)}::text is null or name ^@ ${charactersOf(filter)})
          and (${pinyinOf(filter)}::text is null or replace(name_key, ' ', '') ^@ ${pinyinOf(filter)})
          and (${filter.floating}::boolean is null or floating = ${filter.floating})
          and (${filter.lostContact}::boolean is null or lost_contact = ${filter.lostContact})
          and (${nameKey === null} or (name_key, id) ${Prisma.raw(past)} (${nameKey ?? ''}, ${id}::uuid))
        order by name_key ${Prisma.raw(order)}, id ${Prisma.raw(order)} limit ${stretch.size + 1}
      ) m order by m.name_key ${Prisma.raw(order)}, m.id ${Prisma.raw(order)}`
    const found = new Map(
      (await tx.member.findMany({ where: { id: { in: rows.map(row => row.id) } } })).map(row => [
        row.id,
        toMember(row),
      ]),
    )
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => found.get(row.id) ?? [])]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
  ): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ org_id: string; n: bigint }[]>`
      select p.id as org_id, m.n from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select count(*) as n from member
        where org_id = any (case when ${below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and left_on is null
          and (${filter.kinds}::text[] is null or kind = any (${filter.kinds}::text[]))
          and (${charactersOf(filter)}::text is null or name ^@ ${charactersOf(filter)})
          and (${pinyinOf(filter)}::text is null or replace(name_key, ' ', '') ^@ ${pinyinOf(filter)})
          and (${filter.floating}::boolean is null or floating = ${filter.floating})
          and (${filter.lostContact}::boolean is null or lost_contact = ${filter.lostContact})
      ) m`
    return new Map(rows.map(row => [row.org_id, Number(row.n)]))
  },
}
